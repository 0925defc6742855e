"""Which files have changed since a revision of git, committed or not."""

from __future__ import annotations

import subprocess
from pathlib import Path

from factpack.config import ConfigurationError


def changed_since(root: Path, revision: str) -> set[str]:
    """The files below `root` that differ from a revision or are new, relative to it; raises ConfigurationError."""
    if not _git(root, "rev-parse", "--is-inside-work-tree").startswith("true"):
        raise ConfigurationError(f"--since needs a git working tree: {root} is in none")
    try:
        # Resolved first, so that no revision is taken for an option.
        commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    except ConfigurationError:
        raise ConfigurationError(f"--since: git knows no revision `{revision}`") from None
    changed = _git(root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", commit, "--")
    added = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return {path for path in (changed + added).split("\0") if path}


def _git(root: Path, *arguments: str) -> str:
    # A repository's own settings may name programs that git runs; none is needed here.
    command = ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=60, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        raise ConfigurationError("--since needs git, which is not installed") from None
    except subprocess.TimeoutExpired:
        raise ConfigurationError("--since: git did not answer within a minute") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = "this is no git repository" if any("not a git repo" in line for line in said) else (said or ["?"])[0]
        raise ConfigurationError(f"--since: {reason} ({root})")
    return done.stdout.decode("utf-8", "surrogateescape")
