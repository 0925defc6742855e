"""Which files have changed since a revision of git, committed or not."""

from __future__ import annotations

import os
from pathlib import Path

from factpack import git
from factpack.config import ConfigurationError


def changed_since(root: Path, revision: str) -> set[str]:
    """The files below `root` that differ from a revision or are new, relative to it; raises ConfigurationError."""
    try:
        if not git.ask(root, "rev-parse", "--is-inside-work-tree").startswith(b"true"):
            raise ConfigurationError(f"--since needs a git working tree: {root} is in none")
        commit = commit_of(root, revision)
        if not commit:
            raise ConfigurationError(f"--since: git knows no revision `{revision}`")
        # `git diff` goes by many settings, and may write the index.
        staged = git.ask(
            root, "diff-index", "--cached", "--name-only", "--no-renames", "--relative", "-z", commit, "--"
        )
        here = git.ask(root, "ls-files", "--modified", "--others", "--exclude-standard", "-z")
    except git.GitError as error:
        raise ConfigurationError(f"--since: {error} ({root})") from None
    return {path for path in os.fsdecode(staged + here).split("\0") if path}


def commit_of(root: Path, revision: str) -> str:
    """The id of the commit that a revision is; empty where there is none. Raises GitError."""
    # No revision is taken for an option.
    found = git.run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode > 1:
        raise git.GitError(git.reason(found.stderr))
    return found.stdout.decode().strip() if not found.returncode else ""
