"""What the README shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factpack.checks import run
from factpack.cli import main
from factpack.dataset import load

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", blocks("python"))
def test_snippets_run(code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    library = re.search(r"import (\w+)", code)
    assert library
    pytest.importorskip(library[1])
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) > 3


def test_named_tools_are_those_promised() -> None:
    assert [re.search(r"import (\w+)", code)[1] for code in blocks("python")] == [  # type: ignore[index]
        "pandas", "polars", "duckdb", "factpack",
    ]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The dataset that the README begins, with the fact that it adds."""
    assert main(["init", str(tmp_path / "boats")]) == 0
    (fact,) = blocks("yaml")
    table, _, record = fact.partition("\n")
    path = tmp_path / "boats/curation/boat-days.yaml"
    text = path.read_text("utf-8")
    assert f"\n{table}\n" in text
    path.write_text(text.replace(f"\n{table}\n", f"\n{table}\n{record}\n", 1), "utf-8")
    return tmp_path / "boats"


def test_the_fact_shown_passes(project: Path) -> None:
    assert run(load(project)) == []


def test_the_message_shown_is_printed(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    path = project / "curation/boat-days.yaml"
    path.write_text(path.read_text("utf-8").replace("value: 30\n", "value: 40\n"), "utf-8")
    (message,) = blocks("text")
    assert main(["check", "--project", str(project)]) == 1
    assert message.splitlines()[0] in capsys.readouterr().out


def test_every_command_is_listed_and_exists(capsys: pytest.CaptureFixture[str]) -> None:
    listed = set(re.findall(r"^\| `factpack (\w+)", README, re.MULTILINE))
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = set(re.findall(r"^ {4}(\w+) ", capsys.readouterr().out, re.MULTILINE))
    assert listed == shown


def test_the_two_commands_stand_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "make test" in README
    assert re.search(r"^test:", makefile, re.MULTILINE)
    assert "make test" in (ROOT / ".ci/run").read_text("utf-8")


def test_every_rule_of_the_documentation_exists() -> None:
    from factpack.checks import RULES

    for text in [README, *(path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md"))]:
        assert set(re.findall(r"\[([a-z]+(?:-[a-z]+)+)\]:", text)) <= set(RULES)
