"""The command that begins a dataset: init."""

from __future__ import annotations

import argparse
from pathlib import Path

from factpack.cli.exits import CLEAN, FINDINGS
from factpack.cli.project import fail, say

_SAID = {
    "added": "added",
    "updated": "updated",
    "merged": "merged with your changes",
    "removed": "removed, as in the template",
    "kept": "kept as you have it; the template has changed it",
    "conflict": "CONFLICT: settle the places marked <<<<<<< and >>>>>>>",
}


def add_init(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's options."""
    what = "begin a dataset: a small one that passes, to make your own of"
    parser = commands.add_parser("init", help=what, description=what[0].upper() + what[1:] + ".")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("."), metavar="DIR", help="default: here")
    parser.add_argument("--name", help="of the data package; default: the folder's name")
    parser.add_argument("--title", help="default: the name, in words")
    parser.add_argument(
        "--factpack", metavar="REQUIREMENT", help="how it gets factpack: a wheel, git+URL@COMMIT or factpack==VERSION; "
        "default: as this one was installed"
    )  # fmt: skip
    parser.add_argument("--update", action="store_true", help="merge what has changed in the template; yours stays")
    parser.set_defaults(run=init)


def init(options: argparse.Namespace) -> int:
    """`factpack init`."""
    from factpack.starting import Answers, asked, installed, named, start

    requirement = asked(options.factpack) if options.factpack else ""
    if options.update:
        return _update(options, requirement)
    name, title = named(options.folder.resolve())
    answers = Answers(options.name or name, options.title or title, requirement or installed())
    started = start(options.folder, answers)
    say(f"Wrote {started.written} files to {started.root}.")
    say(f"It gets its factpack by: {answers.requirement}")
    print("Next: `make` in that folder, and its README.md.")
    if answers.names_no_action:
        where = "a file of this machine" if "file:" in answers.requirement else "on no forge that has the action"
        print(f"That factpack is {where}: the workflows cannot name it, and have 40 zeros after `uses:`.")
        print("Before you share the dataset, name a commit that others can reach, in all its files at once:")
        print("factpack init --update --factpack git+https://github.com/OWNER/factpack@COMMIT")
    return CLEAN


def _update(options: argparse.Namespace, requirement: str) -> int:
    from factpack.starting import update

    if options.name or options.title:
        return fail("--name and --title are for a new dataset: change them in pyproject.toml")
    changes = update(options.folder, requirement)
    for change in changes:
        print(f"{change.path}: {_SAID[change.what]}")
    conflicts = sum(change.what == "conflict" for change in changes)
    if not changes:
        print("Nothing has changed in the template.")
    elif conflicts:
        print(f"{conflicts} of {len(changes)} files need you.")
    return FINDINGS if conflicts else CLEAN
