"""The commands that exchange annotations with other tools: import, export."""

from __future__ import annotations

import argparse
from pathlib import Path

from factpack.cli.exits import CLEAN, FINDINGS, NOTHING
from factpack.cli.project import fail, load
from factpack.reporters.glyphs import shown
from factpack.reporters.summary import counted


def import_(options: argparse.Namespace) -> int:
    """`factpack import`."""
    from factpack.annotations.formats import marks
    from factpack.annotations.importing import imported, problems_in
    from factpack.files import Unreadable, read_text
    from factpack.mending.rewriting import differences, rewrite_all

    dataset = load(options)
    tables = dict(pair.partition("=")[::2] for pair in options.table)
    if wrong := [table for table in tables.values() if table not in dataset.models.facts or table == "articles"]:
        return fail(f"--table: there is no table `{wrong[0]}`; known: {', '.join(dataset.models.facts)}")
    if options.article and options.article not in {article.article_id for article in dataset.articles}:
        return fail(f"there is no article `{options.article}`")
    try:
        texts = [read_text(Path(), str(path), dataset.config.max_file) for path in options.files]
        found = imported(dataset, [mark for text in texts for mark in marks(text)], tables, options.article or "")
        if options.dry_run:
            for line in differences(found.contents):
                print(shown(line, len(line) + 1))
        else:
            rewrite_all(dataset.config, found.contents)
    except Unreadable as error:
        return fail(f"{error.path}: {error.why}; nothing was written")
    for line in problems_in(found):
        print(shown(line, 1000))
    said = f"{counted(found.records, 'record')} for {counted(len(found.contents), 'article')}"
    for count, what in ((found.known, "known already"), (found.articles, "of articles themselves, left as they are")):
        said += f"; {count} {what}" if count else ""
    for what, count in found.passed.items():
        said += f"; {counted(count, 'mark')} {what} passed over" if count else ""
    print(f"{said}; {counted(len(found.problems), 'mark')} could not be taken over.")
    if found.problems:
        return FINDINGS
    return CLEAN if found.records or found.known or found.articles else NOTHING


def export(options: argparse.Namespace) -> int:
    """`factpack export`."""
    from factpack import staging
    from factpack.annotations.exporting import exported
    from factpack.files import is_linked

    dataset = load(options)
    chosen = [a for a in dataset.articles if a.source and options.article in (None, a.article_id)]
    if not chosen:
        return fail(f"there is no article `{options.article}`") if options.article else NOTHING
    files, lost = exported(chosen, options.format)
    own = f".factpack/{options.format}"
    if not options.out and is_linked(dataset.config.root, own):
        return fail(f"{own} is, or lies behind, a symbolic link: nothing is written there")
    folder = options.out or dataset.config.root / own
    for name, content in files.items():
        staging.write(folder / name, content.encode("utf-8"))
    for line in lost:
        print(f"left out, its words have no one place: {shown(line)}")
    print(f"{counted(len(chosen), 'article')} in {counted(len(files), 'file')} in {shown(str(folder))}.")
    return FINDINGS if lost else CLEAN
