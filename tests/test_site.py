"""The site: what its pages show, and that they show it as text only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factpack.config import ConfigurationError
from factpack.package.problem import PackageInvalid
from factpack.site import Built, Settings, build, passages, settings

ROOT = Path(__file__).parent.parent
RELEASE = ROOT / "dist/0.1.0"
PLANNED = Settings(planned={"realisation": ["planned", "expected", "requested", "forecast"]})


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a published version of the flagship."""
    out = tmp_path_factory.mktemp("site") / "pages"
    build(RELEASE, out, PLANNED, ROOT / "seeds")
    return out


def page(site: Path, path: str) -> str:
    return (site / path).read_text("utf-8")


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_text_is_cut_at_the_end_of_every_span() -> None:
    passage = passages.Passage(0, "one two three")
    [paragraph] = passages.segments(passage, [(0, 7), (4, 13), (4, 7)])
    assert [(s.text, s.holders) for s in paragraph] == [("one ", (0,)), ("two", (0, 1, 2)), (" three", (1,))]


def test_segments_put_together_are_the_text() -> None:
    text = "A first line.\n\nA second one,\nand a third."
    cut = passages.segments(passages.Passage(0, text), [(2, 20), (15, 30)])
    assert ["".join(s.text for s in paragraph) for paragraph in cut] == [
        "A first line.", "A second one,", "and a third.",
    ]  # fmt: skip


def test_only_quotes_and_some_words_around_them_are_reprinted() -> None:
    text = "before " * 20 + "QUOTED" + " behind" * 20
    start = text.index("QUOTED")
    [context] = passages.passages(text, [(start, start + 6)], "context")
    assert (context.text[:6], context.text[-6:]) == ("before", "behind")
    assert len(context.text) < 6 + 2 * (passages.CONTEXT + 8)
    assert passages.passages(text, [(start, start + 6)], "quotes") == [passages.Passage(start, "QUOTED")]


def test_overlapping_quotes_of_a_lost_source_make_one_passage() -> None:
    assert passages.recovered({(3, 7): "defg", (5, 9): "fghi", (20, 22): "zz"}) == [
        passages.Passage(3, "defghi"), passages.Passage(20, "zz"),
    ]  # fmt: skip


def test_an_evidence_page_has_the_whole_article_in_order(site: Path) -> None:
    source = (ROOT / "seeds/000_34bb20ef20b5e490.txt").read_text("utf-8")
    body = page(site, "articles/000_34bb20ef20b5e490.html").split('<div id="text"')[1].split("</section>")[0]
    shown = re.sub(r"<sup>.*?</sup>|<small.*?</small>", "", body).replace("&#39;", "'").split(">", 1)[1]
    assert words(shown) == " ".join(source.split())


def test_a_card_knows_the_words_of_each_value(site: Path) -> None:
    html = page(site, "articles/003_93ec92b7f756566c.html")
    marks = dict(re.findall(r'<mark class="[^"]*" id="s(\d+)">([^<]*)</mark>', html))
    card = next(one for one in html.split("<li class=") if "vis-2022-nguyen-phu-trong-china" in one)
    stated = {
        name: [marks[number] for number in ranges.split()]
        for ranges, name in re.findall(r'<div data-w="([\d ]+)"><dt>([^<]*)</dt>', card)
    }
    assert stated["Host country"] == ["China"]
    assert stated["Date"] == ["2022"]


def test_a_record_page_gives_value_and_words(site: Path) -> None:
    html = page(site, "records/vis-2022-nguyen-phu-trong-china.html")
    assert "<q>China</q>" in html
    assert 'href="../entities/countries/CHN.html"' in html
    assert "General Secretary Nguyen Phu Trong&#39;s 2022 visit to China" in html


def test_every_link_within_the_site_leads_to_a_page_and_a_place_on_it(site: Path) -> None:
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    ids = {path.relative_to(site).as_posix(): set[str]() for path in site.rglob("*")}
    ids |= {path: set(re.findall(r'\bid="([^"]+)"', html)) for path, html in pages.items()}
    lost = set()
    for path, html in pages.items():
        for target in re.findall(r'\bhref="([^"]+)"', html):
            place, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:", place):
                continue
            folder = Path(path).parent / place if place else Path(path)
            goal = Path(*_resolved(folder.parts)).as_posix()
            if goal not in ids or (anchor and not anchor.startswith(":~:") and anchor not in ids[goal]):
                lost.add(target)
    assert lost == set()


def _resolved(parts: tuple[str, ...]) -> list[str]:
    from urllib.parse import unquote

    found: list[str] = []
    for part in map(unquote, parts):
        if part == "..":
            found.pop()
        elif part != ".":
            found.append(part)
    return found


def test_a_second_run_writes_nothing_and_a_lost_page_is_taken_away(tmp_path: Path) -> None:
    out = tmp_path / "site"
    first = build(RELEASE, out, PLANNED)
    stale = out / "articles/gone.html"
    stale.write_text("old", "utf-8")
    before = (out / "articles/index.html").stat().st_ino
    assert build(RELEASE, out, PLANNED) == Built(first.pages, 0, 0, first.without_source)
    assert not stale.exists()
    assert (out / "articles/index.html").stat().st_ino == before


def test_a_folder_that_is_no_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(FileExistsError, match="something else than a site"):
        build(RELEASE, tmp_path, PLANNED)
    assert (tmp_path / "thesis.txt").read_text("utf-8") == "years of work"


def test_a_release_whose_database_was_changed_makes_no_site(tmp_path: Path) -> None:
    import shutil

    release = shutil.copytree(RELEASE, tmp_path / "0.1.0")
    [database] = release.glob("*.sqlite")
    database.write_bytes(database.read_bytes()[:-1] + b"x")
    with pytest.raises(PackageInvalid, match="is changed"):
        build(release, tmp_path / "site", PLANNED)


def test_a_setting_that_is_none_is_said() -> None:
    with pytest.raises(ConfigurationError, match=r"\[tool.factpack.site\], `text`"):
        settings({"text": "everything"})


def test_a_page_of_the_datasets_own_asks_the_release(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "kinds.html").write_text(
        "{# Kinds of visits #}\n{% extends 'base.html' %}{% block main %}"
        "{% for row in rows('SELECT DISTINCT direction FROM visits ORDER BY 1') %}"
        "<p>{{ row.direction }}</p>{% endfor %}"
        "{% endblock %}", "utf-8",
    )  # fmt: skip
    build(RELEASE, tmp_path / "site", PLANNED, own=own)
    html = page(tmp_path / "site", "kinds.html")
    assert "<p>incoming</p><p>outgoing</p>" in html
    assert 'href="kinds.html" aria-current="page">Kinds of visits</a>' in html


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("<p>nothing</p>", "names the page"),
        ("{# A #}\n{% for %}", "kinds.html, line 2: "),
        ("{# A #}\n{{ rows('SELECT * FROM nowhere') }}", "no such table: nowhere"),
    ],
)
def test_a_page_of_the_datasets_own_that_is_wrong_is_named(tmp_path: Path, template: str, message: str) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/kinds.html").write_text(template, "utf-8")
    with pytest.raises(ConfigurationError, match=re.escape(message)):
        build(RELEASE, tmp_path / "site", PLANNED, own=tmp_path / "own")
    assert not (tmp_path / "site").exists()
