"""File trees: links, special files, names, and paths that lead elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.project import BASE, CURATION, MODELS, Case, Folder, Gone, Link, Locked, Special, header

A, S = "curation/a.yaml", "seeds/a.txt"
PEOPLE = "curation/registers/people.yaml"


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _links()
    yield from _special()
    yield from _names()
    yield from _named_sources()
    yield from _missing()
    yield from _locked()
    yield from _large()


def _found(*pairs: tuple[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset(pairs)


def _links() -> Iterator[Case]:
    targets = {
        "out of the tree": "{outside}/secret.yaml", "out of the tree, relative": "../../outside/secret.yaml",
        "that dangles": "nowhere.yaml", "to itself": "x.yaml", "to /etc/passwd": "/etc/passwd", "to /dev/zero": "/dev/zero",
        "to /dev/stdin": "/dev/stdin", "to /proc/self/environ": "/proc/self/environ", "to a folder": "..",
        "to another file": "a.yaml",
    }  # fmt: skip
    for name, to in targets.items():
        yield Case(
            f"files: a curation link {name}", {"curation/x.yaml": Link(to)}, _found(("unsafe-path", "curation/x.yaml"))
        )
        yield Case(
            f"files: a source link {name}",
            {"seeds/x.txt": Link(to.replace("x.yaml", "x.txt"))},
            _found(("unsafe-path", "seeds/x.txt")),
        )
        yield Case(
            f"files: a register link {name}",
            {"curation/registers/x.yaml": Link(to)},
            _found(("unsafe-path", "curation/registers/x.yaml")),
        )
    lost = _found(("unsafe-path", S), ("missing-source", A))
    yield Case("files: the source is a link out of the tree", {S: Link("{outside}/deep/a.txt")}, lost)
    yield Case(
        "files: the source is a link to its twin",
        {S: Link("b.txt"), "seeds/b.txt": BASE[S]},
        lost | {("source-not-curated", "seeds/b.txt")},
    )
    for name, to in {
        "out of the tree": "{outside}/deep",
        "to itself": "deep",
        "upwards": "..",
        "to nothing": "nowhere",
    }.items():
        yield Case(
            f"files: a link of folders {name}", {"curation/deep": Link(to)}, _found(("unsafe-path", "curation/deep"))
        )
        yield Case(
            f"files: a link of folders of sources {name}",
            {"seeds/deep": Link(to)},
            _found(("unsafe-path", "seeds/deep")),
        )
    registers = _found(("unsafe-path", "curation/registers"), ("unknown-reference", A))
    yield Case("files: the registers are a link", {"curation/registers": Link("{outside}/deep")}, registers)
    sources = _found(("unsafe-path", "seeds"), ("missing-source", A), ("missing-source", "curation/z.yaml"))
    yield Case("files: the sources are a link", {"seeds": Link("{outside}/deep")}, sources, witness=False)
    yield Case(
        "files: the curation is a link",
        {"curation": Link("{outside}")},
        _found(("unsafe-path", "curation")) | _uncurated(),
        witness=False,
    )
    yield Case("files: the sources are a link to nothing", {"seeds": Link("nowhere")}, sources, witness=False)
    config = BASE["pyproject.toml"] + 'sources = "deep/seeds"\n'
    through = {"pyproject.toml": config, "deep": Link("{outside}"), "seeds": Gone()}
    found = _found(("unsafe-path", "deep/seeds"), ("missing-source", A), ("missing-source", "curation/z.yaml"))
    yield Case("files: the sources lie behind a link", through, found, witness=False)
    for path in (
        "pyproject.toml",
        "schema",
        "schema/__init__.py",
        "schema/more.py",
        "dist",
        ".factpack",
        ".factpack/candidate",
        ".factpack-baseline.json",
    ):
        to = "{outside}/secret.json" if path.endswith(("json", ".py", ".toml")) else "{outside}"
        yield Case(
            f"files: {path} is a link out of the tree",
            {path: Link(to)},
            code=2,
            says=("link",) if "." not in path[1:] else (),
        )
    yield Case(
        "files: the baseline is a link to itself", {".factpack-baseline.json": Link(".factpack-baseline.json")}, code=2
    )


def _uncurated() -> frozenset[tuple[str, str]]:
    return _found(("source-not-curated", S), ("source-not-curated", "seeds/z.txt"))


def _special() -> Iterator[Case]:
    for kind, thing in {"a FIFO": Special(), "a device": Special(device=True)}.items():
        for path in ("curation/x.yaml", "curation/registers/x.yaml", "seeds/x.txt", "seeds/x", "curation/x"):
            yield Case(f"files: {path} is {kind}", {path: thing}, _found(("unsafe-path", path)))
        lost = _found(("unsafe-path", S), ("missing-source", A))
        yield Case(f"files: the source is {kind}", {S: thing}, lost)
        for path in ("pyproject.toml", "schema/__init__.py", ".factpack-baseline.json", "schema"):
            yield Case(f"files: {path} is {kind}", {path: thing}, code=2)
        yield Case(
            f"files: the curation is {kind}",
            {"curation": thing},
            _found(("stray-file", "curation")) | _uncurated(),
            code=3,
            witness=False,
        )
    for path in ("curation/a.yaml", "seeds/a.txt", "pyproject.toml", "schema/__init__.py", ".factpack-baseline.json"):
        code = 2 if path in ("pyproject.toml", "schema/__init__.py", ".factpack-baseline.json") else None
        found = {A: _found(("source-not-curated", S), *_unused(), *_unprinted()), S: _found(("missing-source", A))}.get(
            path, frozenset()
        )
        yield Case(f"files: {path} is a folder", {path: Folder()}, found, code=code)


def _unused() -> Iterator[tuple[str, str]]:
    for table in ("people", "countries"):
        yield "unused-register-record", f"curation/registers/{table}.yaml"


def _unprinted() -> Iterator[tuple[str, str]]:
    for table in ("people", "countries"):
        yield "name-in-no-source", f"curation/registers/{table}.yaml"


def _names() -> Iterator[Case]:
    for name in ("con", "PRN", "aux.b", "nul", "com1", "LPT9", "COM1.tar", "a:b", "a*", "a?", "a|b", "a<b", 'a"b', "a\\b", "a\n",
                 "a\r", "a\x1b[31m", "a\x07", "a\u202e", "a\u200b", "a\x7f", "a\x85", "a "):  # fmt: skip
        for path in (
            f"curation/{name}.yaml" if name != "a " else "curation/a.yaml ",
            f"seeds/{name}.txt" if name != "a " else "seeds/a.txt ",
        ):
            yield Case(f"files: the name {path!a}", {path: "x: y\n"}, _found(("unsafe-path", path)), says=())
    for raw, shown in {b"curation/\xff.yaml": "curation/?.yaml", b"seeds/\xc0\xaf.txt": "seeds/??.txt"}.items():
        yield Case(f"files: the name {raw!r}", {raw: "x: y\n"}, _found(("unsafe-path", shown)))
    for first, second in {
        "b": "B",
        "caf\u00e9": "cafe\u0301",
        "stra\u00dfe": "strasse",
        "\u03c3": "\u03c2",
        "\u212a": "k",
        "\ufb01": "fi",
    }.items():
        clash = {f"seeds/{first}.txt": "x", f"seeds/{second}.txt": "y"}
        found = {("source-not-curated", path) for path in clash} | {("name-clash", sorted(clash)[1])}
        yield Case(f"files: sources {first!a} and {second!a}", clash, frozenset(found))
    yield Case(
        "files: articles that differ by case",
        {"curation/A.yaml": CURATION},
        _found(("name-clash", A), ("source-curated-twice", A)),
    )
    for path in ("curation/b.yml", "curation/b.YAML", "curation/b.json", "curation/deep/b.yaml", "curation/b.yaml.bak", "curation/#b", "seeds/b.TXT",
                 "seeds/b.pdf", "seeds/deep/b.txt", "seeds/b", "curation/registers/b.json", "curation/registers/deep/b.yaml"):  # fmt: skip
        yield Case(f"files: {path} is stray", {path: "x"}, _found(("stray-file", path)))
    for path in (
        "curation/README.md",
        "seeds/README.md",
        "curation/.hidden.yaml",
        "seeds/.DS_Store",
        "curation/.#a.yaml",
        "extra.txt",
        "yaml.py",
        "pydantic.py",
        "json.py",
    ):
        yield Case(f"files: {path} is none of ours", {path: "raise SystemExit('pwned')\n"}, never=("pwned",))
    yield Case(
        "files: a very long name",
        {f"seeds/{'x' * 240}.txt": "x"},
        _found(("source-not-curated", f"seeds/{'x' * 240}.txt")),
    )
    deep = "/".join(["d"] * 300)
    yield Case(
        "files: 300 folders deep",
        {f"curation/{deep}/a.yaml": "x"},
        _found(("unsafe-path", "curation/" + "/".join(["d"] * 20))),
    )
    yield Case(
        "files: 3,000 stray files",
        {f"curation/{n}.txt": "" for n in range(3000)},
        _found(*(("stray-file", f"curation/{n}.txt") for n in range(3000))),
        seconds=4,
    )
    yield Case(
        "files: an unknown register",
        {"curation/registers/x.yaml": "x: []\n"},
        _found(("unknown-table", "curation/registers/x.yaml")),
    )
    yield Case(
        "files: a register of facts",
        {"curation/registers/events.yaml": "events: []\n"},
        _found(("unknown-table", "curation/registers/events.yaml")),
    )


def _named_sources() -> Iterator[Case]:
    for source in ("../outside/deep/a.txt", "../../outside/deep/a.txt", "/etc/passwd", "{outside}/deep/a.txt", "file:///etc/passwd", "https://example.org/a.txt", "//host/a.txt",
                   "a.txt/", "./a.txt", "../seeds/a.txt", "deep/../a.txt", "A.TXT", "a", "a.txt ", "", ".", "..", "~/a.txt", "$HOME/a.txt", "C:\\a.txt", "seeds/a.txt",
                   "a.txt\\0", "a.txt\\n", "%2e%2e/a.txt", "a*.txt", "x" * 10_000):  # fmt: skip
        quoted = f'"{source}"' if "\\0" in source or "\\n" in source else f"'{source}'"
        content = CURATION.replace("source: a.txt", f"source: {quoted}")
        rule = {"": "invalid-value"}.get(source, "missing-source")
        found = {(rule, A), ("source-not-curated", S)}
        found |= {("yaml-syntax", A)} if "\\0" in source else set()
        yield Case(f"files: the source {source[:40]!a}", {A: content}, frozenset(found))
    yield Case("files: the other's source", {A: CURATION.replace("source: a.txt", "source: z.txt")}, _found(
        ("source-curated-twice", "curation/z.yaml"), ("source-changed", A), ("quote-in-other-article", A), ("source-not-curated", S), *_unprinted()))  # fmt: skip


def _missing() -> Iterator[Case]:
    yield Case("files: no source", {S: Gone()}, _found(("missing-source", A)))
    yield Case("files: no curation file", {A: Gone()}, _found(("source-not-curated", S), *_unused(), *_unprinted()))
    yield Case("files: no register", {PEOPLE: Gone()}, _found(("unknown-reference", A)))
    yield Case("files: no registers", {"curation/registers": Gone()}, _found(("unknown-reference", A)))
    yield Case(
        "files: no curation",
        {"curation": Gone()},
        _found(("stray-file", "curation")) | _uncurated(),
        code=3,
        witness=False,
    )
    yield Case("files: an empty curation", {"curation": Folder()}, _uncurated(), code=3, witness=False)
    gone = _found(("stray-file", "seeds"), ("missing-source", A), ("missing-source", "curation/z.yaml"))
    yield Case("files: no sources", {"seeds": Gone()}, gone, witness=False)
    yield Case("files: empty sources", {"seeds": Folder()}, gone - {("stray-file", "seeds")}, witness=False)
    yield Case("files: nothing", {"seeds": Folder(), "curation": Folder()}, code=3, witness=False)
    for path in ("pyproject.toml", "schema", "schema/__init__.py"):
        yield Case(f"files: no {path}", {path: Gone()}, code=2)


def _locked() -> Iterator[Case]:
    yield Case("files: a locked curation file", {A: Locked(b"x")}, _found(("unreadable-file", A)))
    yield Case("files: a locked source", {S: Locked(b"x")}, _found(("unreadable-file", S), ("missing-source", A)))
    yield Case(
        "files: a locked register",
        {PEOPLE: Locked(b"x")},
        _found(("unreadable-file", PEOPLE), ("list-item-not-in-quote", A)),
    )
    yield Case("files: a locked folder", {"curation/locked": Locked()}, _found(("stray-file", "curation/locked")))
    yield Case("files: a locked configuration", {"pyproject.toml": Locked(b"x")}, code=2)
    yield Case("files: a locked schema", {"schema/__init__.py": Locked(b"x")}, code=2)
    yield Case("files: a locked baseline", {".factpack-baseline.json": Locked(b"x")}, code=2)


def _large() -> Iterator[Case]:
    config = BASE["pyproject.toml"] + "max_file = 10000\n"
    large = {"curation": (A, "#" * 10_001, _found(("unreadable-file", A))), "source": (S, "x" * 10_001, _found(("unreadable-file", S), ("missing-source", A))),
             "register": (PEOPLE, "#" * 10_001, _found(("unreadable-file", PEOPLE), ("list-item-not-in-quote", A)))}  # fmt: skip
    for name, (path, content, found) in large.items():
        yield Case(
            f"files: a {name} above the limit", {path: content, "pyproject.toml": config}, found, says=("max_file",)
        )
    for name, path in {"curation": A, "source": S}.items():
        found = _found(("unreadable-file", path), *([("missing-source", A)] if path == S else []))
        yield Case(f"files: a {name} of 100 MB", {path: b"x" * 100_000_000}, found, says=("max_file",))
    yield Case(
        "files: a curation file of 100 MB that is one text",
        {A: header().encode() + b"omitted: " + b"x" * 100_000_000},
        _found(("unreadable-file", A)),
    )
    yield Case("files: a model of 1 MB", {"schema/__init__.py": MODELS + "#" * 1_000_000})
