"""What commands write or say for a curator: new articles, new datasets, the page to pick from, settings, a watch."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from html import escape
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

from injection.payloads import CLEAN, NAMES, PAYLOADS

from factpack.config import Config
from factpack.picking.page import page
from factpack.picking.service import Pick
from factpack.picking.words import words_of
from factpack.text import UNSAFE

if TYPE_CHECKING:
    from collections.abc import Callable

    from injection.outputs import World

Begun = dict[str, list[tuple[str, str]]]
"""Kind of text -> what it is, and the text."""


def taken_in(root: Path, said: Callable[..., str]) -> Begun:
    """`new` of a text that begins with each payload, of a page that has it as its title, of a file called so."""
    found: Begun = {"printed": [], "curation": []}
    for number, (kind, payload) in enumerate(PAYLOADS.items()):
        words = f"{payload}\nAnn Lee spoke of {number} boats in Hue.\n"
        html = f'<html lang="{escape(payload)}"><head><title>{escape(payload)}</title></head><body><article><h1>{escape(payload)}</h1><p>Ann Lee spoke of {number} boats in Hue, and many came there to hear it.</p></article></body></html>'
        given = {f"n{number}.txt": words, f"h{number}.html": html} | ({f"{payload}.txt": words + "So."} if kind in NAMES else {})  # fmt: skip
        for name, text in given.items():
            before = set(root.rglob("*"))
            (root.parent / name).write_bytes(text.encode())
            found["printed"].append((name, said("new", str(root.parent / name), "--project", str(root))))
            for path in sorted(set(root.rglob("*")) - before, reverse=True):
                if path.suffix == ".yaml":
                    found["curation"].append((path.name, path.read_bytes().decode()))
                (os.rmdir if path.is_dir() else os.unlink)(path)
    return found


def started(folder: Path, said: Callable[..., str]) -> Begun:
    """`init` with each payload as the title, and as a part of how factpack is installed."""
    found: Begun = {"printed": [], "pyproject.toml": [], "requirements.txt": [], "check.yml": []}
    for number, payload in enumerate(PAYLOADS.values()):
        titled = f"{folder}/t{number}", f"--title={payload}", "--factpack", "factpack==0.1.0"
        required = f"{folder}/r{number}", "--factpack", f"factpack @ git+https://github.com/x/factpack@{payload}"
        for root, *options in (titled, required):
            found["printed"].append((root, said("init", root, "--name", "boats", *options)))
            for path in Path(root).rglob("*"):
                if path.name in found:
                    found[path.name].append((root, path.read_bytes().decode()))
    return found


def title(text: str) -> str:
    """The title of a dataset's settings."""
    return str(tomllib.loads(text)["tool"]["factpack"]["title"])


def pages(world: World) -> Iterator[tuple[str, str]]:
    """The page to pick from, of each article."""
    for dataset in (world.dataset, world.state.dataset):
        for article in dataset.articles:
            if article.source:
                yield article.path, page(dataset, article, "nonce")


def picked(root: Path) -> Iterator[tuple[str, str]]:
    """The record that the page shows for the first line of each article's text."""
    for path in sorted((root / "curation").glob("*.yaml")):
        with Pick(root, path.stem) as service:
            _, article = service.read()
            last = sum(end <= article.content.index("\n") for _, end in words_of(article)) - 1
            asked = {"first": 0, "last": last, "table": "events", "id": "", "sha256": article.sha256}
            yield path.name, service.answer("skeleton", asked)["yaml"]


def settings() -> Iterator[str]:
    """The text of every setting, as a line with `{}` for it, and the names of settings themselves."""
    for field in fields(Config):
        if field.type == "str":
            yield f"{field.name} = {{}}"
    yield from (
        "keywords = [{}]", 'licenses = [{{name = "CC0-1.0", title = {}}}]', 'licenses = [{{name = {}}}]',
        "contributors = [{{title = {}}}]", 'contributors = [{{title = "x", roles = [{}]}}]', 'contributors = [{{title = "x", {} = "y"}}]',
        "site.base_url = {}", "site.{} = 1", "{} = 1",
    )  # fmt: skip


def refused(root: Path, said: Callable[..., str]) -> Iterator[tuple[str, str]]:
    """What `check` says of each control character in each text of the settings."""
    needed = {name: f'{name} = "{value}"' for name, value in (("name", "x"), ("title", "x"), ("version", "1.0.0"))}
    for setting in settings():
        for payload in filter(UNSAFE.search, PAYLOADS.values()):
            lines = needed | {setting.partition(" ")[0]: setting.format(_toml(payload))}
            text = "[tool.factpack]\n" + "".join(f"{line}\n" for line in lines.values())
            (root / "pyproject.toml").write_bytes(text.encode())
            yield f"{setting}: {payload!a}", said("check", "--no-cache", "--project", str(root))


def _toml(text: str) -> str:
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text) + '"'


def watched(root: Path) -> Iterator[tuple[str, str]]:
    """All that `check --watch` prints while files, settings and models change."""
    command = [
        sys.executable,
        "-P",
        "-m",
        "factpack",
        "check",
        "--watch",
        "--format",
        "concise",
        "--project",
        str(root),
    ]
    changes = {
        "curation/f00.yaml": ("", "", "Checked "),
        "pyproject.toml": ("title = ", f"title = {_toml(PAYLOADS['escape'])} # ", "factpack: "),
        "schema/__init__.py": ('"""', f'raise ValueError({" ".join(CLEAN.values())!r})\n"""', "factpack: "),
    }
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        patience = Timer(300, process.kill)
        patience.start()
        lines = list(_until(process.stdout, "Checked "))
        for name, (old, new, sign) in changes.items():
            path = root / name
            before = path.read_text("utf-8")
            _put(path, before.replace(old, new, 1) + "\n", root.parent)
            lines += _until(process.stdout, sign)
            _put(path, before, root.parent)
            lines += _until(process.stdout, "Checked ")
        process.send_signal(signal.SIGINT)
        lines += process.stdout
        patience.cancel()
    yield "watch", "".join(lines)


def _put(path: Path, content: str, beside: Path) -> None:
    """Write a file in one step: half of it would be a further change, which is watched, too."""
    (beside / "put").write_text(content, "utf-8")
    (beside / "put").replace(path)


def _until(lines: Iterator[str], sign: str) -> Iterator[str]:
    for line in lines:
        yield line
        if line.startswith(sign):
            return
    raise AssertionError(f"no line {sign}...")
