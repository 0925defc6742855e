"""git, asked of what may be a stranger's repository: nothing that its settings name is run, no answer goes by them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

_SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    f"core.excludesFile={os.devnull}",
    # Ways of not looking closely.
    "core.trustctime=true",
    "core.checkStat=default",
    "core.ignoreStat=false",
)
_OFF = ("clean=", "smudge=", "process=", "required=false")
"""What keeps a filter from being run."""

_KEPT = {"GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"}
"""Where git looks for repositories and for its user's settings."""

_SECONDS = 600


class GitError(Exception):
    """git gave no answer; the message is its reason, as a part of a sentence."""


def ask(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git says in a folder, to what is `given` to it; raises GitError."""
    done = run(root, *arguments, given=given)
    if done.returncode:
        raise GitError(reason(done.stderr))
    return done.stdout


def run(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """As `ask`, whatever git's exit code; raises GitError where it cannot be run."""
    return _run([*_command(root, *_filters(root)), *arguments], given)


@contextmanager
def streamed(root: Path, *arguments: str) -> Iterator[IO[bytes]]:
    """What git says in a folder, while it says it; raises GitError, also at the end."""
    import subprocess

    command = [*_command(root, *_filters(root)), *arguments]
    with subprocess.Popen(
        command, env=_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            yield process.stdout
            process.stdout.read()
        except BaseException:
            process.kill()
            raise
        said = process.stderr.read()
    if process.returncode:
        raise GitError(reason(said))


def _filters(root: Path) -> tuple[str, ...]:
    """The settings by which none of the filters is run that a repository's attributes could ask for."""
    found = _run([*_command(root), "config", "--null", "--name-only", "--get-regexp", r"^filter\."])
    if found.returncode > 1:
        raise GitError(reason(found.stderr))
    drivers = sorted({name.rpartition(".")[0] for name in os.fsdecode(found.stdout).split("\0") if name})
    if any("=" in driver for driver in drivers):
        raise GitError("a filter in its settings has a name with =, so nothing can keep it from being run")
    return tuple(f"{driver}.{setting}" for driver in drivers for setting in _OFF)


def _command(root: Path, *settings: str) -> list[str]:
    command = ["git", "--no-optional-locks", "-C", str(root)]
    for setting in (*_SETTINGS, *settings):
        command += ["-c", setting]
    return command


def _run(command: list[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    import subprocess  # which a check of a small dataset does without

    try:
        return subprocess.run(command, env=_environment(), input=given, capture_output=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        raise GitError(f"git did not answer within {_SECONDS // 60} minutes") from None
    except OSError as error:
        raise GitError(f"git is not installed, or cannot be run ({error.strerror})") from None


def _environment() -> dict[str, str]:
    # Whoever runs this from a hook has other folders in mind, perhaps; and what is missing is not fetched.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
    return kept | {"LC_ALL": "C", "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1"}


def reason(said: bytes) -> str:
    """Why git failed, of what it wrote to its standard error: the first line."""
    lines = os.fsdecode(said).strip().splitlines()
    reason = (lines or ["git failed without a word"])[0].removeprefix("fatal: ").removeprefix("error: ")
    return "this is no git repository" if reason.startswith("not a git repo") else reason
