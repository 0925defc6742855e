"""Renaming and moving records: everywhere or nowhere, and nothing else touched."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections import Counter
from pathlib import Path

import flagship
import pytest
from faults import ASKING, FAULTS, Fault, run
from pages import Example, lay_out

from factpack.baseline import NAME, read_baseline
from factpack.cli import main
from factpack.config import load_config
from factpack.dataset import load
from factpack.files import Unreadable
from factpack.mending.rewriting import rewrite_all

Output = pytest.CaptureFixture[str]

FILES = {
    "seeds/a.txt": "The ministers met. Ann spoke. Forty of them came.\n",
    "seeds/b.txt": "The ministers met. Nobody spoke.\n",
    "curation/a.yaml": """\
# what article a says
events:
  # the first
  - id: evt-met  # evt-met
    name: ministers met
    speakers: [ann]
    judged: {speakers: evt-met says so of ann}
    quotes: [The ministers met]
    # below it

  - id: evt-spoke
    name: Ann spoke
    host: "ann"
    note: evt-met
    quotes:
      - Ann spoke

figures:
  - id: fig-forty
    event: 'evt-met'
    measure: of them came
    value: 40
    comparator: eq
    unit: them
    quotes: [Forty of them came, The ministers met]

""",
    "curation/b.yaml": "events:\n- id: evt-met\n  name: ministers met\n  quotes: [The ministers met]\n\n",
    "curation/registers/people.yaml": "people:\n  - id: ann  # Ann\n    names: [Ann]\n    name: Ann\n",
    "curation/registers/conflicts.yaml": """\
conflicts:
  - id: con-host
    record: evt-met
    field: host
    preferred: ann
    why: evt-met is hosted by ann
""",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lay_out(Example(FILES, set()), tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[str, str]:
    """Every curation file's content, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.glob("curation/**/*.yaml")}


def differing(before: dict[str, str], after: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """The lines that differ, of files with as many lines as before."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path, old in before.items():
        pairs = zip(old.splitlines(), after[path].splitlines(), strict=True)
        if lines := [(a.strip(), b.strip()) for a, b in pairs if a != b]:
            found[path] = lines
    return found


def test_a_new_id_is_written_wherever_the_old_one_was(project: Path, capsys: Output) -> None:
    before = contents(project)
    assert main(["rename", "events", "evt-met", "evt-meeting"]) == 0
    assert capsys.readouterr().out == "`evt-met` is `evt-meeting` now, in 4 places of 3 files.\n"
    assert differing(before, contents(project)) == {
        "curation/a.yaml": [
            ("- id: evt-met  # evt-met", "- id: evt-meeting  # evt-met"),
            ("event: 'evt-met'", "event: 'evt-meeting'"),
        ],
        "curation/b.yaml": [("- id: evt-met", "- id: evt-meeting")],
        "curation/registers/conflicts.yaml": [("record: evt-met", "record: evt-meeting")],
    }


def test_a_registers_record_and_what_a_conflict_prefers(project: Path) -> None:
    before = contents(project)
    assert main(["rename", "people", "ann", "ann-lee"]) == 0
    assert differing(before, contents(project)) == {
        "curation/a.yaml": [("speakers: [ann]", "speakers: [ann-lee]"), ('host: "ann"', 'host: "ann-lee"')],
        "curation/registers/people.yaml": [("- id: ann  # Ann", "- id: ann-lee  # Ann")],
        "curation/registers/conflicts.yaml": [("preferred: ann", "preferred: ann-lee")],
    }


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["event", "evt-met", "evt-x"], "did you mean `events`"),
        (["events", "evt-mett", "evt-x"], "did you mean `evt-met`"),
        (["events", "evt-met", "evt-spoke"], "`evt-spoke` is taken, in curation/a.yaml"),
        (["events", "evt-met", "fig-forty"], "`fig-forty` is taken"),
        (["events", "evt-met", "Evt met"], "an id is words of a-z"),
        (["countries", "nobody", "X"], "no record `nobody`"),
        (["articles", "a", "c"], "never changed"),
    ],
)
def test_what_cannot_be_renamed(project: Path, capsys: Output, arguments: list[str], why: str) -> None:
    before = contents(project)
    assert main(["rename", *arguments]) == 2
    err = capsys.readouterr().err
    assert why in err
    assert "nothing was written" in err
    assert contents(project) == before


def test_nothing_is_renamed_past_what_cannot_be_read(project: Path, capsys: Output) -> None:
    path = project / "curation/b.yaml"
    good = path.read_text("utf-8")
    path.write_text(good + "a: b: c\n", "utf-8")
    assert main(["rename", "events", "evt-met", "evt-x"]) == 2
    assert "curation/b.yaml cannot be read" in capsys.readouterr().err
    path.write_text(good + "  speakers: [ann, {x: y}]\n", "utf-8")
    assert main(["rename", "people", "ann", "bob"]) == 2
    assert "curation/b.yaml has a record that cannot be read and names `ann`" in capsys.readouterr().err
    assert main(["rename", "events", "evt-met", "evt-x"]) == 0


def test_all_files_or_none(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(project)
    config = load_config(project)
    changes = {path: (text, text + "# more\n") for path, text in before.items()}
    replace, calls = os.replace, Counter[str]()

    def failing(source: str, target: str) -> None:
        calls["replace"] += 1
        if calls["replace"] == 3:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr("factpack.mending.rewriting.os.replace", failing)
    with pytest.raises(Unreadable, match="No space left"):
        rewrite_all(config, changes)
    assert contents(project) == before
    monkeypatch.undo()
    last = max(changes)
    with pytest.raises(Unreadable, match="has changed meanwhile"):
        rewrite_all(config, {**changes, last: ("something else", "x")})
    assert contents(project) == before
    assert not list(project.glob("curation/**/.*"))


def test_a_model_that_looks_at_more_than_the_id_keeps_no_record_from_another(project: Path) -> None:
    path = project / "schema/__init__.py"
    odd = "    @model_validator(mode='after')\n    def _odd(self):\n        self.name.lower()\n        return self\n\n"
    models = path.read_text("utf-8").replace("    place:", odd + "    place:", 1)
    path.write_text(
        "from pydantic import model_validator\n" + models.replace("from __future__ import annotations\n", "")
    )
    assert main(["rename", "events", "evt-met", "Bad Id"]) == 2
    assert main(["rename", "events", "evt-met", "evt-other"]) == 0
    assert "id: evt-other" in "".join(contents(project).values())


def unfinished(project: Path, fault: Fault, at: int, log: Path) -> tuple[int | None, list[str]]:
    """Rename a record that stands in three files and the baseline, on a disk with a fault."""
    return run(lambda: main(["rename", "events", "evt-met", "evt-m", "--project", str(project)]), log, fault, at)


def whole(project: Path) -> dict[str, str]:
    """All files that a renaming may change, and whatever else it left beside them."""
    left = [*project.glob("curation/**/.*"), project / ".factpack/unfinished.json", project / NAME]
    return {**contents(project), **{p.name: p.read_text("utf-8") for p in left if p.is_file()}}


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.parametrize("fault", ["kill", "torn", "ENOSPC", "EIO"])
def test_a_renaming_cut_short_is_finished_or_had_not_begun(project: Path, tmp_path: Path, fault: Fault) -> None:
    log = tmp_path / "log"
    assert main(["check", "--write-baseline", "--grow"]) == 0
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        shutil.copytree(project, folder, ignore=shutil.ignore_patterns("old", "new", "__pycache__"))
    before = whole(old)
    code, calls = unfinished(new, "none", 0, log)
    assert code == 0
    after = whole(new)
    assert len(differing(before, after)) == 4
    ends = Counter[str]()
    places = [n for n, name in enumerate(calls, 1) if FAULTS[fault][1](name) and name not in ASKING]
    for at in places:
        tried = Path(shutil.copytree(old, tmp_path / f"{fault}-{at}"))
        code, _ = unfinished(tried, fault, at, log)
        about = f"{fault} at call {at} of {len(calls)} ({calls[at - 1]}), exit code {code}: {log.read_text()}"
        assert "Traceback" not in log.read_text(), about
        left = whole(tried)
        if fault in ("ENOSPC", "EIO"):
            assert left in (before, after) or code == 2, about
        again, _ = run(lambda project=tried: main(["fmt", "--check", "--project", str(project)]), log)
        assert again in (0, 1), about + log.read_text()
        assert whole(tried) in (before, after), about
        done = whole(tried) == after
        assert ("it is finished now" in log.read_text()) == (done and left != after) or left == after, about
        ends["finished" if done and left != after else "done" if done else "not begun"] += 1
        shutil.rmtree(tried)
    assert fault != "kill" or ends.keys() == {"finished", "not begun"}, ends


def test_what_was_changed_after_a_kill_is_not_overwritten(project: Path, tmp_path: Path, capsys: Output) -> None:
    assert main(["check", "--write-baseline", "--grow"]) == 0
    names = unfinished(Path(shutil.copytree(project, tmp_path / "p")), "none", 0, tmp_path / "log")[1]
    second = [number for number, name in enumerate(names, 1) if name == "replace"][2]
    assert unfinished(project, "kill", second, tmp_path / "log")[0] is None
    b = project / "curation/b.yaml"
    text = b.read_text("utf-8")
    with pytest.raises(Unreadable, match="an earlier change was cut short"):  # of what began before it, such as `pick`
        rewrite_all(load_config(project), {"curation/b.yaml": (text, text + "# by a program\n")})
    b.write_text(text + "# by hand\n", "utf-8")
    capsys.readouterr()
    assert main(["check"]) == 2
    assert "was cut short, and curation/b.yaml is not as it left it" in capsys.readouterr().err
    assert b.read_text("utf-8").endswith("# by hand\n")


def test_known_findings_stay_known_under_the_new_id(project: Path, capsys: Output) -> None:
    assert main(["check", "--write-baseline", "--grow"]) == 0
    assert main(["check"]) == 0
    entries = read_baseline(project)
    assert entries is not None
    assert [e for e in entries if "evt-met" in e[1] + e[3]]
    capsys.readouterr()
    assert main(["rename", "events", "evt-met", "evt-m"]) == 0
    said = capsys.readouterr().out
    assert re.fullmatch(r"`evt-met` is `evt-m` now, in 4 places of 3 files and \d known findings?\.\n", said)
    assert main(["check", "--fail-on", "info"]) == 0
    assert "no longer" not in capsys.readouterr().out
    now = read_baseline(project)
    assert now is not None
    assert now.total() == entries.total()
    assert main(["rename", "events", "evt-m", "evt-met"]) == 0
    assert read_baseline(project) == entries


def test_the_flagship_says_the_same_under_new_ids(tmp_path: Path) -> None:
    project = flagship.copy(tmp_path)
    before = flagship.findings(load(project))
    dataset = load(project)
    for table in ("actors", "events", "countries"):
        identity = next(e.id for file in dataset.files for e in file.entries if e.table == table)
        new = "XYZ" if table == "countries" else f"{identity}-renamed"
        assert main(["rename", table, identity, new, "--project", str(project)]) == 0
        assert not re.search(rf"(?:id|actor|country): {identity}\b(?!-)", "".join(contents(project).values()))
    added = flagship.findings(load(project)) - before
    assert not {rule for rule, _, _ in added if rule in ("unknown-reference", "duplicate-id", "invalid-value")}


def test_a_record_moves_with_its_comments(project: Path, capsys: Output) -> None:
    before = contents(project)
    assert main(["mv", "evt-spoke", "b"]) == 2
    assert "b does not have the words “Ann spoke”" in capsys.readouterr().err
    assert contents(project) == before
    assert main(["mv", "evt-met", "b"]) == 2
    assert "several articles (a, b)" in capsys.readouterr().err
    assert main(["mv", "evt-met", "b", "--from", "a"]) == 2
    assert "has a record `evt-met` already" in capsys.readouterr().err
    assert main(["rename", "events", "evt-met", "evt-m"]) == 0
    b = project / "curation/b.yaml"
    b.write_text(b.read_text("utf-8").replace("evt-m", "evt-other"), "utf-8")
    assert main(["mv", "evt-m", "b"]) == 0
    assert "went from curation/a.yaml to curation/b.yaml" in capsys.readouterr().out
    assert (project / "curation/a.yaml").read_text("utf-8").startswith(
        "# what article a says\nevents:\n  - id: evt-spoke\n    name: Ann spoke\n"
    )  # fmt: skip
    assert b.read_text("utf-8").startswith(
        "events:\n- id: evt-other\n  name: ministers met\n  quotes: [The ministers met]\n\n"
        "# the first\n- id: evt-m  # evt-met\n  name: ministers met\n  speakers: [ann]\n"
        "  judged: {speakers: evt-met says so of ann}\n  quotes: [The ministers met]\n  # below it\n\narticle:\n"
    )


def test_the_last_record_takes_its_table_along(project: Path) -> None:
    b = project / "curation/b.yaml"
    b.write_text(b.read_text("utf-8") + "\n# left out\nomitted:\n  - {exact: Nobody spoke, role: heading}\n", "utf-8")
    assert main(["mv", "fig-forty", "b", "--force"]) == 0
    text = b.read_text("utf-8")
    assert "\nfigures:\n  - id: fig-forty\n    event: 'evt-met'\n" in text
    assert "    quotes: [Forty of them came, The ministers met]\n\n# left out\nomitted:\n" in text
    left = (project / "curation/a.yaml").read_text("utf-8")
    assert "figures" not in left
    assert "      - Ann spoke\n\narticle:\n" in left


@pytest.mark.parametrize("record", ["evt-spoke", "fig-forty", "evt-met"])
def test_there_and_back(project: Path, record: str) -> None:
    (project / "curation/b.yaml").write_text(
        re.sub(r"events:\n.*\n.*\n.*\n\n", "", contents(project)["curation/b.yaml"]), "utf-8"
    )
    before = load(project)
    assert main(["mv", record, "b", "--force"]) == 0
    assert main(["mv", record, "a", "--force"]) == 0
    after = load(project)
    for path, file in before.by_path.items():
        assert {k: v for k, v in after.by_path[path].tree.data.items() if k != "events"} == {
            k: v for k, v in file.tree.data.items() if k != "events"
        }
        assert sorted(map(str, after.by_path[path].tree.data.get("events", []))) == sorted(
            map(str, file.tree.data.get("events", []))
        )


def test_a_table_between_brackets_is_refused(project: Path, capsys: Output) -> None:
    path = project / "curation/a.yaml"
    text = path.read_text("utf-8")
    begin, end = text.index("figures:"), text.index("\n\narticle")
    flow = "figures: [{id: fig-forty, event: evt-met, measure: of them came, value: 40, unit: them, quotes: [Forty]}]"
    path.write_text(text[:begin] + flow + text[end:], "utf-8")
    assert main(["mv", "fig-forty", "b", "--force"]) == 2
    assert "one `- ` per record" in capsys.readouterr().err
    assert main(["mv", "nothing", "b"]) == 2
    assert main(["mv", "evt-met", "nowhere"]) == 2
