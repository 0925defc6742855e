"""The site in a real browser: from disk, both themes, by keyboard, on a phone, without scripts, hostile text."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flagship
import pytest
from generated import HOSTILE, hostile, ordinary, release
from installed import needed, not_tested, program

from factpack.cli import main
from factpack.config import load_config
from factpack.site import Settings, build

ROOT = Path(__file__).parent.parent
AXE = ROOT / "tests/node/node_modules/axe-core/axe.min.js"
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PHONE = {"width": 360, "height": 740}

LARGE = ("console.html", "search.html", "codebook.html", "data.html")
"""Pages that hold all of something: they are no typical pages."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = program("chromium", "chromium")
    with needed("playwright.sync_api").sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the flagship as it is now, its own pages among them."""
    folder = flagship.copy(tmp_path_factory.mktemp("flagship"))
    assert main(["build", "--project", str(folder)]) == 0
    assert main(["site", "--project", str(folder)]) == 0
    return folder / ".factpack/site"


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    build(
        release(folder / "data", [list(hostile()), [ordinary(1, 1)]]),
        folder / "site",
        Settings(),
        folder / "data/seeds",
    )
    return folder / "site"


def kinds(site: Path) -> list[str]:
    """Of every kind of page the largest."""
    folders = [folder for folder in site.iterdir() if folder.is_dir()]
    largest = [max(folder.rglob("*.html"), key=lambda path: path.stat().st_size) for folder in folders]
    return sorted(path.relative_to(site).as_posix() for path in [*site.glob("*.html"), *largest])


class Visit:
    """A page opened from disk, with all that it asked for and complained about."""

    def __init__(self, context: Any, path: Path) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page = context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        self.page.goto(path.as_uri())
        if path.name in ("console.html", "search.html"):
            self.page.wait_for_selector("html[data-ready]")


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    contexts = []

    def visit(path: Path, **options: Any) -> Visit:
        contexts.append(browser.new_context(**options))
        return Visit(contexts[-1], path)

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_kind_of_page_loads_from_disk_and_everybody_can_use_it(browser: Any, site: Path, theme: str) -> None:
    if not AXE.is_file():
        not_tested("axe-core is not installed (npm ci --prefix tests/node)")
    axe = AXE.read_text("utf-8")
    context = browser.new_context(color_scheme=theme)
    found = {}
    for path in kinds(site):
        visit = Visit(context, site / path)
        assert (path, visit.asked) == (path, [(site / path).as_uri()])
        visit.page.evaluate(axe)
        wrong = visit.page.evaluate("axe.run().then((result) => result.violations)")
        if wrong or visit.complaints:
            said = [
                (one["id"], [(node["html"][:120], node["failureSummary"][:300]) for node in one["nodes"][:2]])
                for one in wrong
            ]
            found[path] = [*said, *visit.complaints]
        visit.page.close()
    context.close()
    assert found == {}


def test_nothing_is_wider_than_a_phone(browser: Any, site: Path, hostile_site: Path) -> None:
    context = browser.new_context(viewport=PHONE)
    wide = {}
    for folder in (site, hostile_site):
        for path in kinds(folder):
            visit = Visit(context, folder / path)
            if (width := visit.page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
                wide[path] = width
            visit.page.close()
    context.close()
    assert wide == {}


def test_without_scripts_every_page_still_tells_what_it_has(browser: Any, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    for path in kinds(site):
        page = context.new_page()
        page.goto((site / path).as_uri())
        assert len(page.inner_text("main")) > 60, path
        page.close()
    page = context.new_page()
    page.goto((site / "console.html").as_uri())
    assert "Without JavaScript nothing can be asked here" in page.inner_text("main")
    assert not page.is_visible("#ask")
    assert page.locator(".asked li").count() >= 37
    assert "SELECT" in page.locator(".asked pre").first.text_content()
    page.goto((site / "search.html").as_uri())
    assert "Without JavaScript this page cannot search" in page.inner_text("main")
    context.close()


def test_the_evidence_page_by_keyboard(visit: Any, site: Path) -> None:
    page = visit(next(site.glob("articles/003*.html"))).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.focus(".cards li:nth-child(3) a")
    page.keyboard.press("Tab")
    card = page.evaluate("document.activeElement.closest('.cards li').id")
    assert page.locator("li.on").get_attribute("id") == card
    assert page.locator("mark.on").count() >= 1
    assert page.locator("mark.w").count() >= 1
    page.keyboard.press("Escape")
    assert page.locator(".on, .w").count() == 0


# The console.


def ask(page: Any, sql: str) -> str:
    page.fill("#sql", sql)
    page.click("text=Run")
    page.wait_for_function("document.getElementById('said').textContent")
    return str(page.inner_text("#said"))


def test_an_example_is_answered_by_one_click(visit: Any, site: Path) -> None:
    page = visit(site / "console.html").page
    page.click("text=Which visits abroad did Viet Nam's leaders make in 2022?")
    page.wait_for_selector("#result table")
    assert page.locator("#result tbody tr").count() == 4
    assert page.locator("#result thead th").all_inner_texts() == ["visitor", "host_country_id"]
    assert page.inner_text("#said").startswith("4 rows.")


def test_every_example_works(visit: Any, site: Path) -> None:
    page = visit(site / "console.html").page
    for button in page.locator(".asked button").all():
        button.click()
        assert "It does not work" not in page.inner_text("#said")


def test_the_console_by_keyboard_with_links_errors_and_a_limit(visit: Any, site: Path) -> None:
    page = visit(site / "console.html").page
    page.focus("#sql")
    page.keyboard.type("SELECT record_id FROM records WHERE record_type IN ('visits', 'articles')")
    page.keyboard.press("Control+Enter")
    for link in page.locator("#result a").all():
        assert (site / link.get_attribute("href").replace("%25", "%")).is_file()
    assert page.locator("#result a").count() >= 15
    assert ask(page, "SELECT height FROM visits") == "It does not work: no such column: height"
    assert not page.is_visible("#result")
    assert ask(page, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n").startswith(
        "More than 20,000 rows: the first 20,000 were read; 500 are shown"
    )
    assert page.locator("#result tbody tr").count() == 500


def test_a_saved_result_holds_no_formula(visit: Any, site: Path) -> None:
    page = visit(site / "console.html").page
    ask(page, """SELECT '=1+1' AS a, -5 AS b, 'say "no", she' AS c, NULL AS d, '@x' AS e, 9007199254740993 AS f""")
    with page.expect_download() as waiting:
        page.click("text=Save as CSV")
    text = waiting.value.path().read_text("utf-8-sig")
    assert list(csv.reader(text.splitlines())) == [
        list("abcdef"), ["'=1+1", "-5", 'say "no", she', "", "'@x", "9007199254740993"],
    ]  # fmt: skip


def test_the_console_answers_within_a_second_of_loading(visit: Any, site: Path) -> None:
    page = visit(site / "console.html").page
    page.evaluate("document.getElementById('sql').value = 'SELECT count(*) FROM statements'")
    page.click("text=Run")
    page.wait_for_selector("#result table")
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert page.evaluate("performance.now()") - loaded < 1000 * SLOWER


# Search.


def found(page: Any, words: str) -> list[str]:
    page.fill("#words", words)
    return list(page.locator("#found a").all_inner_texts())


def test_search_folds_accents_takes_beginnings_and_ranks_names_first(visit: Any, site: Path) -> None:
    page = visit(site / "search.html").page
    assert found(page, "le hoai trung")[0] == found(page, "LÊ HOÀI TRUNG")[0] == "Lê Hoài Trung"
    assert any("Friendship" in name for name in found(page, "friendsh"))
    assert found(page, "vis-2022-nguyen-phu-trong-china")
    for link in page.locator("#found a").all():
        assert (site / link.get_attribute("href").replace("%25", "%")).is_file()
    assert found(page, "zzzz") == []
    assert page.inner_text("#said") == "Nothing found."


def test_search_by_keyboard(visit: Any, site: Path) -> None:
    page = visit(site / "search.html").page
    page.focus("#words")
    page.keyboard.type("visit")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement === document.querySelectorAll('#found a')[1]")
    page.keyboard.press("Escape")
    assert page.locator("#found li").count() == 0
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.type("laos")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "search.html" not in url)
    assert page.locator("h1").count() == 1


# Hostile text.


def test_hostile_text_is_only_text(browser: Any, hostile_site: Path) -> None:
    context = browser.new_context()
    pages = [path for path in hostile_site.rglob("*.html") if "alert(" in path.read_text("utf-8")]
    assert {path.parent.name for path in pages} >= {"articles", "records", "tables"}
    for path in pages:
        visit = Visit(context, path)
        assert (path.name, visit.complaints, visit.asked) == (path.name, [], [path.as_uri()])
        assert visit.page.locator("main img, main script:not([type])").count() == 0
        visit.page.close()
    page = Visit(context, hostile_site / "articles/a0000.html").page
    assert [text for text in HOSTILE if text not in page.inner_text("#text")] == []
    context.close()


def test_hostile_text_is_only_text_in_answers_and_in_what_is_found(browser: Any, hostile_site: Path) -> None:
    context = browser.new_context()
    visit = Visit(context, hostile_site / "console.html")
    ask(visit.page, "SELECT name FROM events ORDER BY event_id")
    shown = visit.page.locator("#result tbody td").all_inner_texts()
    assert [text for text in HOSTILE if text not in shown] == []
    assert visit.page.locator("#result img, #result script").count() == 0
    assert visit.complaints == []
    visit = Visit(context, hostile_site / "search.html")
    assert HOSTILE[0] in found(visit.page, "script alert")
    assert HOSTILE[1] in found(visit.page, "img onerror")
    assert visit.page.locator("#found img, #found script").count() == 0
    assert visit.complaints == []
    context.close()


# Size and speed.

SLOWER = 4
"""How many times slower than promised a loaded machine may be; `benchmarks/site.py` measures."""


def test_a_typical_page_is_small_and_quick(browser: Any, site: Path) -> None:
    sizes = sorted(path.stat().st_size for path in site.rglob("*.html"))
    assert sizes[len(sizes) // 2] <= 50_000
    context = browser.new_context()
    times = {path: loading(context, site / path) for path in kinds(site) if path not in LARGE}
    context.close()
    assert {path: time for path, time in times.items() if time >= 500 * SLOWER} == {}


def test_a_long_article_with_many_records(browser: Any, tmp_path: Path) -> None:
    folder = release(tmp_path / "data", [[ordinary(1, number) for number in range(300)]])
    text = (tmp_path / "data/seeds/a0000.txt").read_text("utf-8")
    assert len(text.split()) >= 9000
    build(folder, tmp_path / "site", Settings(), tmp_path / "data/seeds")
    context = browser.new_context()
    assert loading(context, tmp_path / "site/articles/a0000.html") < 1500 * SLOWER
    context.close()


def loading(context: Any, path: Path) -> float:
    """Milliseconds until a page has loaded, its scripts have run and its first picture is drawn."""
    visit = Visit(context, path)
    visit.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    time = float(visit.page.evaluate("performance.now()"))
    visit.page.close()
    return time


def test_metadata_in_the_head(browser: Any, site: Path) -> None:
    page = Visit(context := browser.new_context(), site / "index.html").page
    data = json.loads(page.locator("script[type='application/ld+json']").text_content())
    assert (data["@type"], data["version"]) == ("Dataset", load_config(ROOT).version)
    context.close()
