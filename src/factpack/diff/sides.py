"""The sides of a comparison by the names people give them: read from disk, from git, or built in memory."""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Collection, Set
from pathlib import Path
from typing import IO

from factpack import git
from factpack.checks import run
from factpack.config import VERSION, Config, ConfigurationError
from factpack.dataset import Dataset, load
from factpack.diagnostic import Severity
from factpack.diff.release import Release
from factpack.files import listing_of
from factpack.package import shelf
from factpack.package.descriptor import FILE
from factpack.package.problem import PackageInvalid
from factpack.package.reading import read_package
from factpack.revision import commit_of
from factpack.scratch import scratch
from factpack.tables import tables

WORKING, CANDIDATE, GIT = "working", "candidate", "git:"

_LIMIT = 200_000_000  # bytes of one revision's files: a dataset is small


def side(name: str, config: Config) -> Release:
    """`working`, `candidate`, `git:REF`, a version in `dist/`, or a package's folder.

    Raises ConfigurationError where there is no such side or it cannot be read.
    """
    if name == WORKING:
        return working(load(config.root))
    if name.startswith(GIT):
        return _revision(name.removeprefix(GIT), config)
    if name == CANDIDATE:
        return published(config.candidate, "candidate")
    if VERSION.fullmatch(name):
        return published(config.root / config.dist / name, name)
    return published(Path(name), name)


def working(dataset: Dataset) -> Release:
    """What a dataset would publish now; one with errors would publish nothing."""
    if errors := sum(d.severity is Severity.ERROR for d in run(dataset)):
        said = "1 error" if errors == 1 else f"{errors} errors"
        raise ConfigurationError(f"the working state has {said}: mend them first (`factpack check` shows them)")
    return _built(dataset, "working state")


def _built(dataset: Dataset, label: str) -> Release:
    return Release(label, tuple(tables(dataset)), dataset.config.name, dataset.config.version)


def published(folder: Path, label: str, only: Collection[str] | None = None) -> Release:
    """A package in a folder, or `only` some of its tables; raises ConfigurationError."""
    if not (folder / FILE).is_file():
        known = "`working`, `candidate`, a version in dist/, a package's folder or git:REF"
        raise ConfigurationError(f"there is no package {label}: say {known}")
    try:
        package, resources = read_package(folder, only)
    except PackageInvalid as error:
        raise ConfigurationError(f"{folder} is no package that can be read: {error.problems[0]}") from None
    return Release(label, tuple(resources), package.name, package.version)


def versions(config: Config) -> list[str]:
    """The published versions, the newest first."""
    return [path.name for path in reversed(shelf.folders(config.root / config.dist)) if (path / FILE).is_file()]


def _revision(ref: str, config: Config) -> Release:
    """The dataset as it stood at a git revision. Its models are run, so it must be a trusted one.

    Its findings do not count: rules that came later would keep every older state from being compared.
    """
    label = f"{GIT}{ref}"
    with scratch() as folder:
        try:
            revision = commit_of(config.root, ref)
            if not revision:
                raise ConfigurationError(f"there is no git revision `{ref}`")
            listed = git.ask(config.root, "ls-tree", "-r", "-z", "--name-only", revision)
            filtered = git.ask(config.root, "check-attr", "-z", "--stdin", "filter", given=listed)
            everything_else = f":(exclude,literal){config.dist}"
            with git.streamed(config.root, "archive", "--format=tar", revision, "--", ".", everything_else) as archive:
                _extract(archive, folder)
        except git.GitError as error:
            raise ConfigurationError(f"{label} cannot be read: {error} ({config.root})") from None
        try:
            dataset = load(folder)
            _refuse_lost(dataset, label, os.fsdecode(listed).split("\0"), _converted(filtered))
            return _built(dataset, label)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise ConfigurationError(f"no tables can be built of {label}: {type(error).__name__}: {error}") from error


def _converted(answers: bytes) -> set[str]:
    """The files that git keeps through a filter, of what it says of that attribute."""
    said = os.fsdecode(answers).split("\0")
    return {path for path, value in zip(said[::3], said[2::3], strict=False) if value not in ("unspecified", "unset")}


def _refuse_lost(dataset: Dataset, label: str, tracked: Collection[str], converted: Set[str]) -> None:
    """What cannot be read of the files that are `tracked` there would be told as removed, or as changed."""
    config = dataset.config
    curated, given = (
        [path for path in tracked if path.startswith(f"{at}/")] for at in (config.curation, config.sources)
    )
    kept = listing_of(curated, given, config.curation, config.sources)
    unread = [fault.path for fault in dataset.unread] + [file.path for file in dataset.files if file.tree.lost]
    lost = [
        *(f"{path} has records there that cannot be read" for path in unread),
        *(
            f"{path} is a link there, or git's attributes leave it out"
            for path in (*kept.articles, *kept.registers, *kept.sources)
            if not (config.root / path).is_file()
        ),
        *(
            f"{path} is kept by git through a filter, which is not run"
            for path in (*kept.articles, *kept.registers, *kept.sources)
            if path in converted
        ),
        *(f"the source of {article.path} is not there" for article in dataset.articles if not article.source),
    ]
    if lost:
        raise ConfigurationError(f"{label} cannot be compared: {lost[0]}")


def _extract(archive: IO[bytes], folder: Path) -> None:
    """The regular files of an archive; links and whatever would lie outside of the folder are left out."""
    total = 0
    try:
        with tarfile.open(fileobj=archive, mode="r|") as tar:
            for member in tar:
                target = (folder / member.name).resolve()
                if not member.isfile() or not target.is_relative_to(folder.resolve()):
                    continue
                total += member.size
                if total > _LIMIT:
                    raise ConfigurationError("the revision's files are too large")
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as file:
                    shutil.copyfileobj(tar.extractfile(member), file)  # type: ignore[arg-type]
    except tarfile.TarError as error:
        raise git.GitError(f"what it gives is no whole archive ({error})") from None
