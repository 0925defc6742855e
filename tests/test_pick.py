"""`factpack pick`: only the curator gets in, and what is written are the source's own words, in a real browser too."""

from __future__ import annotations

import errno
import http.client
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from types import SimpleNamespace as Namespace
from typing import Any

import flagship
import pytest
from installed import needed, not_tested, program
from pages import Example, lay_out

from factpack.cli import main
from factpack.dataset import load
from factpack.picking.service import MAX_BODY, Pick

SOURCE = (
    "The ministers met on Monday. Ann\u00a0spoke.\n\n"
    "Cafe\u0301 owners 👩‍👩‍👧 sold 1,204 cups; it’s “a record”.\n"
    "The ministers met again.<script>alert(1)</script>\n"
)
CURATION = "# mine\nevents:\n  - id: evt-met\n    name: met again\n    quotes: [met again]  # why\n\n"
AXE = Path(__file__).parent / "node/node_modules/axe-core/axe.min.js"
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    lay_out(Example({"seeds/a.txt": SOURCE, "curation/a.yaml": CURATION}, set()), tmp_path)
    return tmp_path


@pytest.fixture
def service(project: Path) -> Iterator[Pick]:
    with Pick(project, "a") as service:
        thread = Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield service
        service.shutdown()
        thread.join()


def ask(
    service: Pick, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", service.server_port, timeout=30)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.putrequest(method, path, skip_host="Host" in sent)
    for name, value in sent.items():
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    reply = connection.getresponse()
    found = reply.status, reply.read().decode(), reply.headers
    connection.close()
    return found


def post(service: Pick, what: str, first: str, until: str = "", **more: Any) -> tuple[int, Any]:
    """Ask for the words from one to another, as the page would."""
    from factpack.picking.words import words_of

    article = load(service.root).articles[0]
    words = [SOURCE[start:end] for start, end in words_of(article)]
    begin = words.index(first)
    asked = {
        "first": begin, "last": words.index(until or first, begin), "table": "events", "id": "",
        "sha256": article.sha256, **more,
    }  # fmt: skip
    body = json.dumps(asked).encode()
    status, text, _ = ask(service, "POST", f"/{service.token}/{what}", body, Content_Type="application/json")
    return status, json.loads(text)


def curation(service: Pick) -> str:
    return (service.root / "curation/a.yaml").read_text("utf-8")


def test_only_who_knows_the_address_gets_in(service: Pick) -> None:
    page = f"/{service.token}/"
    assert ask(service, "GET", page)[0] == 200
    assert ask(service, "GET", page, Host=f"localhost:{service.server_port}")[0] == 200
    for path in ("/", "/x/", f"/{service.token[:-1]}/", f"/{service.token}x/", "/favicon.ico", "/%00"):
        assert ask(service, "GET", path)[0] == 403
    for host in ("evil.example", f"evil.example:{service.server_port}", "127.0.0.1", f"127.0.0.1:{1}", ""):
        assert ask(service, "GET", page, Host=host)[0] == 403
        assert ask(service, "POST", page + "add", b"{}", Host=host, Content_Type="application/json")[0] == 403
    assert ask(service, "GET", page + "../../etc/passwd")[0] == 404
    assert service.server_address[0] == "127.0.0.1"


def test_only_the_page_itself_may_write(service: Pick) -> None:
    before = curation(service)
    add = f"/{service.token}/add"
    kind = "application/json"
    assert ask(service, "POST", add, b"{}", Content_Type="text/plain")[0] == 403
    assert ask(service, "POST", add, b"{}", Content_Type=kind, Origin="http://evil.example")[0] == 403
    assert ask(service, "POST", add, b"{}", Content_Type=kind, Origin="null")[0] == 403
    for body in (b"{}", b"[]", b"\xff", b"[" * 5000, b'{"sha256": 1}', b"x" * (MAX_BODY + 1)):
        assert ask(service, "POST", add, body, Content_Type=kind)[0] in (400, 409)
    assert ask(service, "POST", "/x/add", b"{}", Content_Type=kind)[0] == 403
    assert curation(service) == before


def test_the_page_says_what_a_browser_may_do(service: Pick) -> None:
    status, text, headers = ask(service, "GET", f"/{service.token}/")
    assert status == 200
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert not [name for name in headers if name.lower().startswith("access-control-")]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "<script>alert" not in text
    other = ask(service, "GET", f"/{service.token}/")[2]["Content-Security-Policy"]
    assert policy != other


def test_the_words_come_from_the_source(service: Pick) -> None:
    status, found = post(service, "skeleton", "Cafe\u0301", "owners")
    assert (status, found["words"]) == (200, ["Cafe\u0301 owners"])
    assert "quotes:\n      - Cafe\u0301 owners\n" in found["yaml"]
    assert found["id"] == "evt-cafe-owners"
    assert "    name:\n" in found["yaml"]
    assert post(service, "skeleton", "204")[1]["words"] == ["1,204"]
    assert post(service, "skeleton", "Ann", "spoke")[1]["words"] == ["Ann spoke"]
    assert post(service, "skeleton", "👩‍👩‍👧", "sold")[1]["words"] == ["👩‍👩‍👧 sold"]
    assert "{exact: The ministers met, suffix: on}" in post(service, "skeleton", "The", "met")[1]["yaml"]
    across = post(service, "skeleton", "Ann", "owners")[1]["yaml"]
    assert across.endswith("    quotes:\n      - Ann spoke.\n      - Cafe\u0301 owners\n")


def test_a_record_is_added_and_checked(service: Pick) -> None:
    status, found = post(service, "add", "Cafe\u0301", "record", id="evt-cups")
    assert status == 200
    text = curation(service)
    assert text.startswith(CURATION.rstrip("\n") + "\n\n  - id: evt-cups\n    name:\n    quotes:\n      - ")
    assert "evt-cups stands in line 7 of curation/a.yaml" in found["said"]
    assert found["findings"] == ["error[invalid-value]: `name` is empty: write a value or leave it out (line 8)"]
    quotes = next(entry for entry in load(service.root).articles[0].entries if entry.id == "evt-cups").values.quotes
    assert [quote.exact for quote in quotes] == ["Cafe\u0301 owners 👩‍👩‍👧 sold 1,204 cups; it’s “a record"]
    for more, why in [
        ({"id": "evt-cups"}, "is taken"),
        ({"id": "Evt Cups"}, "an id is words"),
        ({"table": "articles"}, "no table"),
        ({"sha256": "0" * 64}, "load this page again"),
        ({"last": 10_000}, "no such words"),
    ]:
        status, found = post(service, "add", "Monday", **more)
        assert (status, why in found["error"]) == (409, True), found
    assert curation(service) == text


@pytest.mark.parametrize(
    ("call", "changed", "said"),
    [
        ("write", False, "curation/a.yaml: this file cannot be written: No space left on device"),
        ("replace", False, "curation/a.yaml: this file cannot be written: No space left on device"),
        ("sync", True, "curation/a.yaml: changed, but then the disk failed (No space left on device): "),
    ],
)
def test_a_disk_that_fails_is_told(
    service: Pick,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    call: str,
    changed: bool,
    said: str,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = curation(service)
    with monkeypatch.context() as patch:
        match call:
            case "write":
                patch.setattr("factpack.staging.fill", fails)
            case "replace":
                patch.setattr("factpack.mending.rewriting.os", Namespace(**vars(os) | {"replace": fails}))
            case "sync":
                patch.setattr("factpack.mending.journal.end", fails)
        status, found = post(service, "add", "Ann", "spoke")
    assert (status >= 400, found["error"][: len(said)]) == (True, said)
    assert (curation(service) != before) is changed
    monkeypatch.setattr("factpack.picking.service.load", fails)
    assert ask(service, "GET", f"/{service.token}/")[:2] == (500, "No space left on device")
    assert "Traceback" not in capfd.readouterr().err


def test_the_how_to_names_what_is_on_the_page(service: Pick) -> None:
    section = (flagship.ROOT / "docs/how-to.md").read_text("utf-8").partition("## Pick facts")[2].partition("\n## ")[0]
    page = ask(service, "GET", f"/{service.token}/")[1]
    named = re.findall(r"\*\*(.+?)\*\*", section)
    assert named == ["Add to the file", "Copy"]
    assert all(f">{name}</button>" in page for name in named)


def test_what_cannot_be_picked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pick", "nobody", "--no-open", "--project", str(project)]) == 2
    assert "there is no article `nobody`" in capsys.readouterr().err


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = program("chromium", "chromium")
    with needed("playwright.sync_api").sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any, service: Pick) -> Iterator[Any]:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    page.goto(service.address)
    yield page
    page.close()
    assert complaints == []


def drag(page: Any, first: str, last: str) -> None:
    """Select with the mouse, from the middle of one word to the middle of another."""
    ends = [page.locator("#text span", has_text=word).first.bounding_box() for word in (first, last)]
    (x, y), (u, v) = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in ends]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(u, v, steps=5)
    page.mouse.up()
    page.wait_for_selector("#add:enabled")


def test_words_selected_with_the_mouse_become_a_record(page: Any, service: Pick) -> None:
    assert page.locator("#text .quoted").all_inner_texts() == ["The", "ministers", "met", "on", "met", "again"]
    drag(page, "Ann", "owners")
    assert page.input_value("#id") == "evt-ann-spoke"
    page.fill("#id", "evt-picked")
    page.locator("#yaml", has_text="evt-picked").wait_for()
    page.click("#add")
    page.locator("#said", has_text="stands in line 7").wait_for()
    assert "error[invalid-value]: `name` is empty" in page.inner_text("#said")
    assert "  - id: evt-picked\n    name:\n    quotes:\n      - Ann spoke.\n      - Cafe\u0301 owners\n" in curation(
        service
    )
    marked = page.locator("#text .quoted").all_inner_texts()
    assert marked[-5:] == [".", "Cafe\u0301", "owners", "met", "again"]


def test_what_was_said_stays_and_the_same_words_can_be_picked_again(page: Any, service: Pick) -> None:
    for name in ("evt-ann-spoke", "evt-ann-spoke-2"):
        drag(page, "Ann", "owners")
        assert page.input_value("#id") == name
        requests: list[str] = []
        page.on("request", lambda request, requests=requests: requests.append(request.url.rpartition("/")[2]))
        page.click("#add")
        page.locator("#said", has_text=f"{name} stands in line").wait_for()
        page.wait_for_load_state("networkidle")
        assert requests == ["add"]
        assert name in page.inner_text("#said")
        assert page.is_disabled("#add")
    assert curation(service).count("- Ann spoke.\n") == 2


def test_it_works_by_keyboard_alone(page: Any, service: Pick) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "text"
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    page.keyboard.press("Shift+ArrowRight")
    page.locator("#chosen", has_text="“Cafe\u0301 owners”").wait_for()
    page.wait_for_selector("#add:enabled")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "table"
    page.keyboard.press("f")  # figures
    page.locator("#yaml", has_text="figures:").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#said", has_text="stands in line").wait_for()
    assert load(service.root).by_path["curation/a.yaml"].tree.data["figures"][0]["quotes"] == ["Cafe\u0301 owners"]
    assert page.evaluate("document.activeElement.id") == "text"


def test_everybody_can_use_it(browser: Any, service: Pick) -> None:
    if not AXE.is_file():
        not_tested("axe-core is not installed (npm ci --prefix tests/node)")
    # The page's policy lets no script in but its own.
    context = browser.new_context(bypass_csp=True, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(service.address)
    page.evaluate(AXE.read_text("utf-8"))
    wrong = page.evaluate("axe.run().then((result) => result.violations)")
    assert [(one["id"], [node["html"][:200] for node in one["nodes"][:2]]) for one in wrong] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
