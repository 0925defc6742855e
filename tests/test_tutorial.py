"""What tutorial and how-to show is what happens: files are written, commands run, their output compared."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flagship import ROOT

PAGES = {"tutorial": 9, "how-to": 7}
"""Page -> how many commands it has at least."""
BLOCK = re.compile(r"^```(?:console|\{code-block\} \w+\n:caption: (?P<path>\S+)\n)\n(?P<text>.*?)^```$", re.M | re.S)


def _pattern(shown: str) -> str:
    """What must be printed; a line that is `...` stands for any lines, `in ...` and `content ...` for what varies."""
    lines = ("(?:.*\n)*?" if line == "..." else _line(line) + "\n" for line in shown.splitlines())
    return "".join(lines)


def _line(shown: str) -> str:
    return re.sub(r"(?<=in\\ |nt\\ )\\\.\\\.\\\.", "[^:)]+", re.escape(shown))


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_command(tmp_path: Path, page: str) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "FACTPACK_"))}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    folder = tmp_path
    ran = 0
    for block in BLOCK.finditer((ROOT / f"docs/{page}.md").read_text("utf-8")):
        if path := block["path"]:
            (folder / path).write_text(block["text"], "utf-8")
            continue
        for part in re.split(r"^\$ ", block["text"], flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            if command.startswith("cd "):
                folder /= command.removeprefix("cd ")
                continue
            done = subprocess.run(
                ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
            # A refusal stands on standard error; otherwise nothing that is shown does.
            printed = done.stderr if done.returncode == 2 else done.stdout
            if not re.fullmatch(_pattern(shown.strip("\n")) + "\n*", printed):
                pytest.fail(f"`{command}` prints something else:\n{done.stdout}{done.stderr}", pytrace=False)
            ran += 1
    assert ran >= PAGES[page]
