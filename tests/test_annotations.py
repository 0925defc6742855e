"""Annotations of other tools become records, and records go to them and back."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import flagship
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import Example, lay_out

from factpack.cli import main
from factpack.dataset import Dataset, load

Output = pytest.CaptureFixture[str]

SOURCE = (
    "Ann met the crew in Oslo. The crew planted 49 trees on 3 May 2021.\r\n"
    "\U0001f389 Then the crew went to Hà Nội\u00a0(Ha\u0300 N\u00f4\u0323i) and met Ann again.\n"
)
HEAD = "article:\n  source: a.txt\n  sha256: {}\n  language: en\n  quotes: [Ann met the crew in Oslo]\n"


def made(folder: Path, facts: str = "", source: str = SOURCE, setting: str = "") -> Path:
    """A dataset of one article."""
    head = HEAD.format(sha256(source.encode()).hexdigest())
    lay_out(Example({"curation/a.yaml": head + facts}, set()), folder)
    (folder / "seeds").mkdir(exist_ok=True)
    (folder / "seeds/a.txt").write_bytes(source.encode())
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(setting)
    return folder


def taken(project: Path, name: str, content: object, *options: str) -> int:
    """Import a file that a tool has written."""
    path = project / name
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), "utf-8")
    return main(["import", "--project", str(project), str(path), *options])


def records(dataset: Dataset) -> dict[tuple[str, str, str], tuple[Any, Any]]:
    """Every record as it is written, with the places of its quotes and what is said of these."""
    found = {}
    for article in dataset.articles:
        for entry in article.entries:
            table, index = entry.route
            data = dict(article.tree.data[table][index])
            said = [
                {k: v for k, v in quote.items() if k not in ("exact", "prefix", "suffix")}
                if isinstance(quote, dict)
                else {}
                for quote in data.pop("quotes")
            ]
            spans = [placed.span for placed in article.quotes_of(entry)]
            found[article.article_id, entry.table, entry.id] = data, list(zip(spans, said, strict=True))
    return found


def places(project: Path) -> dict[str, list[str]]:
    """Record -> the words at the one place of each of its quotes."""
    (article,) = load(project).articles
    assert all(placed.span for placed in article.quotes)
    return {
        entry.id: [article.content[slice(*placed.span)] for placed in article.quotes_of(entry) if placed.span]
        for entry in article.entries
    }


LABEL_STUDIO = [
    {
        "id": 7,
        "file_upload": "3f2a9c1d-a.txt",
        "data": {"text": SOURCE},
        "annotations": [
            {
                "id": 11,
                "was_cancelled": False,
                "result": [
                    {
                        "id": "r1", "type": "labels", "from_name": "label", "to_name": "text", "origin": "manual",
                        "value": {"start": 26, "end": 66, "labels": ["Planting"],
                                  "text": "The crew planted 49 trees on 3 May 2021"},
                    },
                    {
                        "id": "r1", "type": "choices", "from_name": "status", "to_name": "text",
                        "value": {"start": 26, "end": 66, "choices": ["planned"]},
                    },
                    {
                        "id": "r1", "type": "textarea", "from_name": "remark", "to_name": "text",
                        "value": {"start": 26, "end": 66, "text": ["look: again"]},
                    },
                    {
                        "id": "r2", "type": "labels", "from_name": "label", "to_name": "text",
                        "value": {"start": 43, "end": 51, "labels": ["Figure"]},
                    },
                    {"type": "relation", "from_id": "r2", "to_id": "r1", "direction": "right", "labels": ["event"]},
                ],
            },
            {"id": 12, "was_cancelled": True, "result": [
                {"id": "r3", "type": "labels", "value": {"start": 0, "end": 3, "text": "Ann", "labels": ["Planting"]}},
            ]},
        ],
        "predictions": [{"id": 3, "result": [
            {"id": "p1", "type": "labels", "value": {"start": 0, "end": 3, "text": "Ann", "labels": ["Planting"]}},
            {"id": "p2", "type": "labels", "value": {"start": 4, "end": 7, "text": "met", "labels": ["Planting"]}},
        ]}],
    }
]  # fmt: skip


def test_label_studio(tmp_path: Path, capsys: Output) -> None:
    project = made(tmp_path)
    assert taken(project, "export.json", LABEL_STUDIO, "--table", "Planting=events") == 0
    said = capsys.readouterr().out
    assert "; 1 mark of cancelled annotations passed over; 2 marks of predictions passed over; 0 marks could" in said
    (event, planted), (figure, counted) = records(load(project)).items()
    assert event == ("a", "events", "event-the-crew-planted-49")
    assert planted[0] == {"id": event[2], "status": "planned", "note": 'remark: ["look: again"]'}
    assert figure == ("a", "figures", "figure-49-trees")
    assert counted[0] == {"id": figure[2], "event": event[2]}
    assert places(project)[figure[2]] == ["49 trees"]


LANGEXTRACT = {
    "extractions": [
        {
            "extraction_class": "event",
            "extraction_text": "the crew",
            "char_interval": {"start_pos": 73, "end_pos": 81},
            "alignment_status": "match_exact",
            "extraction_index": 1,
            "group_index": 0,
            "description": None,
            "attributes": {"place": "Hà Nội", "speakers": ["ann", "bob"], "mood": "merry"},
        },
        {
            "extraction_class": "event",
            "extraction_text": "the crew planted 48 trees",
            "char_interval": None,
            "alignment_status": None,
            "attributes": {},
        },
    ],
    "text": SOURCE,
    "document_id": "doc_9f3a",
}


def test_langextract(tmp_path: Path, capsys: Output) -> None:
    project = made(tmp_path)
    assert taken(project, "out.jsonl", json.dumps(LANGEXTRACT) + "\n") == 1
    ((key, (record, _)),) = records(load(project)).items()
    assert key == ("a", "events", "event-the-crew")
    assert record == {"id": key[2], "place": "Hà Nội", "speakers": ["ann", "bob"], "note": "mood: merry"}
    (article,) = load(project).articles
    assert article.quotes[-1].span == (75, 83)  # of the two, the one nearer to offset 73
    said = capsys.readouterr().out
    assert "out.jsonl:1: “the crew planted 48 trees” does not stand in a; nearest, at seeds/a.txt:1:27" in said


BRAT = """\
T1\tEvent 26 42\tThe crew planted
T2\tfigures 43 51\t49 trees
E1\tEvent:T1 host:T3
T3\tPerson 0 3\tAnn
A1\tStatus E1 planned
R1\tevent Arg1:T2 Arg2:E1
T4\tEvent 75 83;92 98\tthe crew Hà Nội
#1\tAnnotatorNotes T4\tis this one?
N1\tReference T4 Wikipedia:56\tHanoi
*\tEquiv T1 T4
"""


def test_brat(tmp_path: Path, capsys: Output) -> None:
    project = made(tmp_path)
    assert taken(project, "a.ann", BRAT) == 1
    found = {key[2]: record for key, (record, _) in records(load(project)).items()}
    planted, went = "event-the-crew-planted", "event-the-crew"
    assert found[planted] == {"id": planted, "status": "planned", "note": "host: T3"}
    assert found["figure-49-trees"]["event"] == planted
    assert found[went]["note"] == "is this one?; Wikipedia:56 Hanoi"
    assert places(project)[went] == ["the crew", "Hà Nội"]
    said = capsys.readouterr().out
    assert "a.ann:4: there is no table for Person: say which with --table Person=TABLE" in said
    assert "a.ann:10: this is no line of brat's format" in said


def web(**target: object) -> dict[str, object]:
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "http://example.org/anno1",
        "type": "Annotation",
        "motivation": "tagging",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": "Event"},
            {"type": "TextualBody", "purpose": "commenting", "value": "read twice"},
        ],
        "target": {"source": "http://example.org/texts/a.txt", **target},
    }


def test_web_annotation(tmp_path: Path) -> None:
    quote = {"type": "TextQuoteSelector", "exact": "the crew", "prefix": "\U0001f389 Then ", "suffix": " went"}
    project = made(tmp_path)
    assert taken(project, "one.jsonld", web(selector=quote)) == 0
    ((key, (record, quotes)),) = records(load(project)).items()
    assert record == {"id": "event-the-crew", "note": "read twice"}
    assert quotes[0][0] == (75, 83)
    page = {"type": "AnnotationPage", "items": [web(selector={"type": "FragmentSelector", "refinedBy": quote})]}
    assert taken(project, "page.json", {"@context": "x", **page}) == 0
    assert list(records(load(project))) == [key]  # known already


def test_equal_hits_without_offset_are_reported(tmp_path: Path, capsys: Output) -> None:
    project = made(tmp_path)
    before = (project / "curation/a.yaml").read_bytes()
    assert taken(project, "one.json", web(selector={"type": "TextQuoteSelector", "exact": "the crew"})) == 1
    assert "one.json:1: “the crew” stands 2 times in a, and nothing says which" in capsys.readouterr().out
    assert (project / "curation/a.yaml").read_bytes() == before


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: Output) -> None:
    project = made(tmp_path)
    before = (project / "curation/a.yaml").read_bytes()
    assert taken(project, "x.json", LABEL_STUDIO, "--table", "Planting=events", "--dry-run") == 0
    assert "+  - id: figure-49-trees\n" in capsys.readouterr().out
    assert (project / "curation/a.yaml").read_bytes() == before


def test_ids_are_unique_and_comments_stay(tmp_path: Path) -> None:
    project = made(tmp_path, "events:  # all of them\n  - {id: event-met, name: met, quotes: [met Ann again]}  # x\n")
    lines = [f"T{n}\tEvent {at} {at + 3}\tmet\n" for n, at in enumerate((4, 110), 1)]
    assert taken(project, "a.ann", "".join(lines)) == 0
    assert [key[2] for key in records(load(project))] == ["event-met", "event-met-2", "event-met-3"]
    assert "events:  # all of them\n  - {id: event-met, name: met, quotes: [met Ann again]}  # x\n" in (
        project / "curation/a.yaml"
    ).read_text("utf-8")
    assert taken(project, "a.ann", "".join(lines)) == 0
    assert len(records(load(project))) == 3


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.json", "[" * 100_000, "nested too deeply"),
        ("x.json", '[{"data": }]', "x.json:1: this is no JSON: Expecting value (column 11)"),
        ("x.json", '[1, {"annotations": [2, {"result": [3, {"value": {"labels": [[]]}}]}]}]', "a task is to be an"),
        ("x.json", '[{"annotations": [{"result": 5}]}]', "an element of `result` is to be an object"),
        ("x.json", "9" * 5000, "too long to be read"),
        ("x.jsonl", '\n{"extractions": 4}\n', "x.jsonl:2: a document of LangExtract is an object"),
        ("x.jsonl", '{"extractions": [[], {"extraction_text": 7}]}', "an extraction is to be an object"),
        ("x.jsonld", '{"type": []}', "this is no annotation"),
        ("x.jsonld", '[{"type": "Annotation", "target": [4, {"selector": {}}]}]', "quotes no words"),
        ("x.ann", "T1\tEvent 5 2\tabc\nR1\tx Arg1:T1 Arg2:T9\n", "x.ann:1: T1 ends before it begins"),
        ("a.ann", "T1\tEvent 4 7;9 12\tmet\n", "the fragments of T1 are not as long as its words"),
        ("a.ann", "T1\tEvent 999999999 999999999\tmet\n", "ends before it begins"),
        ("a.ann", "T1\tEvent 900000000 900000003\tplanet\n", "“planet” does not stand in a"),
        ("x.jsonld", '{"type": "Annotation", "target": {"source": "../../a/../b.txt", "selector": '
         '{"type": "TextQuoteSelector", "exact": "met"}}}', "no article is ../../a/../b.txt"),
        ("a.txt", "x", "files of annotations end in .ann"),
        ("x.jsonl", json.dumps({"document_id": "a", "extractions": [
            {"extraction_class": "event", "extraction_text": "Oslo", "attributes": {"place": "\ud800"}}]}),
         "this value cannot be written"),
        ("x.jsonl", json.dumps({"document_id": "a", "extractions": [
            {"extraction_class": "event", "extraction_text": "Os\ud800lo"}]}), "does not stand in a"),
        ("x.jsonl", json.dumps({"document_id": "a", "extractions": [
            {"extraction_class": "event", "extraction_text": "Osl"}]}), "is a part of words only"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(tmp_path: Path, capsys: Output, name: str, content: str, message: str) -> None:
    project = made(tmp_path)
    before = (project / "curation/a.yaml").read_bytes()
    assert taken(project, name, content) == 1
    assert message in capsys.readouterr().out.replace(str(project) + "/", "")
    assert (project / "curation/a.yaml").read_bytes() == before


def back(project: Path, format_: str, emptied: dict[Path, str]) -> None:
    """Export, empty the curation, import."""
    out = project / "out"
    assert main(["export", "--project", str(project), "--format", format_, "--out", str(out)]) == 0
    for path, content in emptied.items():
        path.write_bytes(content.encode())
    files = sorted(out.glob("*.ann" if format_ == "brat" else "*.jsonld"))
    assert main(["import", "--project", str(project), *map(str, files)]) == 0


@pytest.mark.parametrize("format_", ["wadm", "brat"])
def test_the_flagship_comes_back(tmp_path: Path, format_: str) -> None:
    project = flagship.copy(tmp_path)
    before = load(project)
    heads = {
        project / a.path: re.split(r"\n(?=(?!article|omitted|searched)\w+:\n)", a.text.content)[0] + "\n"
        for a in before.articles
    }
    back(project, format_, heads)
    after = load(project)
    assert records(after) == records(before)
    assert flagship.findings(after).keys() - flagship.findings(before).keys() <= {
        found for found in flagship.findings(after) if found[0] in ("low-coverage", "unused-ignore")
    }


WORD = st.sampled_from(
    ["the", "crew", "met", "Ann", "49", "Hà", "Ha\u0300", "\U0001f389", "“No,”", "x\ty", "a:", "#b", "x/y"]
)
GAP = st.sampled_from([" ", " ", " ", "\u00a0", "  ", "\r\n", "\n", "\n\n", "\u2028"])
_ODD = ("Cc", "Cs", "Cn", "Cf", "Zl", "Zp")
VALUE = st.text(st.characters(codec="utf-8", exclude_categories=_ODD), min_size=1).filter(
    lambda text: text == text.strip()
)


@given(st.data(), st.sampled_from(["wadm", "brat"]), st.booleans())
def test_generated_records_come_back(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, format_: str, wrapped: bool
) -> None:
    """Repeated words, overlapping quotes, line breaks of both kinds, letters of several code points."""
    pieces = data.draw(st.lists(st.tuples(WORD, GAP), min_size=4, max_size=30))
    source = "Ann met the crew in Oslo\n\n" + "".join(word + gap for word, gap in pieces) + "\n"
    setting = 'paragraphs = "blank-line"\n' if wrapped else ""
    project = made(tmp_path_factory.mktemp("d"), source=source, setting=setting)
    empty = (project / "curation/a.yaml").read_text("utf-8")
    starts = [match.span() for match in re.finditer(r"\S+", source)]
    lines = []
    for number in range(data.draw(st.integers(1, 4))):
        chosen = [
            (starts[first][0], starts[min(first + length, len(starts) - 1)][1])
            for first, length in data.draw(
                st.lists(st.tuples(st.integers(0, len(starts) - 1), st.integers(0, 5)), min_size=1, max_size=3)
            )
        ]
        (project / "curation/a.yaml").write_bytes(empty.encode())
        quotes = selectors(load(project), chosen)
        if quotes:
            record = {"id": f"evt-{number}", "name": data.draw(VALUE), "note": data.draw(VALUE),
                      "judged": {"name": data.draw(VALUE)}, "speakers": ["ann", "bob"], "quotes": quotes}  # fmt: skip
            lines.append("  - " + json.dumps(record, ensure_ascii=False) + "\n")
    if not lines:
        return
    (project / "curation/a.yaml").write_bytes((empty + "events:\n" + "".join(lines)).encode())
    before = records(load(project))
    assert len(before) == len(lines)
    back(project, format_, {project / "curation/a.yaml": empty})
    assert records(load(project)) == before


def selectors(dataset: Dataset, spans: list[tuple[int, int]]) -> list[dict[str, str]]:
    """Quotes that lead to these places, of those that have one."""
    from factpack.anchor import selector

    (article,) = dataset.articles
    found = [quote for span in spans if (quote := selector(article.folded, span))]
    return [quote for number, quote in enumerate(found) if quote not in found[:number]]


def test_an_export_is_a_web_annotation_collection(tmp_path: Path) -> None:
    """The W3C model's requirements: https://www.w3.org/TR/annotation-model/."""
    assert main(["export", "--project", str(flagship.ROOT), "--format", "wadm", "--out", str(tmp_path)]) == 0
    sources = {a.article_id: a.source.content for a in load(flagship.ROOT).articles if a.source}
    for article, content in sources.items():
        collection = json.loads((tmp_path / f"{article}.jsonld").read_text("utf-8"))
        first, terms = collection["@context"]
        assert first == "http://www.w3.org/ns/anno.jsonld"
        assert collection["type"] == "AnnotationCollection"
        page = collection["first"]
        assert page["type"] == "AnnotationPage"
        assert collection["total"] == len(page["items"])
        ids = [item["id"] for item in page["items"]]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in ids)
        for item in page["items"]:
            assert item.keys() == {"id", "type", "motivation", "body", "target"}
            assert item["type"] == "Annotation"
            assert item["motivation"] in ("tagging", "describing")
            body = item["body"]
            own = body.keys() - {"type", "purpose", "value", "format"}
            assert own <= terms.keys()
            assert body["type"] == "TextualBody"
            for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
                quote, position = target["selector"]
                assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
                start, end = position["start"], position["end"]
                assert content[start:end] == quote["exact"]
                assert content[:start].endswith(quote.get("prefix", ""))
                assert content[end:].startswith(quote.get("suffix", ""))


def test_an_export_is_standoff_of_brat(tmp_path: Path) -> None:
    assert main(["export", "--project", str(flagship.ROOT), "--format", "brat", "--out", str(tmp_path)]) == 0
    entities = (tmp_path / "annotation.conf").read_text("utf-8").partition("[relations]")[0].split()[1:]
    for path in tmp_path.glob("*.ann"):
        text = path.with_suffix(".txt").read_bytes()
        assert text == (flagship.ROOT / "seeds" / path.with_suffix(".txt").name).read_bytes()
        content = text.decode("utf-8")
        lines = path.read_text("utf-8").split("\n")[:-1]
        known = set()
        for line in lines:
            key, rest, *words = line.split("\t", 2)
            if key[0] == "T":
                label, _, spans = rest.partition(" ")
                assert label in entities
                pairs = [tuple(map(int, pair.split())) for pair in spans.split(";")]
                assert words == [" ".join(content[a:b] for a, b in pairs)]
            known.add(key)
            for other in re.findall(r"(?:Arg\d:|Factpack )(T\d+)", rest):
                assert other in known
        assert len(known) == len(lines)
        assert any(line.startswith("R") for line in lines)


def test_what_is_no_file_is_said(tmp_path: Path, capsys: Output) -> None:
    project = made(tmp_path)
    (project / "link.ann").symlink_to(project / "seeds/a.txt")
    for name in ("nowhere.ann", "link.ann", "seeds"):
        assert main(["import", "--project", str(project), str(project / name)]) == 2
        assert name in capsys.readouterr().err
    with (project / "large.json").open("wb") as file:
        file.truncate(30_000_000)
    assert main(["import", "--project", str(project), str(project / "large.json")]) == 2
    assert "30000000 bytes; the limit" in capsys.readouterr().err


def test_an_unknown_article_is_said(tmp_path: Path, capsys: Output) -> None:
    project = made(tmp_path)
    assert main(["export", "--project", str(project), "--format", "brat", "b"]) == 2
    assert "there is no article `b`" in capsys.readouterr().err
    assert taken(project, "a.ann", BRAT, "--table", "Person=nowhere") == 2
    assert "there is no table `nowhere`" in capsys.readouterr().err


def test_of_very_many_marks_without_a_place_the_first_are_told(tmp_path: Path, capsys: Output) -> None:
    marks = [{"extraction_class": "event", "extraction_text": f"nowhere {number}"} for number in range(1_200)]
    assert taken(made(tmp_path), "m.jsonl", {"document_id": "a", "extractions": marks}) == 1
    *told, rest, said = capsys.readouterr().out.splitlines()
    assert (len(told), rest) == (1_000, "... and 200 more")
    assert said.endswith("1,200 marks could not be taken over.")


def test_the_text_of_a_document_is_looked_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from factpack.annotations import importing

    asked = []
    find = importing.article_of
    monkeypatch.setattr(importing, "article_of", lambda *given: asked.append(given) or find(*given))
    marks = [{"extraction_class": "event", "extraction_text": "Ann met"}] * 50
    taken(made(tmp_path), "m.jsonl", {"text": "Of another article.", "extractions": marks})
    assert len(asked) == 1
