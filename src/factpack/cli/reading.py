"""The commands that only read: diff, digest, show, explain, schema, todo, mentions."""

from __future__ import annotations

import argparse
import sys

from factpack.cli.exits import CLEAN, FINDINGS, NOTHING
from factpack.cli.project import LONGEST, configured, fail, in_color, load, width
from factpack.reporters.glyphs import shown


def diff(options: argparse.Namespace) -> int:
    """`factpack diff`."""
    from factpack.diff.command import diff

    config = configured(options)
    for line in diff(
        config, options.older, options.newer, options.format, limit=max(options.limit, 0), color=in_color()
    ):
        print(line)
    return CLEAN


def digest(options: argparse.Namespace) -> int:
    """`factpack digest`."""
    from factpack.digest import digest

    if not options.folder.is_dir():
        return fail(f"{options.folder} is no folder")
    if options.bytes < 5_000:
        return fail("--bytes is at least 5000")
    for line in digest(options.folder, options.bytes):
        print(line)
    return CLEAN


def show(options: argparse.Namespace) -> int:
    """`factpack show`."""
    from factpack.show import Unknown, show

    try:
        for line in show(load(options), options.record, options.field, color=in_color(), width=width()):
            print(line)
    except Unknown as error:
        return fail(str(error))
    return CLEAN


def explain(options: argparse.Namespace) -> int:
    """`factpack explain`."""
    from factpack.checks import RULES
    from factpack.manual import page, pages
    from factpack.suggest import closest

    if options.rule is not None and options.rule not in RULES:
        near = closest(options.rule, RULES)
        return fail(f"there is no rule `{options.rule}`" + (f"; did you mean `{near}`?" if near else ""))
    for line in page(options.rule) if options.rule else pages(options.format):
        print(line)
    return CLEAN


def schema(options: argparse.Namespace) -> int:
    """`factpack schema`."""
    if options.report:
        from factpack.reporters.json_report import SCHEMA

        print(SCHEMA.read_text("utf-8"), end="")
        return CLEAN
    from factpack import staging
    from factpack.editor import schemas
    from factpack.files import is_linked

    dataset = load(options)
    code = CLEAN
    for path, content in schemas(dataset).items():
        target = dataset.config.root / path
        if is_linked(dataset.config.root, path):
            return fail(f"{path} is, or lies behind, a symbolic link: nothing is written there")
        fresh = target.is_file() and target.read_text("utf-8") == content
        if options.check:
            if not fresh:
                print(f"{path} is not fresh: run `factpack schema`")
                code = FINDINGS
        elif not fresh:
            staging.write(target, content.encode("utf-8"))
            print(f"wrote {path}")
    return code


def todo(options: argparse.Namespace) -> int:
    """`factpack todo`."""
    from factpack.reporters.json_report import encoded
    from factpack.reporters.summary import counted
    from factpack.suggest import closest
    from factpack.todo import as_rows, todos

    dataset = load(options)
    for error in dataset.unread:
        print(shown(f"{error.path} is left out: {error.why}", LONGEST), file=sys.stderr)
    chosen = [a for a in dataset.articles if options.article in (None, a.article_id)]
    blind = [article for article in chosen if not article.source]
    for article in blind:
        print(shown(f"{article.path}: without its source nothing of it is listed", LONGEST), file=sys.stderr)
    if not chosen and options.article is None:
        print("There is nothing to go through: no article is curated.", file=sys.stderr)
        return NOTHING
    if not chosen:
        near = closest(options.article, (article.article_id for article in dataset.articles))
        return fail(f"there is no article `{options.article}`" + (f"; did you mean `{near}`?" if near else ""))
    found = [todo for article in chosen for todo in todos(article, dataset.config.max_quote)]
    as_json = options.format == "json"
    limit = (1000 if as_json else 50) if options.limit is None else max(options.limit, 0)
    listed = found[:limit] if limit else found
    more = f"{len(found) - len(listed):,} more are not shown: --limit 0 shows all." if len(listed) < len(found) else ""
    if as_json:
        print(encoded(list(as_rows(listed, dataset)), indent=1))
        if more:
            print(more, file=sys.stderr)
        return FINDINGS if found or blind or dataset.unread else CLEAN
    for todo, row in zip(listed, as_rows(listed, dataset), strict=True):
        source = todo.article.source or todo.article.text
        line, column = source.position(todo.span[0])
        value = f" ({todo.value})" if todo.value else ""
        place = f"{shown(source.path, 200)}:{line}:{column}"
        print(f"{place}: {todo.kind}: {shown(todo.text, 200)}{shown(value)}")
        print("".join(f"    {shown(text, 2000)}\n" for text in str(row["yaml"]).split("\n")))
    passages = sum(todo.kind == "passage" for todo in found)
    left = f"{counted(passages, 'passage')} and {counted(len(found) - passages, 'mention')}"
    print(f"{counted(len(chosen), 'article')}: {left} left. {more}".rstrip())
    return FINDINGS if found or blind or dataset.unread else CLEAN


def mentions(options: argparse.Namespace) -> int:
    """`factpack mentions`."""
    from factpack.edtf import Edtf
    from factpack.files import Unreadable, read_text
    from factpack.mention import mentions
    from factpack.mention.language import known
    from factpack.reporters.json_report import encoded

    try:
        known(options.language)
        text = read_text(options.source.parent, options.source.name, 20_000_000)
        date = Edtf.parse(options.date) if options.date else None
    except Unreadable as error:
        return fail(f"{options.source}: {error.why}")
    except ValueError as error:
        return fail(str(error))
    rows = [
        {
            "start": m.start,
            "end": m.end,
            "text": text.content[m.start : m.end],
            "kind": m.kind,
            "value": m.value,
            "comparator": m.comparator,
            "unit": m.unit,
            "precision": m.precision,
            "basis": m.basis,
        }
        for m in mentions(text.content, language=options.language, date=date)
    ]
    if options.format == "json":
        print(encoded(rows, indent=1))
        return CLEAN
    for row in rows:
        line, column = text.position(int(str(row["start"])))
        said = " ".join(str(row[key]) for key in ("comparator", "value", "unit", "precision", "basis") if row[key])
        print(f"{line}:{column}\t{row['kind']}\t{shown(str(row['text']))}\t{shown(said)}")
    return CLEAN
