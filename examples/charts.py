"""Two charts from a published version, with pandas and matplotlib alone.

    python examples/charts.py dist/0.1.0 charts/

Writes `ahead-and-done.png` (what the articles report as done, and what they set as ahead, theme by theme) and
`basis.png` (what the values of each table rest on), each with a `.txt` that says the same in words.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

# Colours that stay apart in every kind of colour vision (after Okabe and Ito), dark enough for white figures on them.
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#B85000", "#00735C", "#6E6E6E"
AHEAD, DONE = ["tasks", "programmes", "policy_demands"], ["achievements", "agreements"]
BASIS = {"grounded": BLUE, "judged": ORANGE, "derived": GREEN, "external": GREY}
MEANING = {
    "grounded": "words quoted",
    "judged": "the curators' reading",
    "derived": "a rule",
    "external": "a code list",
}
THEMES = 15


def themes(data: Path) -> pd.DataFrame:
    """Per theme how many records of it are done, and how many ahead; the most frequent last."""
    records = pd.read_parquet(data / "records.parquet", columns=["record_id", "record_type"])
    names = pd.read_parquet(data / "themes.parquet", columns=["theme_id", "name"])
    found = pd.read_parquet(data / "record_themes.parquet").merge(records, on="record_id").merge(names, on="theme_id")
    kinds = found["record_type"].map(dict.fromkeys(DONE, "done") | dict.fromkeys(AHEAD, "ahead"))
    counts = pd.crosstab(found["name"], kinds)
    return counts.loc[counts.sum(axis="columns").sort_values(kind="stable").index].tail(THEMES)


def basis(data: Path) -> pd.DataFrame:
    """Per table of facts the percentage of its values that rest on each basis; the most grounded last."""
    facts = set(pd.read_parquet(data / "records.parquet", columns=["record_type"])["record_type"]) - {"articles"}
    said = pd.read_parquet(data / "statements.parquet", columns=["table", "basis"])
    shares = pd.crosstab(said["table"], said["basis"], normalize="index").mul(100)
    return shares.loc[shares.index.isin(facts)].reindex(columns=list(BASIS), fill_value=0.0).sort_values("grounded")


def draw_themes(counts: pd.DataFrame, source: str) -> Figure:
    """A line from what is done to what is ahead, for each theme."""
    subtitle = f"Records per theme, the {len(counts)} most frequent"
    figure, axes = _page("Reported as done, and set as ahead", subtitle, source)
    places = range(len(counts))
    axes.hlines(places, counts.min(axis="columns"), counts.max(axis="columns"), color=GREY, linewidth=1.5, zorder=1)
    for column, colour, marker, size, label in (
        ("ahead", ORANGE, "D", 80, "ahead: tasks, programmes, demands"),
        ("done", BLUE, "o", 50, "done: achievements, agreements"),
    ):
        axes.scatter(counts[column], places, s=size, color=colour, marker=marker, zorder=2, label=label)
    axes.set_yticks(places, counts.index)
    axes.set_xlim(left=-0.4)
    axes.xaxis.get_major_locator().set_params(integer=True)
    _legend(axes)
    return figure


def draw_basis(shares: pd.DataFrame, source: str) -> Figure:
    """A bar of 100 per cent for each table."""
    figure, axes = _page("What the values rest on", "Percentage of each table's values", source)
    left = pd.Series(0.0, index=shares.index)
    for name, colour in BASIS.items():
        if not shares[name].any():
            continue
        bars = axes.barh(shares.index, shares[name], left=left, color=colour, edgecolor="white", label=MEANING[name])
        labels = [f"{share:.0f}" if share >= 6 else "" for share in shares[name]]
        axes.bar_label(bars, labels, label_type="center", color="white")
        left += shares[name]
    axes.set_yticks(range(len(shares)), [table.replace("_", " ") for table in shares.index])
    axes.set_xlim(0, 100)
    _legend(axes)
    return figure


def _page(title: str, subtitle: str, source: str) -> tuple[Figure, plt.Axes]:
    figure, axes = plt.subplots(figsize=(9, 6.4), dpi=120, layout="constrained")
    figure.suptitle(title, x=0.01, ha="left", fontsize=15, fontweight="bold")
    figure.supxlabel(source, x=0.01, ha="left", fontsize=8, color="#555555")
    axes.set_title(subtitle, loc="left", fontsize=10, color="#555555")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="#DDDDDD")
    axes.set_axisbelow(True)
    return figure, axes


def _legend(axes: plt.Axes) -> None:
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.06), ncols=4, frameon=False)


def main(release: Path, target: Path) -> None:
    """Draw both charts from a published version's folder."""
    target.mkdir(parents=True, exist_ok=True)
    data = release / "data"
    about = json.loads((release / "datapackage.json").read_text("utf-8"))
    source = f"Source: {about['title']} {about['version']}, {about['licenses'][0]['name']}"
    for name, table, draw in (("ahead-and-done", themes(data), draw_themes), ("basis", basis(data), draw_basis)):
        draw(table, source).savefig(target / f"{name}.png")
        (target / f"{name}.txt").write_text(table[::-1].round(1).to_string() + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
