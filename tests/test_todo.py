"""What is left of an article: in reading order, bounded, each with YAML that passes as it is pasted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import Example, lay_out

from factpack.anchor import as_yaml, selector
from factpack.cli import main
from factpack.quote import find, fold
from factpack.text import Text
from factpack.tree import read

Output = pytest.CaptureFixture[str]

SOURCE = (
    "The ministers met on Monday. Forty: so many came. \n\n"
    "Ann\u00a0spoke, “again”. Ann spoke #twice 🎉. Forty: so many came back.\n" + "Nine words " * 60 + "\n"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lay_out(Example({"seeds/a.txt": SOURCE, "curation/a.yaml": "events: []\n"}, set()), tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_in_reading_order_with_yaml_whose_quote_has_one_place(project: Path, capsys: Output) -> None:
    assert main(["todo", "a", "--format", "json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)
    assert {row["kind"] for row in rows} >= {"passage", "number"}
    (first, second) = [row for row in rows if row["kind"] == "number" and row["text"] == "Forty"]
    assert "{exact: " in first["yaml"] + second["yaml"]
    for row in rows:
        assert " ".join(SOURCE[row["start"] : row["end"]].split()) == row["text"]
        tree = read(Text("", row["yaml"]))
        assert not tree.faults, row["yaml"]
        ((records,),) = [tuple(tree.data.values())]
        (quote,) = records[0]["quotes"]
        given = quote if isinstance(quote, dict) else {"exact": quote}
        assert len(given["exact"]) <= 300
        if "Nine words" not in given["exact"]:
            assert len(find(fold(SOURCE), **given).spans) == 1, row


def test_a_long_list_is_cut_and_says_so(project: Path, capsys: Output) -> None:
    assert main(["todo", "--limit", "1"]) == 1
    out = capsys.readouterr().out
    assert out.count("seeds/a.txt:") == 1
    assert "more are not shown: --limit 0 shows all." in out
    assert main(["todo", "--format", "json", "--limit", "1"]) == 1
    said = capsys.readouterr()
    assert len(json.loads(said.out)) == 1
    assert "more are not shown" in said.err
    assert main(["todo", "--limit", "0"]) == 1
    assert "not shown" not in (out := capsys.readouterr().out)
    assert out.startswith("seeds/a.txt:1:")


def test_what_could_not_be_gone_through_is_said(project: Path, capsys: Output) -> None:
    (project / "curation/b.yaml").write_bytes(b"\xff")
    (project / "seeds/a.txt").unlink()
    assert main(["todo"]) == 1
    said = capsys.readouterr().err
    assert "curation/a.yaml: without its source nothing of it is listed" in said
    assert "curation/b.yaml is left out: " in said
    shutil.rmtree(project / "curation")
    (project / "curation").write_text("no folder")
    assert main(["todo"]) == 3
    assert "no article is curated" in capsys.readouterr().err


@given(st.lists(st.sampled_from(["Ann", "a: b", "it's", "#x", "e\u0301", "🎉", "“Ann”"]), min_size=2, max_size=14),
       st.data())  # fmt: skip
def test_a_selector_leads_back(words: list[str], data: st.DataObject) -> None:
    content = data.draw(st.sampled_from([" ", "\u00a0", "  "])).join(words)
    folded = fold(content)
    first = data.draw(st.integers(0, len(words) - 1))
    start = content.find(words[first])
    end = start + len(words[first])
    quote = selector(folded, (start, end))
    if quote is None:
        return
    (found,) = find(folded, **quote).spans
    assert found[0] < end
    assert start < found[1]
    tree = read(Text("", f"- {as_yaml(quote)}\n"))
    assert not tree.faults
    assert tree.data == [quote if len(quote) > 1 else quote["exact"]]
