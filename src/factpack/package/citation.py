"""How to cite a package, for people and machines: one line, CITATION.cff and .zenodo.json, from the same data."""

from __future__ import annotations

import json
from html import escape

import yaml

from factpack.package.info import PackageInfo


def line(info: PackageInfo) -> str:
    """How to cite the package, as one line."""
    names = [str(one.get("name") or f"{one['family-names']}, {one['given-names']}") for one in _authors(info)]
    year = f" ({info.created[:4]})" if info.created else ""
    home = f" {info.homepage}" if info.homepage else ""
    return f"{'; '.join(names)}{year}. {info.title or info.name}. Version {info.version}. Data set.{home}"


def cff(info: PackageInfo) -> str:
    """CITATION.cff, version 1.2.0 (https://citation-file-format.github.io/)."""
    content: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": info.title or info.name,
        "version": info.version,
        "authors": _authors(info),
    }
    codes = _codes(info)
    optional = {
        "abstract": info.description.strip(),
        "date-released": info.created,
        "url": info.homepage,
        "keywords": list(info.keywords),
        "license": codes[0] if len(codes) == 1 else codes,
    }
    content |= {key: value for key, value in optional.items() if value}
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)


def zenodo(info: PackageInfo) -> str:
    """.zenodo.json (https://help.zenodo.org/docs/github/describe-software/zenodo-json/).

    Where it lies, Zenodo does not look at CITATION.cff, which cannot say that the thing is a dataset. It takes
    description and notes for HTML.
    """
    content: dict[str, object] = {
        "title": info.title or info.name,
        "upload_type": "dataset",
        "description": escape(info.description.strip() or info.title or info.name, quote=False),
        "creators": [
            {"name": one.get("name") or f"{one['family-names']}, {one['given-names']}"} for one in _authors(info)
        ],
        "version": info.version,
        "access_right": "open",
    }
    optional = {
        "publication_date": info.created,
        "keywords": list(info.keywords),
        "license": "".join(_codes(info)[:1]).lower(),
        "notes": escape(line(info), quote=False),
    }
    content |= {key: value for key, value in optional.items() if value}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _codes(info: PackageInfo) -> list[str]:
    return [one["name"] for one in info.licenses if "name" in one]


def _authors(info: PackageInfo) -> list[dict[str, str]]:
    """The contributors as CFF's persons and entities; the format wants at least one."""
    authors = []
    for one in info.contributors:
        if one.get("familyName") and one.get("givenName"):
            authors.append({"family-names": str(one["familyName"]), "given-names": str(one["givenName"])})
        elif name := one.get("title") or one.get("organization"):
            authors.append({"name": str(name)})
    return authors or [{"name": f"The curators of {info.title or info.name}"}]
