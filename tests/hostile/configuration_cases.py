"""Configurations, models and baselines that cannot be used: exit code 2, and a sentence that says why."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hostile.project import CONFIGURATION, CURATION, MODELS, Case

P, M, B = "pyproject.toml", "schema/__init__.py", ".factpack-baseline.json"


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _configurations()
    yield from _models()
    yield from _failures()
    yield from _baselines()
    yield from _calls()


def _configurations() -> Iterator[Case]:
    whole: dict[str, str | bytes] = {
        "nothing": "", "no table": "[tool.other]\n", "no TOML": "[tool.factpack]\n=\n", "a text": "[tool]\nfactpack = 'x' # [tool.factpack]\n",
        "a list": "# [tool.factpack]\n[[tool.factpack]]\nname = 'x'\n", "a list of tools": "# [tool.factpack]\n[[tool]]\n", "a tool": "tool = 1 # [tool.factpack]\n",
        "not UTF-8": CONFIGURATION.encode() + b"#\xff\n", "UTF-16": CONFIGURATION.encode("utf-16"), "NUL": CONFIGURATION + "#\0\n", "ESC": CONFIGURATION + "x = '\x1b[2J'\n",
        "deep lists": CONFIGURATION + "x = " + "[" * 100_000 + "\n", "deep tables": CONFIGURATION + "[" + "a." * 10_000 + "a]\n=",
        "a number without end": CONFIGURATION + "max_file = " + "9" * 10_000 + "\n", "the table twice": CONFIGURATION + "[tool.factpack]\nname = 'x'\n",
    }  # fmt: skip
    for name, content in whole.items():
        yield Case(f"configuration: {name}", {P: content}, code=2)
    lines = {
        "an unknown setting": "nme = 'x'", "an unknown setting that acts": "\"::error::\\u001b[2J\" = 1", "a number for a folder": "dist = 1",
        "a folder outside": "curation = '../outside'", "an absolute folder": "sources = '/etc'", "no folder": "curation = ''", "NUL in a folder": 'sources = "a\\u0000b"',
        "a line end in a folder": 'sources = "a\\nb"', "schema outside": "schema = '../outside'", "dist outside": "dist = 'x/../../outside'",
        "no number": "max_file = 'x'", "a number below 1": "max_quote = 0", "a negative number": "max_file = -1", "true": "max_file = true", "nan": "max_file = nan",
        "an infinite number": "max_file = inf", "a fraction": "max_quote = 1.5", "keywords that are no texts": "keywords = [1]", "a date": "homepage = 2022-01-01",
        "no list": "keywords = 'x'",
    }  # fmt: skip
    for name, line in lines.items():
        yield Case(f"configuration: {name}", {P: CONFIGURATION + line + "\n"}, code=2)
    changed = {
        "licences that are no tables": ("licenses = [{", "licenses = ['x', {"), "a version of two numbers": ('version = "1.0.0"', 'version = "1.0"'),
        "a version without end": ('version = "1.0.0"', f'version = "{"9" * 5000}.0.0"'), "a path as version": ('version = "1.0.0"', 'version = "../../outside"'),
        "a path as name": ('name = "example"', 'name = "../outside"'), "an empty name": ('name = "example"', 'name = ""'), "no such day": ("2026-01-31", "2026-02-30"),
        "a name without end": ('name = "example"', f'name = "{"x" * 100_000}"'),
        "a licence without a name": ('name = "CC-BY-4.0", title = "Creative Commons Attribution 4.0", path =', "title ="), "a number as licence": ('name = "CC-BY-4.0"', "name = 4"),
        "a list as a licence's title": ('title = "Creative Commons Attribution 4.0"', "title = []"), "a number as maker": ('title = "The factpack developers"', "title = 1"),
        "a text as roles": ('roles = ["creator"]', 'roles = "creator"'), "numbers as roles": ('roles = ["creator"]', "roles = [1]"),
    }  # fmt: skip
    for name, (old, new) in changed.items():
        assert old in CONFIGURATION, old
        yield Case(f"configuration: {name}", {P: CONFIGURATION.replace(old, new)}, code=2)
    for folder in ("nowhere", "schema", "pyproject.toml", "curation/registers", "x" * 300):
        yield Case(
            f"configuration: the sources are {folder[:20]}",
            {P: CONFIGURATION + f'sources = "{folder}"\n'},
            code=1,
            arguments=("check",),
        )
    yield Case("configuration: a large limit", {P: CONFIGURATION + "max_file = 9000000000000000000\n"})


_BROKEN_MODELS = {
    "nothing": "", "a mistake of syntax": "class", "NUL": "x = 1\0", "an exception": "raise ValueError('x' * 100_000)", "an exception that acts": "raise ValueError('\\x1b[2J\\n::error::x ##[error]')",
    "an end": "raise SystemExit(0)", "another end": "import sys\nsys.exit('pwned')", "recursion": "def f(): f()\nf()", "an unknown import": "import no_such_module",
    "an assertion": "assert False", "not UTF-8": "# \udcff", "deep brackets": "x = " + "(" * 1000, "an import of itself": "from schema import x", "an unset name": "x",
    "an interrupt of its own": "raise GeneratorExit", "an empty exception": "raise Exception",
}  # fmt: skip


def _models() -> Iterator[Case]:
    for name, content in _BROKEN_MODELS.items():
        yield Case(f"schema: {name}", {M: content.encode("utf-8", "surrogateescape")}, code=2, says=("schema",))
    changed = {
        "no article": ("class Article(Fact, ArticleFields, table=\"articles\"", "class Article(Fact, ArticleFields, table=\"papers\""),
        "two tables of one name": ('table="people"', 'table="countries"'), "an unknown marker": ("Wording()", "Nonsense()"), "a reference to no table": ('Ref("people")', 'Ref("persons")'),
        "a field without a basis": ("    name: Annotated[Words, Wording()]\n", "    name: bool\n"), "a field of no type": ("name: Annotated[Words, Wording()]", "name: object"),
        "a pattern that is none": ('id_pattern="[A-Z]{3}"', 'id_pattern="[A-Z{3}("'), "an unknown keyword": ('table="figures"', 'table="figures", colour="red"'),
        "a name of Pydantic's": ("place: Words | None = None", "model_config: Words | None = None"), "a mutable default": ("place: Words | None = None", "place: list = []"),
        "an empty tuple": ("place: Words | None = None", "place: tuple[()] = ()"),
        "fields of all names": ("place: Words | None = None", "place: Words | None = None\n    model_config = {'extra': 'allow'}"),
    }  # fmt: skip
    for name, (old, new) in changed.items():
        assert old in MODELS, old
        yield Case(f"schema: {name}", {M: MODELS.replace(old, new)}, code=2)
    yield Case("schema: a long pattern", {M: MODELS.replace('id_pattern="[A-Z]{3}"', 'id_pattern="(?:[A-Z]{3})"')})


_FAILING = {
    "a type error": "raise TypeError('odd')", "a division by zero": "1 / 0", "an end": "raise SystemExit(0)", "an exit of a generator": "raise GeneratorExit",
    "recursion": "return cls._odd(value)", "a missing file": "open('nowhere')", "a failure that acts": "raise KeyError('\\x1b[2J\\n::error::x ##[error]')",
}  # fmt: skip
_ODD = {
    "an object": "object()", "a set": "{1}", "a function": "lambda: 0", "bytes": "b'\\xff'", "a list": "[value]", "a tuple of objects": "(object(),)", "a number": "7",
    "a text that is none": "'\\ud800'", "a class": "cls", "a generator": "(x for x in value)", "a mapping": "{0: cls}",
}  # fmt: skip
_OF_FIELDS = {"places": "place", "quotes": "quotes", "reasons": "judged", "ids": "id"}
_WHOLE = {
    "nothing": "return None",
    "another thing": "return 7",
    "what is said of a field": "raise PydanticCustomError('extra_forbidden', 'odd')",
}


def _failures() -> Iterator[Case]:
    """The models' own code, where it fails at a record: told at the record, and the other file is checked."""
    place = "    place: Words | None = None\n"
    lost = [("unused-register-record", f"curation/registers/{table}.yaml") for table in ("people", "countries")]
    for name, code in _FAILING.items():
        validator = f"    @field_validator('place')\n    @classmethod\n    def _odd(cls, value):\n        {code}\n\n"
        content = MODELS.replace(
            "from factpack import", "from pydantic import field_validator\n\nfrom factpack import", 1
        )
        yield Case(
            f"schema: {name} in a validator",
            {M: content.replace(place, validator + place)},
            frozenset({("invalid-value", "curation/a.yaml"), ("unknown-reference", "curation/a.yaml"), *lost}),
            says=("schema",),
        )
    imports = "from pydantic import field_validator\n\nfrom factpack import"
    for (kind, field), (name, value) in product(_OF_FIELDS.items(), _ODD.items()):
        validator = (
            f"    @field_validator('{field}')\n    @classmethod\n    def _odd(cls, value):\n        return {value}\n\n"
        )
        content = MODELS.replace("from factpack import", imports, 1).replace(place, place + "\n" + validator)
        yield Case(
            f"schema: {name} for {kind}",
            {
                M: content,
                "curation/a.yaml": CURATION.replace(
                    "Hanoi\n    speakers", "Hanoi\n    judged: {place: so}\n    speakers"
                ),
            },
            None,
            says=("invalid-value", "makes this", "curation/z.yaml"),
            code=1,
            witness=False,
        )
    for name, value in {**_ODD, "an exception": "1 / 0"}.items():
        value = value.replace("value", "self.place").replace("cls", "type(self)")
        computed = f"    @computed_field\n    @property\n    def odd(self) -> Words:\n        return {value}\n\n"
        content = MODELS.replace(
            "from factpack import", "from pydantic import computed_field\n\nfrom factpack import", 1
        )
        yield Case(
            f"schema: {name} as a computed field",
            {M: content.replace(place, place + "\n" + computed)},
            code=2,
            says=("schema/__init__.py", "Event.odd fails for the record `evt-"),
            arguments=("build",),
            seconds=4,
            mebibytes=4096,
        )
    for name, code in _WHOLE.items():
        validator = f"    @model_validator(mode='after')\n    def _odd(self):\n        {code}\n\n"
        imports = "from pydantic import model_validator\nfrom pydantic_core import PydanticCustomError\n\nfrom factpack import"
        content = MODELS.replace("from factpack import", imports, 1).replace(place, validator + place)
        yield Case(
            f"schema: {name} from a validator of records",
            {M: content},
            None,
            says=("invalid-value", "curation/z.yaml"),
            code=1,
            witness=False,
        )


def _baselines() -> Iterator[Case]:
    contents: dict[str, str | bytes] = {
        "nothing": "", "no JSON": "{", "a list": "[]", "a number": "1", "null": "null", "another version": '{"version": 2, "findings": []}', "no version": '{"findings": []}',
        "findings that are none": '{"version": 1, "findings": 3}', "texts": '{"version": 1, "findings": ["x"]}', "no keys": '{"version": 1, "findings": [{}]}',
        "counts that are none": '{"version": 1, "findings": [{"rule": "a", "record": "b", "field": "c", "message": "d", "count": "x"}]}',
        "deep lists": "[" * 100_000, "not UTF-8": b'{"\xff"', "NUL": "\0", "numbers without end": '{"version": ' + "1" * 10_000 + "}", "a canary that acts": '"\x1b[2J"',
    }  # fmt: skip
    for name, content in contents.items():
        yield Case(f"baseline: {name}", {B: content}, code=2, says=("baseline",))
    for count in (
        "Infinity",
        "NaN",
        "-1",
        "0",
        "1.5",
        "1.0",
        "true",
        "null",
        '"1"',
        "[1]",
        "1e300",
        "1" * 4000,
        "1" * 5000,
    ):
        entry = f'{{"rule": "a", "record": "b", "field": "c", "message": "d", "count": {count}}}'
        says = ("baseline",) if len(count) == 5000 else ("entry 1 of `findings` (`a` at `b`)", "1 to 1,000,000,000")
        content = f'{{"version": 1, "findings": [{entry}]}}'
        yield Case(f"baseline: the count {count[:9]} of length {len(count)}", {B: content}, code=2, says=says)
    for name in ("[", '{"a":'):
        yield Case(f"journal: deep {name}", {".factpack/unfinished.json": name * 100_000}, code=2, says=("unfinished",))
    yield Case("baseline: empty", {B: '{"version": 1, "findings": []}'})


def _calls() -> Iterator[Case]:
    calls = {
        "no such path": ("check", "nowhere.yaml"), "a path that acts": ("check", "x\x1b[2J\n::error::y"), "NUL in a path": ("check", "a\0b"), "no such format": ("check", "--format", "x\x1b"),
        "no such rule": ("check", "--select", "x\x1b[2J,::error::"), "no such project": ("check", "--project", "no\x1bwhere"), "no such record": ("show", "x\x1b[2J"),
        "no such article": ("todo", "x\x1b[2J\n::error::"), "no such rule to explain": ("explain", "::error::\x1b"), "no such package": ("verify", "x\x1b[2J"), "no such version": ("yank", "9.9.9\x1b", "--why", "x"),
        "no such text": ("mentions", "x\x1b[2J"), "a folder as text": ("mentions", "."), "no such revision": ("diff", "git:x\x1b"), "an option as revision": ("check", "--since", "--output=x"),
        "a path outside as package": ("verify", "{outside}"),
    }  # fmt: skip
    for name, arguments in calls.items():
        code = 1 if arguments == ("verify", "{outside}") else 2
        yield Case(
            f"call: {name}",
            {},
            code=code,
            arguments=arguments,
            seconds=4,
            mebibytes=4096 if arguments[0] in ("verify", "diff", "yank") else 512,
        )
