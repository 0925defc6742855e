"""What other tools have written is imported, and what is exported is read by others' own readers.

The files in `data/annotations` were written by those tools, from a text of ours, by the scripts beside them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import flagship
import pytest
from installed import needed, not_tested, program
from pages import Example, lay_out

from factpack.cli import main
from factpack.dataset import load

Output = pytest.CaptureFixture[str]
HERE = Path(__file__).parent
GIVEN = HERE / "data/annotations"
CREW = (GIVEN / "crew.txt").read_bytes()
RECOGITO = HERE / "node/node_modules/@recogito/text-annotator/dist/text-annotator.umd.js"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    head = f"article:\n  source: crew.txt\n  sha256: {sha256(CREW).hexdigest()}\n  quotes: [The crew plants trees]\n"
    lay_out(Example({"seeds/crew.txt": CREW.decode(), "curation/crew.yaml": head}, set()), tmp_path)
    return tmp_path


def taken(project: Path, path: Path) -> dict[str, tuple[dict[str, Any], list[tuple[int, str]]]]:
    """Record -> what it says, and the quotes with their places, after a file was imported."""
    main(["import", "--project", str(project), str(path)])
    (article,) = load(project).articles
    content = CREW.decode()
    found = {}
    for entry in article.entries:
        data = {k: v for k, v in article.tree.data[entry.table][entry.route[1]].items() if k not in ("id", "quotes")}
        spans = [quote.span for quote in article.quotes_of(entry) if quote.span]
        found[entry.id] = data, [(start, content[start:end]) for start, end in spans]
    return found


def test_langextract(project: Path, capsys: Output) -> None:
    found = taken(project, GIVEN / "crew.jsonl")
    first, second = "event-the-crew-planted-49", "event-the-crew-went-noi"
    assert found == {
        first: ({"place": "Oslo", "date": "2021-05-03"}, [(43, "The crew planted 49 trees on May 3")]),
        second: ({"speakers": ["ann"]}, [(131, "the crew went to Hà Nội")]),
        "figure-49-trees": ({"value": "49", "note": "counted; mood: merry"}, [(60, "49 trees")]),
        "figure-12-trees": ({}, [(177, "12 trees")]),
    }
    said = capsys.readouterr().out
    assert "“the crew planted 13 trees more” does not stand in crew; nearest, at seeds/crew.txt:5:" in said
    assert "“a feast in Bergen” does not stand in crew" in said
    assert "4 records for 1 article; 2 marks could not be taken over." in said
    taken(project, GIVEN / "crew.jsonl")
    assert "0 records for 0 articles; 4 known already" in capsys.readouterr().out


def test_label_studio(project: Path, capsys: Output) -> None:
    found = taken(project, GIVEN / "label-studio.json")
    assert found == {
        "event-the-crew-planted-49": ({"status": "held"}, [(43, "The crew planted 49 trees on May 3")]),
        "event-the-crew-went-noi": ({"note": 'remark: ["look: again"]'}, [(131, "the crew went to Hà Nội")]),
        "figure-49-trees": ({"event": "event-the-crew-planted-49"}, [(60, "49 trees")]),
        "figure-the-crew": ({}, [(160, "the crew")]),
    }
    said = capsys.readouterr().out
    assert "4 records for 1 article; 1 mark of cancelled annotations passed over; 1 mark of predictions passed" in said


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flagship, as Web Annotations and for brat."""
    folder = tmp_path_factory.mktemp("exports")
    for format_ in ("wadm", "brat"):
        assert main(["export", "--project", str(flagship.ROOT), "--format", format_, "--out", str(folder)]) == 0
    return folder


def test_pybrat_reads_an_export(exports: Path) -> None:
    # Two annotations of the same words are an error to it, which brat allows; the counts say what it left out.
    parser = needed("pybrat.parser").BratParser(error="ignore")
    read = parser.parse(str(exports))
    assert len(read) == len(list(exports.glob("*.ann")))
    for example in read:
        path = exports / f"{Path(example.id).name}.ann"
        lines = [line[0] for line in path.read_text("utf-8").splitlines()]
        content = path.with_suffix(".txt").read_bytes().decode()
        assert len(example.entities) == lines.count("T")
        assert len(example.relations) == lines.count("R")
        for entity in example.entities:
            assert " ".join(content[span.start : span.end] for span in entity.spans) == entity.mention


def test_an_export_is_json_ld_by_the_w3cs_context(exports: Path) -> None:
    """Every term is one of the W3C's or of ours, and nothing is lost between the two forms of the document."""
    jsonld = needed("pyld").jsonld
    context = json.loads((HERE / "schemas/anno.jsonld").read_text("utf-8"))

    def known(url: str, _: object) -> dict[str, Any]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": context}

    path = min(exports.glob("*.jsonld"), key=lambda path: path.stat().st_size)
    document = json.loads(path.read_text("utf-8"))
    options = {"documentLoader": known, "base": "http://example.org/"}
    expanded = jsonld.expand(document, options)
    names = set(re.findall(r'"([^"@][^"]*)": \[', json.dumps(expanded)))
    assert all(re.match(r"http://(www\.w3\.org|purl\.org)/|urn:factpack:", name) for name in names), names
    assert {"http://www.w3.org/ns/oa#exact", "http://www.w3.org/ns/oa#start", "urn:factpack:record"} <= names
    compacted = json.dumps(jsonld.compact(expanded, document["@context"], options))
    assert json.loads(compacted.replace('"id": "factpack:', '"id": "urn:factpack:')) == document


PAGE = """<!doctype html><meta charset="utf-8"><div id="text" style="white-space: pre-wrap"></div>
<script>window.process = {env: {}}</script>"""

READ = """([text, items]) => {
  const element = document.getElementById("text");
  element.textContent = text;
  window.anno = RecogitoJS.createTextAnnotator(element, {adapter: RecogitoJS.W3CTextFormat("crew.txt", element)});
  if (items) anno.setAnnotations(items);
  return anno.state.store.all().map((one) =>
    [one.id, one.target.selector.map((selector) => RecogitoJS.reviveSelector(selector, element).range.toString())]);
}"""

MARK = """([label, words, number]) => {
  const element = document.getElementById("text"), node = element.firstChild, range = document.createRange();
  let at = -1;
  for (; number > 0; number--) at = node.data.indexOf(words, at + 1);
  range.setStart(node, at);
  range.setEnd(node, at + words.length);
  const id = "mark-" + at, target = {annotation: id, selector: [RecogitoJS.rangeToSelector(range, element)]};
  const body = {id: "body-" + at, annotation: id, purpose: "tagging", value: label};
  anno.state.store.addAnnotation({id, bodies: [body], target: {...target, created: new Date(0)}});
}"""


@pytest.fixture(scope="module")
def recogito() -> Iterator[Any]:
    """A page with Recogito's text annotator."""
    if not RECOGITO.is_file():
        not_tested("@recogito/text-annotator is not installed (npm ci --prefix tests/node)")
    path = program("chromium", "chromium")
    with needed("playwright.sync_api").sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(PAGE)
        page.add_script_tag(path=str(RECOGITO))
        yield page
        browser.close()


def test_recogito_finds_the_words_of_an_export(recogito: Any, exports: Path) -> None:
    for path in exports.glob("*.jsonld"):
        items = json.loads(path.read_text("utf-8"))["first"]["items"]
        content = path.with_suffix(".txt").read_bytes().decode()
        found = dict(recogito.evaluate(READ, [content, items]))
        targets = {item["id"]: item["target"] for item in items}
        exact = {
            key: [one["selector"][0]["exact"] for one in (target if isinstance(target, list) else [target])]
            for key, target in targets.items()
        }
        assert found == exact


def test_what_recogito_writes_is_imported(recogito: Any, project: Path, tmp_path: Path) -> None:
    recogito.evaluate(READ, [CREW.decode(), None])
    for mark in (["Event", "the crew went to", 1], ["Event", "Ann Lee", 2], ["Figure", "49 trees", 1]):
        recogito.evaluate(MARK, mark)
    written = recogito.evaluate("anno.getAnnotations()")
    assert written[0]["target"][0]["selector"][1]["start"] == 132  # UTF-16 units, one more than characters
    path = tmp_path / "recogito.json"
    path.write_text(json.dumps(written), "utf-8")
    assert taken(project, path) == {
        "event-the-crew-went": ({}, [(131, "the crew went to")]),
        "event-ann-lee": ({}, [(213, "Ann Lee")]),
        "figure-49-trees": ({}, [(60, "49 trees")]),
    }
