"""A dataset: configuration, models, registers and articles, loaded from a project's folders."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from factpack.article import Article, File, NamesByWord, Printed, Surroundings, by_word, read_article, read_table
from factpack.config import Config, load_config
from factpack.diagnostic import At, Finding, Route
from factpack.entry import Entry, Fault, references_of
from factpack.fact import Entity
from factpack.files import Listing, Unreadable, as_text, list_files, read_bytes, read_text
from factpack.mention import Names
from factpack.models import Models, load_models
from factpack.suggest import unknown
from factpack.text import Text
from factpack.tree import Tree, read


@dataclass(frozen=True, eq=False)
class Register(File):
    """A table that articles share."""

    table: str


@dataclass(frozen=True, eq=False)
class Dataset:
    """All there is of a dataset. `unread` are files that could not be opened or decoded, with the reason.

    `reduced` are the extracts of files that are the same as in an earlier reading, among the same registers.
    """

    config: Config
    models: Models
    listing: Listing
    registers: tuple[Register, ...]
    articles: tuple[Article, ...]
    unread: tuple[Unreadable, ...]
    reduced: Mapping[File, Extract] = field(default_factory=dict)

    @cached_property
    def files(self) -> tuple[File, ...]:
        """All curation files, registers first."""
        return (*self.registers, *self.articles)

    @cached_property
    def by_path(self) -> dict[str, File]:
        """The curation files by their path."""
        return {file.path: file for file in self.files}

    @cached_property
    def extracts(self) -> Extracts:
        """What checks over all articles see."""
        names = names_in(self.registers)
        files = tuple(self.reduced.get(file) or extract(file, names) for file in self.files)
        unread = tuple((error.path, error.why) for error in self.unread)
        return Extracts(self.config, self.models, self.listing, files, unread)


def names_in(registers: Iterable[Register]) -> NamesByWord:
    """The names in some registers, as `Article.printed_of` takes them."""
    return by_word({name for r in registers for e in r.entries for name in e.values.names or ()})


class EntryExtract(NamedTuple):
    """A record of one file, reduced to its identity and values."""

    table: str
    id: str
    route: Route
    values: Mapping[str, Any]
    typed: frozenset[str]
    broken: frozenset[str]


class Extract(NamedTuple):
    """What checks over all articles may know of one file: compact, and free of its text.

    `article_id` is empty for a register. `references` are (route, table, id); `printed` the registered names
    that the source has, `lost` the ids of records that could not be read, `unfound` the quotes that the
    article's own source does not have, with their route; `sha256` is that of the source's bytes.
    """

    file: str
    article_id: str
    source: str
    sha256: str
    table: str
    entries: tuple[EntryExtract, ...]
    references: tuple[tuple[Route, str, str], ...]
    unfound: tuple[tuple[Route, str], ...]
    printed: frozenset[str]
    lost: frozenset[str]


def extract(file: File, names: NamesByWord) -> Extract:
    """Reduce a file to what checks over all articles need."""
    article = file if isinstance(file, Article) else None
    entries = article.all_entries if article else file.entries
    return Extract(
        file=file.path,
        article_id=article.article_id if article else "",
        source=article.source.path if article and article.source else "",
        sha256=article.sha256 if article else "",
        table=file.table if isinstance(file, Register) else "",
        entries=tuple(EntryExtract(e.table, e.id, e.route, dict(e.values), e.typed, e.broken) for e in entries),
        references=tuple(reference for entry in entries for reference in references_of(entry)),
        unfound=tuple(
            (placed.at.route, placed.quote.exact)
            for placed in (article.quotes if article and article.source else ())
            if not placed.match.spans and not placed.match.off_boundary
        ),
        lost=file.tree.lost,
        printed=article.printed_of(names) if article else frozenset(),
    )


class Meets(Enum):
    """Where a check over all files looks for what it says of one file; every such check names them in `MEETS`."""

    ID = "the articles that have one of its ids, have lost one, or refer to one that no register has; ignoring case"
    LIKENESS = "the articles with a record of the same table and own references as one of its own"
    SOURCE = "the articles of the same source, or of one with the same bytes"
    TABLE = "where it refers to nothing, all articles that have records of that table"
    UNION = "all articles, of which it is enough to know what any of them names (`Extracts.elsewhere`)"
    SOURCES = "where it quotes what its source does not have, all sources"
    LISTING = "no other: the list of the files and the settings"


class Elsewhere(NamedTuple):
    """What is known of articles whose extracts are not at hand.

    `references` are the (table, id) of the records of registers that they refer to, `printed` the registered names
    that their sources have, `sources` the paths of these, `lost` the ids of records that could not be read. One of
    them may be `sourceless`.
    """

    references: frozenset[tuple[str, str]] = frozenset()
    printed: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    sourceless: bool = False


@dataclass(frozen=True, eq=False)
class Extracts:
    """The extracts of the files of a dataset, and its list of files.

    Extracts of articles may be missing that the others do not meet, as `Meets` has it: of these it is enough to know
    what is `elsewhere`.
    """

    config: Config
    models: Models
    listing: Listing
    files: tuple[Extract, ...]
    unread: tuple[tuple[str, str], ...]
    elsewhere: Elsewhere = field(default_factory=Elsewhere)

    @property
    def articles(self) -> Sequence[Extract]:
        """The extracts of articles."""
        return [file for file in self.files if file.article_id]

    @cached_property
    def lost(self) -> frozenset[str]:
        """The ids of records that could not be read."""
        return self.elsewhere.lost.union(*(file.lost for file in self.files))

    @cached_property
    def used(self) -> frozenset[tuple[str, str]]:
        """The (table, id) of what any file refers to; of facts, where its extract is at hand."""
        named = ((table, identity) for file in self.files for _, table, identity in file.references)
        return self.elsewhere.references.union(named)

    @cached_property
    def printed(self) -> frozenset[str]:
        """The registered names that any source has."""
        return self.elsewhere.printed.union(*(file.printed for file in self.articles))

    @cached_property
    def curated(self) -> frozenset[str]:
        """The sources that any article is of."""
        return self.elsewhere.sources.union(file.source for file in self.articles)

    @property
    def sourceless(self) -> bool:
        """Whether any article has no source."""
        return self.elsewhere.sourceless or not all(file.source for file in self.articles)

    @cached_property
    def uncertain(self) -> frozenset[str]:
        """The tables that may have more records than could be read, with ids that are not known."""
        found: set[str] = set()
        for path in [*(path for path, _ in self.unread), *(file.file for file in self.files if "" in file.lost)]:
            if path.startswith(f"{self.config.curation}/registers/"):
                found.add(Path(path).stem.replace("-", "_"))
            elif path.startswith(f"{self.config.curation}/"):
                found.update(self.models.facts, ["records"])
        if "" in self.elsewhere.lost:
            found.update(self.models.facts, ["records"])
        return frozenset(found)

    @cached_property
    def ids(self) -> dict[str, dict[str, tuple[Extract, EntryExtract]]]:
        """Table -> id -> where it first stands; all facts also under `records`."""
        found: dict[str, dict[str, tuple[Extract, EntryExtract]]] = {"records": {}}
        for file in self.files:
            for entry in file.entries:
                if entry.id:
                    found.setdefault(entry.table, {}).setdefault(entry.id, (file, entry))
                    if entry.table in self.models.facts:
                        found["records"].setdefault(entry.id, (file, entry))
        return found

    def holders(self, quotes: Sequence[str]) -> Iterable[str]:
        """The sources among which are all that have any of some quotes."""
        return self.listing.sources if quotes else ()

    def text(self, path: str) -> Text | None:
        """A file's text, read again: for the few quotes that their own article does not have, and the settings."""
        try:
            return read_text(self.config.root, path, self.config.max_file)
        except Unreadable:
            return None


def load(root: Path, edited: Mapping[str, str] | None = None, before: Dataset | None = None) -> Dataset:
    """Load a dataset from its root; `edited` are contents by path, to read instead of those of curation files.

    What `before`, an earlier reading, has of files and articles that are the same now is taken over, with all that
    was worked out about them. Raises ConfigurationError; whatever is wrong with a file is a value in the dataset.
    """
    config = load_config(root)
    models = load_models(root / config.schema)
    listing = list_files(root, config.curation, config.sources, edited or ())
    unread: list[Unreadable] = []
    registers: list[Register] = []
    for path in listing.registers:
        if tree := _tree(config, path, unread, edited or {}, before):
            earlier = before.by_path.get(path) if before and before.models.tables == models.tables else None
            same = isinstance(earlier, Register) and earlier.tree is tree
            registers.append(earlier if isinstance(earlier, Register) and same else read_register(tree, models))
    shared = _surroundings(config, models, printed_in(registers), before)
    read_source = source_reader(config, listing)
    articles: list[Article] = []
    for path in listing.articles:
        if tree := _tree(config, path, unread, edited or {}, before):
            earlier = before.by_path.get(path) if before else None
            article, error = article_in(tree, shared, read_source, earlier if isinstance(earlier, Article) else None)
            articles.append(article)
            unread.extend([error] if error else [])
    reduced: dict[File, Extract] = {}
    if before and tuple(registers) == before.registers:
        known = dict(zip(before.files, before.extracts.files, strict=True))
        reduced = {file: known[file] for file in (*registers, *articles) if file in known}
    return Dataset(config, models, listing, tuple(registers), tuple(articles), tuple(unread), reduced)


ReadSource = Callable[[str], bytes | None]
"""Gives a source's bytes for its path, None where the dataset has no such source; raises Unreadable."""


def source_reader(config: Config, listing: Listing) -> ReadSource:
    """Reads a dataset's sources from its folder."""
    sources = frozenset(listing.sources)
    return lambda path: read_bytes(config.root, path, config.max_file) if path in sources else None


def article_in(
    tree: Tree, shared: Surroundings, read_source: ReadSource, earlier: Article | None = None
) -> tuple[Article, Unreadable | None]:
    """The article of a curation file, and what is wrong where its source cannot be read.

    `earlier` is what was read from this file before: it is taken over where it would be read again.
    """
    stem = Path(tree.text.path).stem
    path = source_path(tree, shared.sources)
    source, sha256, error = None, "", None
    try:
        if (content := read_source(path)) is not None:
            source, sha256 = as_text(path, content), hashlib.sha256(content).hexdigest()
    except Unreadable as unreadable:
        error = unreadable
    if earlier and earlier.is_of(tree, source, sha256, shared):
        return earlier, error
    return read_article(tree, stem, source, sha256, shared), error


def source_path(tree: Tree, folder: str) -> str:
    """The path of an article's source: the one it names, or else the one of its own name."""
    article = tree.data.get("article") if isinstance(tree.data, dict) else None
    named = article.get("source") if isinstance(article, dict) else None
    return f"{folder}/{named if isinstance(named, str) else Path(tree.text.path).stem + '.txt'}"


def surroundings(config: Config, models: Models, printed: Printed) -> Surroundings:
    """What all articles of a dataset share; `printed` is that of its registers."""
    return Surroundings(
        models, printed, Names(printed), config.max_quote, config.min_coverage, config.paragraphs, config.sources
    )


def _surroundings(config: Config, models: Models, printed: Printed, before: Dataset | None) -> Surroundings:
    now = surroundings(config, models, printed)
    for article in before.articles[:1] if before else ():
        old = article.shared
        # Models and names are others in each reading; they say the same where these two do.
        if old.models.tables == models.tables and old._replace(models=models, names=now.names) == now:
            return old
    return now


def _tree(
    config: Config, path: str, unread: list[Unreadable], edited: Mapping[str, str], before: Dataset | None
) -> Tree | None:
    try:
        content = edited[path] if path in edited else read_text(config.root, path, config.max_file).content
    except Unreadable as error:
        unread.append(error)
        return None
    text = Text(path, content.removeprefix("\ufeff"))
    earlier = before.by_path.get(path) if before else None
    return earlier.tree if earlier and earlier.text.content == text.content else read(text)


def read_register(tree: Tree, models: Models) -> Register:
    """Validate a register's file against the dataset's models."""
    path = tree.text.path
    table = Path(path).stem.replace("-", "_")
    faults: list[Fault] = []
    entries: list[Entry] = []
    data = tree.data if isinstance(tree.data, dict) else {}
    if table not in models.entities:
        faults.append(("unknown-table", unknown(At(path, ()), "register", table, models.entities)))
    elif not isinstance(tree.data, dict) and not tree.faults:
        faults.append(("invalid-value", Finding(At(path, ()), f"a register is `{table}:` and a list of records")))
    for key, value in data.items():
        if key != table or table not in models.entities:
            faults.append(("unknown-table", unknown(At(path, (key,), "key"), "table in this register", key, [table])))
            continue
        if value is None and tree.gaps:
            continue  # its records could not be read
        faults.extend(read_table(path, key, value, models.entities[table], entries))
    return Register(path, tree.text, tree, tuple(entries), tuple(faults), table)


def load_registers(config: Config, models: Models, paths: Iterable[str]) -> tuple[list[Register], list[Unreadable]]:
    """Some registers of a dataset, and those that cannot be read."""
    unread: list[Unreadable] = []
    trees = [tree for path in paths if (tree := _tree(config, path, unread, {}, None))]
    return [read_register(tree, models) for tree in trees], unread


def printed_in(registers: Iterable[Register]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The printed forms of each record in some registers, by table and id."""
    return {
        (register.table, entry.id): tuple(entry.values.names or ())
        for register in registers
        for entry in register.entries
        if issubclass(entry.model, Entity)
    }
