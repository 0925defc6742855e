"""Another id for a record: everywhere it is written, by span edits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from factpack import baseline
from factpack.article import Article, File
from factpack.checks import run
from factpack.curating import Refused
from factpack.dataset import Dataset, load
from factpack.diagnostic import At, Route
from factpack.edits import spot_of
from factpack.entry import Entry, read_entry, references_of
from factpack.fact import Fact
from factpack.fields import fields_of
from factpack.files import read_bytes
from factpack.nodes import Place, node_at
from factpack.scalar import written
from factpack.suggest import closest
from factpack.text import Change, Text, changed
from factpack.tree import read


@dataclass(frozen=True, slots=True)
class Renamed:
    """The files that a new id changes, path -> (old, new) content, and in how many places it is written.

    `known` counts the entries of the baseline that go by another name; it is then one of the files.
    """

    contents: Mapping[str, tuple[str, str]]
    places: int
    known: int


def rename(dataset: Dataset, table: str, identity: str, new: str) -> Renamed:
    """Write `new` for the id of a record and for every reference to it; raises Refused."""
    _refuse(dataset, table, identity, new)
    contents: dict[str, tuple[str, str]] = {}
    places = 0
    for file in dataset.files:
        routes = set(_routes(dataset, file, table, identity))
        if any(route not in routes for route in _unread(file, identity)):
            raise Refused(f"{file.path} has a record that cannot be read and names `{identity}`: mend it first")
        if routes:
            contents[file.path] = (file.text.content, _changed(file, routes, new))
            places += len(routes)
    known = _known(dataset, table, identity, new, contents)
    return Renamed(contents, places, known)


def _known(dataset: Dataset, table: str, identity: str, new: str, contents: dict[str, tuple[str, str]]) -> int:
    """Add the baseline to the files, if it names the record; returns how many of its entries change."""
    config = dataset.config
    entries = baseline.read_baseline(config.root)
    if not entries:
        return 0
    after = load(config.root, {path: text for path, (_, text) in contents.items()}, dataset)
    found = Counter(baseline.fingerprint(diagnostic, after.by_path) for diagnostic in run(after))
    kept = baseline.renamed(entries, table, identity, new, found)
    if changed := (entries - kept).total():
        old = read_bytes(config.root, baseline.NAME, baseline.MAX_BYTES).decode("utf-8")
        contents[baseline.NAME] = old, baseline.written(kept)
    return changed


def _refuse(dataset: Dataset, table: str, identity: str, new: str) -> None:
    model = dataset.models.tables.get(table)
    if model is None:
        near = closest(table, dataset.models.tables)
        raise Refused(f"there is no table `{table}`" + (f"; did you mean `{near}`?" if near else ""))
    if table == "articles":
        raise Refused("an article's id is the name of its source, which is never changed")
    broken = [error.path for error in dataset.unread] + [file.path for file in dataset.files if file.tree.faults]
    if broken:
        raise Refused(f"{broken[0]} cannot be read, so nobody knows whether it names `{identity}`: mend it first")
    ids = dataset.extracts.ids
    if identity not in ids.get(table, {}):
        near = closest(identity, ids.get(table, {}))
        raise Refused(f"`{table}` has no record `{identity}`" + (f"; did you mean `{near}`?" if near else ""))
    _, faults = read_entry("", table, model, (), {"id": new}, {})
    for _, finding in faults:  # also on all that a record needs beside its id
        if finding.at == At("", ("id",)):
            raise Refused(f"`{new}`: {finding.message.removeprefix('`id`: ')}")
    other = ids["records" if issubclass(model, Fact) else table].get(new)
    if other:
        raise Refused(f"the id `{new}` is taken, in {other[0].file}")


def _routes(dataset: Dataset, file: File, table: str, identity: str) -> Iterator[Route]:
    """The ways to all places of a file where an id is written."""
    targets = {table, "records"} if table in dataset.models.facts else {table}
    for entry in file.all_entries if isinstance(file, Article) else file.entries:
        if (entry.table, entry.id) == (table, identity):
            yield (*entry.route, "id")
        found = [route for route, target, known in references_of(entry) if target in targets and known == identity]
        # A value that is taken over, such as who speaks in the article, is written in one place only.
        yield from (route for route in found if _value(file.tree.data, route) == identity)
        if entry.table == "conflicts" and _prefers(dataset, entry, targets, identity):
            yield (*entry.route, "preferred")


def _prefers(dataset: Dataset, conflict: Entry, targets: set[str], identity: str) -> bool:
    """Whether a declared conflict is about a reference, and prefers this one."""
    values = conflict.values
    where = dataset.extracts.ids["records"].get(getattr(values, "record", "") or "")
    model = dataset.models.facts.get(where[1].table) if where else None
    referring = {field.name for field in fields_of(model) if field.target in targets} if model else set()
    return getattr(values, "field", "") in referring and getattr(values, "preferred", "") == identity


def _unread(file: File, identity: str) -> Iterator[Route]:
    """Where an id is written in values that could not be read, so that nobody knows what they refer to."""
    for entry in file.all_entries if isinstance(file, Article) else file.entries:
        for name in entry.broken:
            yield from _scalars(_value(file.tree.data, (*entry.route, name)), (*entry.route, name), identity)


def _scalars(data: Any, route: Route, wanted: str) -> Iterator[Route]:
    if data == wanted:
        yield route
    steps: Iterable[tuple[Any, Any]] = data.items() if isinstance(data, dict) else ()
    for step, value in enumerate(data) if isinstance(data, list) else steps:
        yield from _scalars(value, (*route, step), wanted)


def _value(data: Any, route: Route) -> Any:
    for step in route:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _changed(file: File, routes: set[Route], new: str) -> str:
    """The content with the new id in these places, which reads as before but for them."""
    changes: list[Change] = []
    for place in (_place(file, route) for route in routes):
        text = written(new, spot_of(file.tree, place))
        if text is None:
            raise Refused(f"{file.path}: `{new}` cannot be written where the old id stands")
        changes.append((place.start, place.end, text))
    content = changed(file.text.content, changes)
    after = read(Text(file.path, content))
    if after.faults or after.data != _with(file.tree.data, routes, new):
        raise Refused(f"{file.path} would not read as it is to: this is a mistake of factpack's, please report it")
    return content


def _place(file: File, route: Route) -> Place:
    location = file.tree.locate(route)
    place = node_at(file.tree, location.start, location.end)
    if place is None or place.route != route:
        raise Refused(f"{file.path}: the place of `{'.'.join(map(str, route))}` cannot be told")
    return place


def _with(data: Any, routes: set[Route], new: str, at: Route = ()) -> Any:
    if at in routes:
        return new
    if isinstance(data, dict):
        return {key: _with(value, routes, new, (*at, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [_with(value, routes, new, (*at, index)) for index, value in enumerate(data)]
    return data
