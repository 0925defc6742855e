"""`factpack site`: the static pages of a release."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from factpack.cli.exits import CLEAN, FINDINGS, NOTHING
from factpack.cli.project import configured, fail, say
from factpack.config import Config

EVERY = 50
"""After how many pages a terminal is told how far it is."""


def site(options: argparse.Namespace) -> int:
    """`factpack site`."""
    from factpack.package.problem import PackageInvalid
    from factpack.site import build, settings

    config = configured(options)
    chosen = settings(
        config.site, text=options.text, base_url=options.base_url, files=options.files, draft=options.draft or None
    )
    release = _release(config, options.release)
    if not release.is_dir():
        return fail(f"{release} is no folder") if options.release else _nothing()
    out = options.out or config.root / ".factpack" / "site"
    own = config.root / config.schema / "site"
    try:
        built = build(
            release,
            out,
            chosen,
            sources=config.root / config.sources,
            dist=config.root / config.dist,
            own=own if own.is_dir() else None,
            progress=_progress(),
        )
    except PackageInvalid as error:
        for problem in error.problems:
            say(problem)
        return FINDINGS
    except FileExistsError as error:
        return fail(str(error))
    for article in built.without_source:
        say(f"The text of {article} is not at hand, or not the one of the release: only its quotes are shown.")
    removed = f", {built.removed} taken away" if built.removed else ""
    say(f"The site of {release.name} has {built.pages} pages, {built.written} of them new{removed}: {out}/index.html")
    if options.open:
        import webbrowser

        webbrowser.open((out / "index.html").resolve().as_uri())
    return CLEAN


def _release(config: Config, given: str | None) -> Path:
    """The folder of a version, one that is named, or the candidate."""
    if given is None:
        return config.candidate
    version = config.root / config.dist / given
    return version if version.is_dir() else Path(given)


def _nothing() -> int:
    print("There is no candidate yet: run `factpack build` first, or name a version with --release.")
    return NOTHING


def _progress() -> Callable[[int, str], None]:
    """Say how far it is, on a terminal only."""
    shown = sys.stderr.isatty()

    def progress(number: int, path: str) -> None:
        if shown and number % EVERY == 0:
            print(f"\r{number} pages", end="\r", file=sys.stderr, flush=True)

    return progress
