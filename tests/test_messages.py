"""One mistake is one message, with a place, in words that let one mend it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import Example, examples, lay_out

from factpack.checks import RULES, run
from factpack.cli import main
from factpack.dataset import load
from factpack.reporters.place import place

SEED = "The ministers met in Lyon. The mayors dined: nothing was signed.\n"
GOOD = """\
events:
  - id: evt-meeting
    name: ministers met
    speakers: [ann-lee]
    quotes: [The ministers met in Lyon]
  - id: evt-dinner
    name: mayors dined
    quotes: ["The mayors dined: nothing was signed"]
"""
PEOPLE = "people:\n  - {id: ann-lee, name: Ann Lee, names: [ministers]}\n"


@pytest.mark.parametrize(
    ("right", "wrong", "rule", "message", "at", "fix"),
    [
        ("    name: ministers", "    nmae: ministers", "unknown-field",
         "there is no field `nmae`; did you mean `name`? (it is required, and missing)", (3, 5), "name"),
        ("    quotes: [The min", "    qoutes: [The min", "unknown-field",
         "there is no field `qoutes`; did you mean `quotes`? (it is required, and missing)", (5, 5), "quotes"),
        ("  - id: evt-meeting", "  - idd: evt-meeting", "unknown-field",
         "there is no field `idd`; did you mean `id`? (it is required, and missing)", (2, 5), "id"),
        ("[ann-lee]", "[ann-leee]", "unknown-reference",
         "there is no record in `people` with the id `ann-leee`; did you mean `ann-lee` (Ann Lee)?", (4, 16),
         "ann-lee"),
        ("  - id: evt-dinner\n", "    id: evt-dinner\n", "duplicate-key",
         "`id` stands here a second time: is `- ` missing before it, with which a new record begins?", (6, 5), None),
        ("[The ministers met in Lyon]", "\n      The ministers met\n      - in Lyon: yes", "yaml-syntax",
         "this line begins with `- ` and the one above it does not: is `- ` missing there?", (7, 7), None),
        ("    name: mayors dined", "    name:mayors dined", "yaml-syntax",
         "a key is not followed by a colon and a space", (7, 5), None),
        ("  - id: evt-dinner\n", "  - id: evt: dinner\n", "yaml-syntax",
         "there is a second colon here, so YAML takes the text before it for a key", (6, 12), "evt: dinner"),
        ("name: ministers met\n", "name: 'tis ministers met\n    note: it's\n", "yaml-syntax",
         "the text that begins with this quotation mark ends in line 4 only", (3, 11), None),
        ("name: mayors dined\n", "name: mayors dined: so\n", "yaml-syntax",
         "there is a second colon here, so YAML takes the text before it for a key", (7, 23), "mayors dined: so"),
    ],
)  # fmt: skip
def test_one_mistake_is_one_message(
    right: str, wrong: str, rule: str, message: str, at: tuple[int, int], fix: str | None, tmp_path: Path
) -> None:
    assert GOOD.count(right) == 1
    files = {"seeds/a.txt": SEED, "curation/registers/people.yaml": PEOPLE}
    lay_out(Example({**files, "curation/a.yaml": GOOD.replace(right, wrong)}, set()), tmp_path)
    (found,) = (d for d in run(load(tmp_path)) if d.location.text.path == "curation/a.yaml")
    where = place(found.location)
    assert (found.rule, found.message, (where.line, where.column)) == (rule, message, at)
    assert (found.fix.replacement if found.fix else None) == fix


def test_the_good_file_is_good(tmp_path: Path) -> None:
    lay_out(Example({"seeds/a.txt": SEED, "curation/a.yaml": GOOD, "curation/registers/people.yaml": PEOPLE}, set()),
            tmp_path)  # fmt: skip
    assert run(load(tmp_path)) == []


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_position(rule: str, tmp_path: Path) -> None:
    example = examples(RULES[rule].__doc__ or "")["Fails"]
    lay_out(example, tmp_path)
    found = [diagnostic for diagnostic in run(load(tmp_path)) if diagnostic.rule == rule]
    assert found
    for diagnostic in found:
        for location in (diagnostic.location, *(location for location, _ in diagnostic.related)):
            where = place(location)
            assert (tmp_path / where.file).exists()
            raw = (tmp_path / where.file).read_bytes()
            lines = raw.decode("utf-8", errors="replace").split("\n")
            assert 1 <= where.line <= len(lines)
            assert 1 <= where.column <= len(lines[where.line - 1]) + 1


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("version = ", "verison = ", ":4:1: there is no setting `verison`; did you mean `version`?"),
        ('version = "0.1.0"', 'version = "1"', ":4:1: `version` is three numbers, such as 0.1.0"),
        ('version = "0.1.0"', "version = 1", ":4:1: `version` must be text"),
        ('version = "0.1.0"', "", ":2:1: [tool.factpack] needs `version`"),
        ('version = "0.1.0"', 'version = "0.1.0"\n  schema = "../x"', ":5:3: `schema` must be a folder inside"),
        ('version = "0.1.0"', "version = 0.1.0", ":4:14: "),
        ("[tool.factpack]", "[tool.factpack]\n[tool.factpack]", ":3:15: "),
    ],
)
def test_a_configuration_error_has_a_position(
    right: str, wrong: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = '# settings\n[tool.factpack]\nname = "x"\nversion = "0.1.0"\ntitle = "X"\n'
    (tmp_path / "pyproject.toml").write_text(content.replace(right, wrong), "utf-8")
    assert main(["check", "--project", str(tmp_path)]) == 2
    assert f"pyproject.toml{says}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("people", "people:\n  - {id: ann, name: Ann, nmae: x}\n", "people.yaml:2:26: error[unknown-field]"),
        ("people", "people:\n  - {name: Ann}\n", "people.yaml:2:5: error[invalid-value] the record needs `id`"),
        ("people", "- x\n", "people.yaml:1:1: error[invalid-value]"),
        ("peple", "peple: []\n", "peple.yaml:1:1: error[unknown-table]"),
        ("countries", "countries:\n  - {id: france, name: France}\n", "countries.yaml:2:10: error[invalid-value]"),
    ],
)
def test_a_register_error_has_a_position(
    file: str, content: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out(Example({f"curation/registers/{file}.yaml": content}, set()), tmp_path)
    assert main(["check", "--project", str(tmp_path), "--format", "concise"]) == 1
    assert says in capsys.readouterr().out
