"""Ways out of a project: each case plants one, runs commands, and nothing outside may be read or written."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from hostile.project import BASE, CANARY, Case, Link, Thing, lay_out
from injection.outputs import said

SITE, BUILD = ("site", "--release", "1.0.0"), ("build",)
READING = (("check", "--no-cache"), BUILD, ("todo",), ("show", "evt-forum"), ("export", "--format", "wadm"), ("check", "--fix", "--unsafe", "--no-cache"))  # fmt: skip
FOREIGN = (("verify", "foreign", "--sources", "seeds"), ("diff", "foreign", "1.0.0"), ("site", "--release", "foreign"))
TEXTS = ("README.md", "CHANGELOG.md", "LICENSE", "codebook.md", "CITATION.cff", "questions.sql", "croissant.json")


@dataclass(frozen=True)
class Way:
    """What is planted in a released project, as files or by `spoil`, and the commands that meet it."""

    commands: tuple[tuple[str, ...], ...]
    files: Mapping[str, Thing] = field(default_factory=dict)
    spoil: Callable[[Path], None] = lambda root: None


def released(folder: Path) -> Path:
    """A project with a release, beside files that hold the canary."""
    root = lay_out(Case("", {"schema/site/own.html": "{# Own #}\n{% extends 'base.html' %}{% block main %}x{% endblock %}\n"}), folder)  # fmt: skip
    said("release", "--project", str(root))
    shutil.copytree(root / "dist/1.0.0", root / "foreign")
    return root


def complaints(way: Way, begin: Path, folder: Path) -> Iterator[str]:
    """What was read or written outside; `begin` is what `released` made."""
    shutil.copytree(begin.parent, folder, symlinks=True)
    root, outside = folder / begin.name, folder / "outside"
    for path, thing in way.files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        place.unlink(missing_ok=True)
        if isinstance(thing, Link):
            place.symlink_to(thing.to.replace("{outside}", str(outside)))
        else:
            place.write_text(str(thing).replace("{outside}", str(outside)), "utf-8")
    way.spoil(root)
    before, planted = _contents(folder, root), set(_holding(root))
    here = Path.cwd()
    os.chdir(root)
    try:
        printed = {" ".join(command): said(*(one.replace("{outside}", str(outside)) for one in command)) for command in way.commands}  # fmt: skip
    finally:
        os.chdir(here)
    yield from (f"{command} prints it" for command, text in printed.items() if CANARY in text)
    yield from (f"{command}: {text[-300:]}" for command, text in printed.items() if "internal error" in text)
    yield from (f"{path} holds it" for path in sorted(set(_holding(root)) - planted))
    after = _contents(folder, root)
    yield from (f"{path} is changed" for path in sorted(before.keys() | after.keys()) if before.get(path) != after.get(path))  # fmt: skip


def _contents(folder: Path, root: Path) -> dict[str, bytes | None]:
    """Everything beside the project."""
    found = (path for path in folder.rglob("*") if not path.is_relative_to(root))
    return {str(path): path.read_bytes() if path.is_file() else None for path in found}


def _holding(root: Path) -> Iterator[str]:
    """The files of the project that hold the canary, links left out."""
    for place, _, names in os.walk(root):
        for path in (Path(place) / name for name in names):
            if not path.is_symlink() and path.is_file() and CANARY.encode() in path.read_bytes():
                yield str(path.relative_to(root))


def _edited(**changes: object) -> Callable[[Path], None]:
    """A foreign package whose descriptor says something else, sums made to fit."""

    def spoil(root: Path) -> None:
        place = root / "foreign/datapackage.json"
        content = json.loads(place.read_text("utf-8"))
        for key, value in changes.items():
            value = json.loads(json.dumps(value).replace("{outside}", str(root.parent / "outside")))
            (content if key.startswith("package_") else content["resources"][0])[key.removeprefix("package_")] = value
        place.write_text(json.dumps(content), "utf-8")
        _seal(root / "foreign")

    return spoil


def _seal(folder: Path) -> None:
    sums = folder / "SHA256SUMS"
    listed = [line.partition("  ")[2] for line in sums.read_text("utf-8").splitlines()]
    sums.write_text("".join(f"{sha256((folder / path).read_bytes()).hexdigest()}  {path}\n" for path in listed), "utf-8")  # fmt: skip


def _zipped(name: str, mode: int = 0o100644, content: bytes = b"written") -> Callable[[Path], None]:
    """The release's zip with one more entry."""

    def spoil(root: Path) -> None:
        (place,) = (root / "dist").glob("*.zip")
        entry = zipfile.ZipInfo(name.replace("{outside}", str(root.parent / "outside")))
        entry.external_attr = mode << 16
        sink = io.BytesIO(place.read_bytes())
        with zipfile.ZipFile(sink, "a") as archive:
            archive.writestr(entry, content)
        (root / "foreign.zip").write_bytes(sink.getvalue())

    return spoil


def _in_git(root: Path) -> None:
    """A repository whose own settings name programs and another's objects."""
    import subprocess

    for arguments in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"),
    ):
        subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)
    pwned = root.parent / "pwned"
    for name in ("core.fsmonitor", "core.pager", "diff.external", "core.sshCommand", "core.editor"):
        subprocess.run(["git", "config", name, f"touch {pwned}; true"], cwd=root, check=True)
    (root / ".git/objects/info/alternates").write_text(f"{root.parent / 'outside'}\n")


_XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file://{outside}/secret.txt">]><html><head><title>&e;</title></head><body><article><p>The forum was held in Hanoi, and many who came spoke for long. &e; <object data="{outside}/secret.txt"></object></p><xi:include href="file://{outside}/secret.txt" parse="text" xmlns:xi="http://www.w3.org/2001/XInclude"/></article></body></html>'
_ANN = "T1\tevents 0 5\tThe R\n"
_UPDATE = json.dumps({"answers": {"name": "x", "title": "x", "requirement": "factpack==1"}, "files": {"../outside/secret.txt": f'{CANARY} = "{CANARY}: {CANARY}"\n', "../outside/new.txt": "x"}})  # fmt: skip

WAYS: Mapping[str, Way] = {
    **{f"a source called {source}": Way(READING, {"curation/a.yaml": BASE["curation/a.yaml"].replace("a.txt", source)}) for source in ("../../outside/deep/a.txt", "{outside}/deep/a.txt", "'file://{outside}/deep/a.txt'")},
    **{f"{path} is a link": Way(READING, {path: Link("{outside}/" + target)}) for path, target in {"seeds/a.txt": "deep/a.txt", "seeds": "deep", "curation/registers/people.yaml": "secret.yaml", "curation/a.yaml": "a.yaml", ".factpack/wadm": ""}.items()},
    **{f"schema/{name} is a link": Way((BUILD,), {f"schema/{name}": Link("{outside}/secret.txt")}) for name in ("codebook.md", "views.sql", "questions.sql")},
    **{f"schema/site{name} is a link": Way((SITE,), {f"schema/site{name}": Link("{outside}" + target)}) for name, target in {"": "", "/own.html": "/secret.txt", "/own.css": "/secret.txt"}.items()},
    **{f".factpack/{name} is a link": Way((BUILD, ("schema",), SITE), {f".factpack/{name}": Link("{outside}/" + target)}) for name, target in {"schema": "", "site": "", "candidate": "", "cache.sqlite": "secret.txt"}.items()},
    "the texts of a release are links": Way((SITE, ("yank", "1.0.0", "--why", "x")), {f"dist/{path}": Link("{outside}/secret.txt") for path in ("CHANGELOG.md", *(f"1.0.0/{name}" for name in TEXTS))}),
    **{f"dist/{path} is a link": Way((SITE, ("diff", "1.0.0"), ("yank", "1.0.0", "--why", "x"), ("release",)), {f"dist/{path}": Link("{outside}/" + target)}) for path, target in {"index.json": "secret.json", "0.9.0": "", "example-1.0.0.zip": "secret.txt", "1.0.0/data/events.csv": "secret.txt", "1.0.0/example.sqlite": "secret.txt", "1.0.0/SHA256SUMS": "secret.txt"}.items()},
    "an own page that includes": Way((SITE,), {"schema/site/own.html": "{# Own #}\n{% extends 'base.html' %}{% block main %}{% include 'own/../../../../outside/secret.txt' %}{% include '{outside}/secret.txt' %}{% endblock %}\n"}),
    **{f"a foreign package with {key}": Way(FOREIGN, spoil=_edited(**{key: value})) for key, value in {
        "path": "../../outside/secret.txt", "path ": "{outside}/secret.txt", "schema": "{outside}/secret.json", "dialect": "../../outside/secret.json", "$ref": "file://{outside}/secret.json", "profile": "file://{outside}/secret.json", "data": {"$ref": "{outside}/secret.json"},
        "extrapaths": ["{outside}/secret.txt"], "package_profile": "{outside}/secret.json", "package_$schema": "file://{outside}/secret.json", "package_resources": ["{outside}/secret.json"], "package_$ref": "{outside}/secret.json", "package_homepage": "javascript:x",
    }.items()},
    "the texts of a foreign package are links": Way(FOREIGN, {f"foreign/{name}": Link("{outside}/secret.txt") for name in TEXTS}),
    **{f"foreign/{path} is a link": Way(FOREIGN, {f"foreign/{path}": Link("{outside}/" + target)}) for path, target in {"datapackage.json": "secret.json", "data": "", "example.sqlite": "secret.txt"}.items()},
    **{f"a zip with {name}": Way((("verify", "foreign.zip", "--sources", "seeds"),), spoil=_zipped(name, mode, content)) for name, mode, content in (
        ("../outside/written", 0o100644, b"x"), ("../../written", 0o100644, b"x"), ("{outside}/written", 0o100644, b"x"), ("C:\\written", 0o100644, b"x"), ("..\\outside\\written", 0o100644, b"x"), ("data/link", 0o120777, b"../../outside/secret.txt"),
        ("data/events.csv", 0o100644, b"x"), ("CON", 0o100644, b"x"), ("fifo", 0o010644, b"x"), ("data/../../outside/written", 0o100644, b"x"), ("large", 0o100644, bytes(1 << 22)),
    )},
    "git's options": Way(tuple(("diff", f"git:{ref}", "1.0.0") for ref in ("--upload-pack=touch ../pwned", "--output=../outside/written", "-x", "--exec=touch ../pwned", "HEAD", "HEAD:../outside", "@{u}", "ext::touch ../pwned"))
                         + tuple(("check", "--no-cache", "--since", ref) for ref in ("--output=../outside/written", "--ext-diff", "HEAD", "-O../outside/secret.txt")), spoil=_in_git),
    "ids that are paths": Way((("rename", "people", "ann-lee", "../../outside/x"), ("rename", "../../outside", "x", "y"), ("mv", "evt-forum", "../../outside/a"), ("mv", "../../outside/a", "z"), ("new", "seeds/a.txt", "--id", "../../outside/x"), ("new", "{outside}/secret.txt", "--id", "../x"), ("export", "--format", "brat", "../../outside/a"), ("yank", "../../outside", "--why", "x"), ("build", "--commit", "../../outside"))),
    "a page with entities": Way((("new", "page.html", "--id", "page"),), {"page.html": _XXE}),
    "marks in another's text": Way((("import", "x.ann"), ("import", "x.json", "--dry-run")), {"x.ann": _ANN, "x.txt": Link("{outside}/secret.txt"), "x.json": '{"@context": "file://{outside}/secret.json", "type": "Annotation", "target": {"source": "file://{outside}/deep/a.txt", "selector": {"type": "TextQuoteSelector", "exact": "x"}}}'}),
    "an update of other files": Way((("init", "--update", "."),), {".factpack-init.json": _UPDATE}),
    "an update of other files, by their whole paths": Way((("init", "--update", "."),), {".factpack-init.json": _UPDATE.replace("../outside", "{outside}")}),
    "an update of a folder that is a link": Way((("init", "--update", "."),), {".factpack-init.json": '{"answers": {"name": "x", "title": "x", "requirement": "factpack==1"}, "files": {}}', ".github": Link("{outside}")}),
}  # fmt: skip
