"""What a dataset was made from, kept in it: a later template is merged against it (three ways)."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from factpack.config import MAX_BYTES, ConfigurationError
from factpack.disk import mode_of
from factpack.files import Unreadable, read_bytes, unsafe_name
from factpack.starting.template import Answers

NAME = ".factpack-init.json"

_ABOUT = "What `factpack init` wrote. `factpack init --update` compares with it: commit it, and leave it alone."


def dump(answers: Answers, files: dict[str, str]) -> str:
    """The file's content."""
    content = {"about": _ABOUT, "answers": asdict(answers), "files": files}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def load(root: Path) -> tuple[Answers, dict[str, str]]:
    """What the dataset was made with, and each file as it was written; raises ConfigurationError."""
    path = root / NAME
    try:
        if not mode_of(path):
            raise ConfigurationError(f"{path} does not exist: only what `factpack init` made can be updated")
        content = json.loads(read_bytes(root, NAME, MAX_BYTES))
        files = {str(name): str(text) for name, text in content["files"].items()}
        "".join((*files, *files.values())).encode("utf-8")  # half a surrogate pair is no text
        # What is named here may be removed, so it names nothing outside.
        if any(not part or unsafe_name(part) for name in files for part in name.split("/")):
            raise ValueError
        return Answers(**content["answers"]), files
    except (Unreadable, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ConfigurationError(f"{path} is not as `factpack init` wrote it: take it from your last commit") from None
