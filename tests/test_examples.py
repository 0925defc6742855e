"""The example's charts: they show what the published tables say, and nothing covers anything."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from installed import needed

import factpack

ROOT = Path(__file__).parent.parent
RELEASE = sorted(ROOT.glob("dist/*/datapackage.json"))[-1].parent


@pytest.fixture
def charts(monkeypatch: pytest.MonkeyPatch) -> Any:
    needed("pandas")
    monkeypatch.setenv("MPLBACKEND", "agg")
    needed("matplotlib")
    return needed("charts")


def test_the_command_draws_both(charts: Any, tmp_path: Path) -> None:
    subprocess.run([sys.executable, charts.__file__, str(RELEASE), str(tmp_path)], check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "ahead-and-done.png", "ahead-and-done.txt", "basis.png", "basis.txt",
    ]  # fmt: skip
    for picture in tmp_path.glob("*.png"):
        pixels = needed("matplotlib.image").imread(picture)
        assert pixels.shape[:2] == (768, 1080)
        shades = {tuple(pixel) for row in pixels[::3] for pixel in row[::3].round(1).tolist()}
        assert len(shades) > 20
        words = picture.with_suffix(".txt").read_text("utf-8")
        assert len(words.splitlines()) > 10


def test_themes_are_counted(charts: Any) -> None:
    release = factpack.load(RELEASE)
    kinds = dict(zip(*(release["records"][name].to_pylist() for name in ("record_id", "record_type")), strict=True))
    names = dict(zip(*(release["themes"][name].to_pylist() for name in ("theme_id", "name")), strict=True))
    expected = Counter(
        (names[row["theme_id"]], "done" if kinds[row["record_id"]] in charts.DONE else "ahead")
        for row in release["record_themes"].to_pylist()
        if kinds[row["record_id"]] in charts.DONE + charts.AHEAD
    )
    counts = charts.themes(RELEASE / "data")
    assert len(counts) == charts.THEMES
    assert {(theme, kind): counts.loc[theme, kind] for theme in counts.index for kind in counts} == {
        (theme, kind): expected[theme, kind] for theme in counts.index for kind in ("ahead", "done")
    }
    left_out = {theme for theme, _ in expected} - set(counts.index)
    assert max(expected[theme, "done"] + expected[theme, "ahead"] for theme in left_out) <= counts.sum(axis=1).min()


def test_marks_stand_where_the_counts_are(charts: Any) -> None:
    counts = charts.themes(RELEASE / "data")
    figure = charts.draw_themes(counts, "source")
    ahead, done = figure.axes[0].collections[1:]
    assert [tuple(offset) for offset in ahead.get_offsets()] == [(n, row) for row, n in enumerate(counts["ahead"])]
    assert [tuple(offset) for offset in done.get_offsets()] == [(n, row) for row, n in enumerate(counts["done"])]
    assert_readable(figure)


def test_bars_fill_a_hundred(charts: Any) -> None:
    shares = charts.basis(RELEASE / "data")
    assert {"records", "evidence", "statements"} & set(shares.index) == set()
    figure = charts.draw_basis(shares, "source")
    ends: dict[float, float] = {}
    for bar in figure.axes[0].patches:
        ends[round(bar.get_y(), 2)] = bar.get_x() + bar.get_width()
    assert list(ends.values()) == pytest.approx([100.0] * len(shares))
    assert_readable(figure)


def assert_readable(figure: Any) -> None:
    """Every word lies on the page, and the legend covers no mark, bar or label."""
    figure.canvas.draw()
    (axes,) = figure.axes
    page, renderer = figure.bbox.padded(1), figure.canvas.get_renderer()
    shown = [label for label in axes.get_xticklabels() if label.get_position()[0] <= axes.get_xlim()[1]]
    texts = [*axes.get_yticklabels(), *shown, axes.title, *figure.texts]
    for text in [*texts, *axes.get_legend().get_texts()]:
        box = text.get_window_extent(renderer)
        assert page.containsx(box.x0), text.get_text()
        assert page.containsx(box.x1), text.get_text()
        assert page.containsy(box.y0), text.get_text()
        assert page.containsy(box.y1), text.get_text()
    legend = axes.get_legend().get_window_extent(renderer)
    assert not legend.overlaps(axes.get_window_extent(renderer))
    assert not any(legend.overlaps(label.get_window_extent(renderer)) for label in shown)
