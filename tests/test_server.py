"""The language server over stdio, as an editor uses it: text that is typed and not saved."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import pytest
from hypothesis import given
from hypothesis import strategies as st
from language_client import LanguageClient
from pages import Example, lay_out

from factpack.checks import RULES
from factpack.cli import main
from factpack.server.quickfixes import changes
from factpack.server.ruler import Ruler
from factpack.text import Text

pytest.importorskip("pygls")

RUN = "import sys; from factpack.cli import main; sys.exit(main(['server', '--stdio']))"
COMMAND = [sys.executable, "-P", "-c", RUN]
EDITOR = {
    "textDocument": {"publishDiagnostics": {"relatedInformation": True, "versionSupport": True}},
    "workspace": {
        "workspaceEdit": {"documentChanges": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    },
}
SOURCE = """\
Two crews 🎉🎉 met on 12 April.
They planted 49 trees. “It’s ```done```” they said.
Ann Lee spoke of 49 trees in Lyon.
"""
TIDY = """\
events:
  - id: evt-trees
    name: planted trees  # 🎉
    host: ann-lee
    quotes:
      - They planted 49 trees
      - Ann Lee spoke
  - {id: evt-crews, name: crews met, quotes: [Two crews 🎉🎉 met on 12 April]}
"""
PEOPLE = "people:\n  - {id: ann-lee, name: Ann Lee, names: [Ann Lee]}\n"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageClient]:
    with LanguageClient(COMMAND, tmp_path_factory.mktemp("nowhere"), **EDITOR) as client:
        yield client


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "a project of ö"
    (folder / "curation/registers").mkdir(parents=True)
    tidy = TIDY.replace("evt-🎉", "evt-crews")
    lay_out(
        Example({"seeds/a.txt": SOURCE, "curation/a.yaml": tidy, "curation/registers/people.yaml": PEOPLE}, set()),
        folder,
    )
    return folder


def text_of(project: Path) -> str:
    return (project / "curation/a.yaml").read_text("utf-8")


def rules(found: list[dict[str, Any]]) -> list[str]:
    return [diagnostic["code"] for diagnostic in found]


def place(text: str, words: str, inside: int = 0) -> tuple[int, int]:
    """The line and the UTF-16 character at which words stand in a text, or a place inside of them."""
    before = text[: text.index(words) + inside]
    return before.count("\n"), len(before[before.rfind("\n") + 1 :].encode("utf-16-le")) // 2


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """A text with an editor's changes made."""

    def offset(position: dict[str, int]) -> int:
        lines = text.split("\n")
        before = lines[position["line"]].encode("utf-16-le")[: 2 * position["character"]].decode("utf-16-le")
        return sum(len(line) + 1 for line in lines[: position["line"]]) + len(before)

    for start, end, words in sorted(
        ((offset(e["range"]["start"]), offset(e["range"]["end"]), e["newText"]) for e in edits), reverse=True
    ):
        text = text[:start] + words + text[end:]
    return text


def actions(
    editor: LanguageClient, uri: str, text: str, words: str, only: list[str] | None = None
) -> list[dict[str, Any]]:
    line, character = place(text, words)
    position = {"line": line, "character": character}
    context: dict[str, Any] = {"diagnostics": []} | ({"only": only} if only else {})
    params = {"textDocument": {"uri": uri}, "range": {"start": position, "end": position}, "context": context}
    found: list[dict[str, Any]] = editor.request("textDocument/codeAction", params)
    return found


def edits_of(action: dict[str, Any]) -> list[dict[str, Any]]:
    (change,) = action["edit"]["documentChanges"]
    edits: list[dict[str, Any]] = change["edits"]
    return edits


def hover(editor: LanguageClient, uri: str, text: str, words: str, inside: int = 1) -> str:
    said = editor.at("hover", uri, *place(text, words, inside))
    return str(said["contents"]["value"]) if said else ""


def test_what_is_typed_is_checked_as_if_it_were_saved(
    editor: LanguageClient, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "curation/a.yaml"
    uri = editor.open(path)
    assert editor.diagnostics(uri) == []
    typed = (
        text_of(project)
        .replace("They planted 49", "They planted 94")
        .replace("evt-crews, name: crews met,", "evt-crews, nme: crews met, note: 🎉,")
        .replace("host: ann-lee", "host: ann-le")
    )
    found = editor.diagnostics(uri, editor.change(uri, typed))
    assert sorted(rules(found)) == ["quote-not-found", "unknown-field", "unknown-reference"]
    assert "evt-crews" in path.read_text("utf-8")
    assert "94" not in path.read_text("utf-8")

    path.write_text(typed, "utf-8")
    main(["check", "--project", str(project), "--format", "json"])
    report = json.loads(capsys.readouterr().out)["findings"]
    saved = [finding for finding in report if finding["file"] == "curation/a.yaml"]
    assert [(f["rule"], f["message"]) for f in saved] == [(d["code"], d["message"].split("\nhelp:")[0]) for d in found]
    lines = typed.split("\n")
    for finding, diagnostic in zip(saved, found, strict=True):
        before = lines[finding["line"] - 1][: finding["column"] - 1]
        assert diagnostic["range"]["start"] == {
            "line": finding["line"] - 1,
            "character": len(before.encode("utf-16-le")) // 2,
        }
    (unknown,) = (d for d in found if d["code"] == "unknown-field")
    assert unknown["range"]["start"] == dict(zip(("line", "character"), place(typed, "nme: crews"), strict=True))
    (lost,) = (d for d in found if d["code"] == "quote-not-found")
    assert lost["severity"] == 1
    assert lost["source"] == "factpack"
    *ours, related = lost["relatedInformation"]
    assert [place["location"]["uri"] for place in ours] == [uri for _ in ours]
    assert related["location"]["uri"] == (project / "seeds/a.txt").as_uri()
    assert related["location"]["range"]["start"]["line"] == 1


def test_the_link_of_a_rule_leads_to_its_page(editor: LanguageClient, project: Path) -> None:
    uri = editor.open(project / "curation/a.yaml", text_of(project).replace("planted 49", "planted 94"))
    (found,) = editor.diagnostics(uri)
    page = Path(unquote(urlparse(found["codeDescription"]["href"]).path)).read_text("utf-8")
    assert (RULES[found["code"]].__doc__ or "") in page


def test_many_keystrokes_are_one_check(editor: LanguageClient, project: Path) -> None:
    uri = editor.open(project / "curation/a.yaml")
    editor.diagnostics(uri)
    text = text_of(project)
    first = len(editor.heard)
    for number in range(30):
        last = editor.change(uri, text.replace("49 trees", f"49 trees{'x' * number}"))
    assert rules(editor.diagnostics(uri, last)) == ["quote-not-found"]
    assert len([params for params in editor.heard[first:] if params.get("uri") == uri]) < 5


def test_several_files_are_checked_together(editor: LanguageClient, project: Path) -> None:
    article = editor.open(project / "curation/a.yaml", text_of(project).replace("host: ann-lee", "host: bob-ray"))
    assert rules(editor.diagnostics(article)) == ["unknown-reference"]
    people = editor.open(
        project / "curation/registers/people.yaml", PEOPLE + "  - {id: bob-ray, name: Bob, names: [Ann]}\n"
    )
    assert "unknown-reference" not in rules(editor.diagnostics(article))
    editor.close(people)
    assert rules(editor.diagnostics(article)) == ["unknown-reference"]


def test_findings_in_files_that_are_not_open_are_told_too(editor: LanguageClient, project: Path) -> None:
    people = project / "curation/registers/people.yaml"
    editor.diagnostics(editor.open(people, PEOPLE.replace("ann-lee", "ann-li")))
    article = (project / "curation/a.yaml").as_uri()
    assert rules(editor.diagnostics(article)) == ["unknown-reference"]
    editor.close(people.as_uri())
    assert editor.diagnostics(article) == []


def test_a_file_that_was_never_saved_is_checked(editor: LanguageClient, project: Path) -> None:
    (project / "seeds/b.txt").write_text("Three crews met in Lyon.\n", "utf-8")
    article = editor.open(project / "curation/b.yaml", "events:\n  - {id: evt-b, nme: crews, quotes: [Three crews]}\n")
    assert "unknown-field" in rules(editor.diagnostics(article))
    register = editor.open(project / "curation/registers/people.yml", "people: []\n")
    assert rules(editor.diagnostics(register)) == ["stray-file"]
    for uri in (article, register):
        editor.close(uri)
        while editor.diagnostics(uri):
            continue  # what was said before it was closed; that nothing more comes would fail here


def test_yaml_that_is_broken_hides_nothing_else(editor: LanguageClient, project: Path) -> None:
    text = text_of(project).replace("name: planted", "name: a: planted").replace("crews met,", "crews mett,")
    found = editor.diagnostics(editor.open(project / "curation/a.yaml", text))
    assert "yaml-syntax" in rules(found)
    assert "wording-not-from-quote" in rules(found)
    uri = (project / "curation/a.yaml").as_uri()
    for broken in ("", "[", "\x00", "a: &b\n- *b", "🎉" * 1000, "- " * 5000):
        assert editor.diagnostics(uri, editor.change(uri, broken)) is not None
        assert editor.at("hover", uri, 0, 1) is None or broken


def test_a_file_outside_of_all_projects_is_left_alone(editor: LanguageClient, project: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "x.yaml"
    for uri in (stranger.as_uri(), "untitled:Untitled-1", "file:///"):
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": "a: ["}
        editor.notify("textDocument/didOpen", {"textDocument": document})
        assert editor.at("hover", uri, 0, 1) is None
        assert actions(editor, uri, "a: [", "a") == []
    inside = editor.open(project / "pyproject.toml", language="toml")
    assert editor.diagnostics(inside) == []
    assert editor.at("hover", inside, 0, 0) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_characters_are_counted_as_the_editor_counts(encoding: str, project: Path) -> None:
    with LanguageClient(COMMAND, project, general={"positionEncodings": [encoding]}, **EDITOR) as client:
        assert client.server["capabilities"]["positionEncoding"] == encoding
        typed = text_of(project).replace("name: crews met,", "note: 🎉é, nme: crews met,")
        (found,) = (
            d
            for d in client.diagnostics(client.open(project / "curation/a.yaml", typed))
            if d["code"] == "unknown-field"
        )
        before = "  - {id: evt-crews, note: 🎉é, "
        units = {"utf-8": len(before.encode()), "utf-16": len(before) + 1, "utf-32": len(before)}
        assert found["range"]["start"]["character"] == units[encoding]


# Quick fixes


def test_a_fix_is_offered_as_a_change_of_the_text(editor: LanguageClient, project: Path) -> None:
    typed = text_of(project).replace("planted trees  # 🎉", "planted trees").replace("49 trees\n", "49 tres  # 🎉\n")
    uri = editor.open(project / "curation/a.yaml", typed)
    (found,) = editor.diagnostics(uri)
    (action,) = actions(editor, uri, typed, "They planted")
    assert action["kind"] == "quickfix"
    assert action["isPreferred"] is False
    assert action["title"].endswith("(changes what the file says)")
    assert action["diagnostics"] == [found]
    assert action["edit"]["documentChanges"][0]["textDocument"]["uri"] == uri
    mended = applied(typed, edits_of(action))
    assert mended == typed.replace("49 tres", "49 trees")
    assert editor.diagnostics(uri, editor.change(uri, mended)) == []
    assert actions(editor, uri, mended, "They planted") == []
    assert actions(editor, uri, typed, "host:") == []


def test_safe_fixes_are_preferred_and_made_all_at_once(editor: LanguageClient, project: Path) -> None:
    typed = text_of(project).replace("host: ann-lee", "hosst: ann-lee").replace("name: crews", "nme: crews")
    typed = typed.replace("49 trees\n", "49 tres\n")
    uri = editor.open(project / "curation/a.yaml", typed)
    assert sorted(rules(editor.diagnostics(uri))) == ["quote-not-found", "unknown-field", "unknown-field"]
    (action,) = actions(editor, uri, typed, "hosst")
    assert action["isPreferred"] is True
    assert applied(typed, edits_of(action)) == typed.replace("hosst", "host")
    for kind in ("source.fixAll", "source.fixAll.factpack"):
        (whole,) = actions(editor, uri, typed, "events", [kind])
        assert applied(typed, edits_of(whole)) == typed.replace("hosst", "host").replace("nme:", "name:")
    assert actions(editor, uri, typed, "events", ["refactor"]) == []


def test_a_fix_that_would_make_a_finding_is_not_offered(editor: LanguageClient, project: Path) -> None:
    # Renamed, the field is read, and then what it says is not in the quote.
    for place_named, offered in (("Paris", 0), ("Lyon", 1)):
        typed = text_of(project).replace("Ann Lee spoke", "Ann Lee spoke of 49 trees in Lyon")
        typed = typed.replace("    host:", f"    plce: {place_named}\n    host:")
        uri = editor.open(project / "curation/a.yaml", typed)
        assert rules(editor.diagnostics(uri)) == ["unknown-field"]
        assert len(actions(editor, uri, typed, "plce")) == offered
        editor.close(uri)
        editor.diagnostics(uri)


def test_an_editor_without_versions_is_told_plain_changes(project: Path) -> None:
    with LanguageClient(COMMAND, project) as client:
        typed = text_of(project).replace("host:", "hosst:")
        uri = client.open(project / "curation/a.yaml", typed)
        client.diagnostics(uri)
        (action,) = actions(client, uri, typed, "hosst")
        assert applied(typed, action["edit"]["changes"][uri]) == text_of(project)


# Hover


def test_a_quote_shows_its_place_in_the_article(editor: LanguageClient, project: Path) -> None:
    text = text_of(project)
    uri = editor.open(project / "curation/a.yaml")
    said = hover(editor, uri, text, "They planted").splitlines()
    assert said[0] == "````text"  # the line has three backticks in a row; no fence ends before its own
    assert said[1] == "  --> seeds/a.txt:2:1"
    assert said[3].startswith("2 | They planted 49 trees.")
    assert said[4] == "  | " + "^" * len("They planted 49 trees")
    assert f"({(project / 'seeds/a.txt').as_uri()}#L2)" in said[-1]
    position = editor.at("hover", uri, *place(text, "They planted"))["range"]
    assert position["end"]["character"] - position["start"]["character"] == len("They planted 49 trees")
    assert ":1:1" in hover(editor, uri, text, "met on 12 April]")


def test_a_quote_that_is_not_found_or_found_twice_says_so(editor: LanguageClient, project: Path) -> None:
    text = text_of(project).replace("They planted 49 trees", "49 trees").replace("Ann Lee spoke", "Ann Lee spok")
    uri = editor.open(project / "curation/a.yaml", text)
    assert hover(editor, uri, text, "49 trees").startswith("These words occur 2 times.")
    assert hover(editor, uri, text, "Ann Lee spok") == "The article does not have these words."


def test_a_value_shows_the_words_behind_it(editor: LanguageClient, project: Path) -> None:
    text = text_of(project)
    uri = editor.open(project / "curation/a.yaml")
    said = hover(editor, uri, text, "ann-lee")
    assert "seeds/a.txt:3:1 grounded" in said
    assert "^^^^^^^" in said
    assert hover(editor, uri, text, "events:") == ""


def test_a_rule_that_is_ignored_shows_its_page(editor: LanguageClient, project: Path) -> None:
    text = text_of(project).replace("49 trees\n", "94 trees  # factpack: ignore[quote-not-found] so it was said\n")
    uri = editor.open(project / "curation/a.yaml", text)
    assert editor.diagnostics(uri) == []
    said = hover(editor, uri, text, "quote-not-found")
    assert said.startswith("**quote-not-found** (error)\n\n")
    assert said.endswith((RULES["quote-not-found"].__doc__ or "").strip())


# What changes around the editor


def test_files_that_change_on_disk_are_read_again(editor: LanguageClient, project: Path) -> None:
    uri = editor.open(project / "curation/a.yaml")
    assert editor.diagnostics(uri) == []
    people = project / "curation/registers/people.yaml"
    people.write_text(PEOPLE.replace("ann-lee", "ann-li"), "utf-8")
    editor.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": people.as_uri(), "type": 2}]})
    assert rules(editor.diagnostics(uri)) == ["unknown-reference"]
    main(["check", "--project", str(project), "--write-baseline"])
    editor.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert editor.diagnostics(uri) == []


def test_a_configuration_that_cannot_be_used_is_said_once(editor: LanguageClient, project: Path) -> None:
    right = (project / "pyproject.toml").read_text("utf-8")
    (project / "pyproject.toml").write_text(right.replace("version", "vresion"), "utf-8")
    editor.told.clear()
    uri = editor.open(project / "curation/a.yaml")
    for _ in range(2):
        editor.change(uri, text_of(project))
        assert editor.at("hover", uri, 0, 0) is None
    said = [params["message"] for method, params in editor.told if method == "window/showMessage"]
    assert len(said) == 1
    assert "vresion" in said[0]
    (project / "pyproject.toml").write_text(right, "utf-8")
    assert editor.diagnostics(uri, editor.change(uri, text_of(project))) == []


def test_models_that_print_or_change_do_not_disturb(editor: LanguageClient, project: Path) -> None:
    models = project / "schema/__init__.py"
    models.write_text("print('Content-Length: 3')\n" + models.read_text("utf-8"), "utf-8")
    uri = editor.open(project / "curation/a.yaml")
    assert editor.diagnostics(uri) == []
    models.write_text(models.read_text("utf-8") + "\n# changed\n", "utf-8")
    editor.told.clear()
    assert editor.diagnostics(uri, editor.change(uri, text_of(project))) == []
    hover(editor, uri, text_of(project), "events")
    assert any("restart" in params["message"] for method, params in editor.told if method == "window/showMessage")


def test_without_pygls_the_command_says_what_to_install() -> None:
    code = "import sys; sys.modules['pygls'] = None; from factpack.cli import main; sys.exit(main(['server']))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode == 2
    assert "pip install 'factpack[server]'" in done.stderr


# Measures


LINES = st.text(st.sampled_from("ab🎉é\u0301\r\n \x0b\x0c\u2028\x85"), max_size=40)


@given(LINES, st.integers(0, 40), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_an_offset_has_one_position_and_comes_back(content: str, offset: int, encoding: str) -> None:
    ruler = Ruler(Text("a", content), encoding)
    offset = min(offset, len(content))
    line, character = ruler.position(offset)
    within = content[:offset].endswith("\r") and content[offset : offset + 1] == "\n"
    assert ruler.offset((line, character)) == offset - within
    assert ruler.offset((line + 99, 0)) == len(content)
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert len(ruler.starts) == len(lines)


@given(LINES, LINES)
def test_changes_make_one_text_of_another(old: str, new: str) -> None:
    text = old
    for location, words in reversed(list(changes(Text("a", old), new))):
        text = text[: location.start] + words + text[location.end :]
    assert text == new
