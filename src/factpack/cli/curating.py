"""The commands that change curation files for the curator: new, pick, fmt, rename, mv."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from factpack.cli.exits import CLEAN, FINDINGS, NOTHING
from factpack.cli.project import fail, load, root_of
from factpack.reporters.glyphs import shown
from factpack.reporters.summary import counted


def new(options: argparse.Namespace) -> int:
    """`factpack new`."""
    from factpack.curating import Refused
    from factpack.curating.intake import store, take_in

    dataset = load(options)
    given, limit = options.source, dataset.config.max_file
    try:
        if given == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(given).open("rb") as file:
                data = file.read(limit + 1)
        if len(data) > limit:
            return fail(f"{given} is larger than {limit:,} bytes (max_file)")
        intake = take_in(dataset, data, "" if given == "-" else Path(given).name, options.id)
        store(dataset, intake)
    except Refused as error:
        return fail(f"{given}: {error}; nothing was written")
    for path in sorted(intake.files):
        print(f"wrote {shown(path)}")
    curation = f"{dataset.config.curation}/{intake.article_id}.yaml"
    left = f" and fill in {', '.join(intake.open)}" if intake.open else ""
    print(f"Next: in {shown(curation)}, check what is guessed ({', '.join(intake.guessed) or 'nothing'}){left}.")
    print(f"Then `factpack pick {shown(intake.article_id)}` takes facts out of it, and `factpack check` checks them.")
    return CLEAN


def pick(options: argparse.Namespace) -> int:
    """`factpack pick`."""
    import webbrowser

    from factpack.curating import Refused
    from factpack.picking.service import Pick

    with Pick(root_of(options), options.article, options.port) as service:
        try:
            service.read()
        except Refused as error:
            return fail(str(error))
        print(f"Pick facts at {service.address}", "Ctrl-C ends it.", sep="\n", flush=True)
        if not options.no_open:
            webbrowser.open(service.address)
        try:
            service.serve_forever()
        except KeyboardInterrupt:
            return CLEAN
    return CLEAN


def fmt(options: argparse.Namespace) -> int:
    """`factpack fmt`."""
    from factpack.config import load_config
    from factpack.curating import Refused
    from factpack.curating.layout import formatted
    from factpack.files import Unreadable, list_files, read_text
    from factpack.mending.rewriting import rewrite
    from factpack.text import Text

    for path in options.paths:
        if not Path(path).exists():
            return fail(f"{path} does not exist")
    config = load_config(root_of(options))
    listing = list_files(config.root, config.curation, config.sources)
    chosen = [Path(path).resolve() for path in options.paths] or [config.root.resolve() / config.curation]
    files = [
        path
        for path in (*listing.registers, *listing.articles)
        if any(config.root.resolve() / path == one or one in (config.root.resolve() / path).parents for one in chosen)
    ]
    changed, unread = 0, 0
    for path in files:
        try:
            old = read_text(config.root, path, config.max_file).content.removeprefix("\ufeff")
            if (new := formatted(Text(path, old))) == old:
                continue
            if not options.check:
                rewrite(config, path, old, new)
            changed += 1
            print(f"{shown(path)}: {'not in the common layout' if options.check else 'formatted'}")
        except Refused as error:
            unread += 1
            print(shown(str(error), 500))
        except Unreadable as error:
            unread += 1
            print(f"{shown(path)}: {error.why}")
    what = "to be formatted: run `factpack fmt`" if options.check and changed else "formatted"
    print(f"{counted(len(files), 'file')}: {changed} {what}" + (f"; {unread} left as they are" if unread else "") + ".")
    if unread or (options.check and changed):
        return FINDINGS
    return CLEAN if files else NOTHING


def rename(options: argparse.Namespace) -> int:
    """`factpack rename`."""
    from factpack.curating import Refused
    from factpack.curating.rename import rename
    from factpack.files import Unreadable
    from factpack.mending.rewriting import rewrite_all

    dataset = load(options)
    try:
        renamed = rename(dataset, options.table.replace("-", "_"), options.id, options.new)
        rewrite_all(dataset.config, renamed.contents)
    except Refused as error:
        return fail(f"{error}; nothing was written")
    except Unreadable as error:
        return fail(f"{error.path}: {error.why}; nothing was written")
    places, files = counted(renamed.places, "place"), len(renamed.contents) - bool(renamed.known)
    known = f" and {counted(renamed.known, 'known finding')}" if renamed.known else ""
    print(f"`{shown(options.id)}` is `{shown(options.new)}` now, in {places} of {counted(files, 'file')}{known}.")
    return CLEAN


def move(options: argparse.Namespace) -> int:
    """`factpack mv`."""
    from factpack.curating import Refused
    from factpack.curating.move import move
    from factpack.files import Unreadable
    from factpack.mending.rewriting import rewrite_all

    dataset = load(options)
    try:
        contents = move(dataset, options.record, options.article, options.origin, options.force)
        rewrite_all(dataset.config, contents)
    except Refused as error:
        return fail(f"{error}; nothing was written")
    except Unreadable as error:
        return fail(f"{error.path}: {error.why}; nothing was written")
    print(f"`{shown(options.record)}` went from {' to '.join(map(shown, contents))}.")
    return CLEAN
