"""What a published version of the data was made from, with what, and under which licence: a CycloneDX 1.6 document.

    python .ci/sbom.py dist/1.0.0 > data.cdx.json

All of it stands in the version's own provenance.json, SHA256SUMS and datapackage.json; this is the form that programs
know. `components` are the files of the version, `formulation` says what they were made from and with.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

MADE_WITH = {
    "factpack": ("Apache-2.0", "pkg:pypi/factpack@{}"),
    "python": ("PSF-2.0", "pkg:generic/python@{}"),
    "pyarrow": ("Apache-2.0", "pkg:pypi/pyarrow@{}"),
    "sqlite": ("blessing", "pkg:generic/sqlite@{}"),
    "xlsxwriter": ("BSD-2-Clause", "pkg:pypi/xlsxwriter@{}"),
    "zlib": ("Zlib", "pkg:generic/zlib@{}"),
}
"""Of what provenance.json names as having a part in the bytes: the licence by SPDX, and the package URL."""


def bill(folder: Path) -> dict[str, Any]:
    """The document for a version's folder; raises OSError, KeyError or ValueError where that is none."""
    made = json.loads((folder / "provenance.json").read_text("utf-8"))
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    sums = [line.split("  ", 1) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()]
    about = {
        "bom-ref": "data",
        "type": "data",
        "name": made["name"],
        "version": made["version"],
        "licenses": [{"license": {"id": one["name"]}} for one in package.get("licenses", [])],
        "properties": [{"name": "factpack:content_hash", "value": made["content_hash"]}],
    }
    if "git_commit" in made:
        about["pedigree"] = {"commits": [{"uid": made["git_commit"]}]}
    inputs = [_file("input", path, digest) for path, digest in made["inputs"].items()]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": about},
        "components": [_file("output", path, digest) for digest, path in sums],
        "formulation": [{"components": [*(_tool(*one) for one in made["made_with"].items()), *inputs]}],
    }


def _tool(name: str, version: str) -> dict[str, Any]:
    licence, purl = MADE_WITH[name]
    url = purl.format(version)
    licences = [{"license": {"id": licence}}]
    return {"bom-ref": url, "type": "application", "name": name, "version": version, "licenses": licences, "purl": url}


def _file(part: str, path: str, digest: str) -> dict[str, Any]:
    hashes = [{"alg": "SHA-256", "content": digest}]
    return {"bom-ref": f"{part}:{path}", "type": "file", "name": path, "hashes": hashes}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(str(__doc__))
    print(json.dumps(bill(Path(sys.argv[1])), ensure_ascii=False, indent=2))
