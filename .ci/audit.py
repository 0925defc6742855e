"""Compare what is locked with known vulnerabilities, without a network.

    python .ci/audit.py ADVISORIES

ADVISORIES is an export of advisories in the format of OSV (https://ossf.github.io/osv-schema/), a zip or a folder of
JSON files, such as https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip. Exit code 0: none concerns what is
locked; 1: some do, each on a line; 2: the export cannot be read, or says nothing.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

LOCK = Path(__file__).parent / "lock"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def locked(folder: Path = LOCK) -> set[tuple[str, str]]:
    """Names and versions in all lock files."""
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    return {(canonicalize_name(name), version) for text in texts for name, version in _PIN.findall(text)}


def advisories(place: Path) -> Iterator[Mapping[str, Any]]:
    """All advisories of an export; raises OSError, BadZipFile or ValueError."""
    if place.is_dir():
        yield from (json.loads(path.read_bytes()) for path in sorted(place.rglob("*.json")))
        return
    with ZipFile(place) as archive:
        yield from (json.loads(archive.read(name)) for name in sorted(archive.namelist()) if name.endswith(".json"))


def concerns(advisory: Mapping[str, Any], name: str, version: str) -> bool:
    """Whether an advisory that stands is about this version of a package."""
    return not advisory.get("withdrawn") and any(
        version in one.get("versions", ()) or any(_within(span, Version(version)) for span in one.get("ranges", ()))
        for one in advisory.get("affected", ())
        if one.get("package", {}).get("ecosystem") == "PyPI" and canonicalize_name(one["package"]["name"]) == name
    )


def _within(span: Mapping[str, Any], version: Version) -> bool:
    """Whether a version lies in a range: after the last of its events that is not newer, something is wrong with it."""
    if span.get("type") != "ECOSYSTEM":
        return False  # commits, which a release does not name
    wrong = False
    for event in sorted(span["events"], key=lambda event: _version(next(iter(event.values())))):
        ((kind, at),) = event.items()
        if kind == "introduced" and _version(at) <= version:
            wrong = True
        elif (kind == "fixed" and _version(at) <= version) or (kind == "last_affected" and _version(at) < version):
            wrong = False
    return wrong


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")  # sooner one finding too many


def main(place: Path) -> int:
    """Print what is found; the exit code."""
    packages = locked()
    names = {name for name, _ in packages}
    looked_at, found = 0, set()
    try:
        for advisory in advisories(place):
            looked_at += 1
            about = {canonicalize_name(one.get("package", {}).get("name", "")) for one in advisory.get("affected", ())}
            for name in about & names:
                found |= {
                    f"{name} {version}: {advisory['id']} {advisory.get('summary', '')}".strip()
                    for other, version in packages
                    if other == name and concerns(advisory, name, version)
                }
    except (OSError, BadZipFile, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"{place} cannot be read as advisories: {error!r}", file=sys.stderr)
        return 2
    if not looked_at:
        print(f"{place} holds no advisory", file=sys.stderr)
        return 2
    print(
        *sorted(found),
        f"{len(packages)} locked versions, {looked_at} advisories, {len(found)} of them concern these",
        sep="\n",
    )
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(str(__doc__))
    sys.exit(main(Path(sys.argv[1])))
