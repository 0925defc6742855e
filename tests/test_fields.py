"""A model that does not say what supports its fields, or cannot be published, is refused when it is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import Example, lay_out

from factpack.config import ConfigurationError
from factpack.dataset import load
from factpack.fields import derived_fields_of, descriptions, fields_of, is_common
from factpack.models import Models, load_models
from factpack.tables.columns import columns

HEAD = """\
from datetime import date
from typing import Annotated, Any, Literal
from pydantic import computed_field
from factpack import ArticleFields, Cue, Edtf, Entity, External, Fact, Flag, Integer, Item, Judged, Number, Ref
from factpack import Vocabulary, Words

class Colour(Vocabulary):
    \"\"\"Colours.\"\"\"
    RED = "red", "like blood"

class Article(Fact, ArticleFields, table="articles"):
    \"\"\"Articles.\"\"\"

class Person(Entity, table="people"):
    \"\"\"People.\"\"\"
    name: Annotated[Words, Judged("full form")]

class Share(Item, table="shares"):
    \"\"\"Shares.\"\"\"
    person: Annotated[str, Ref("people")]

"""
THING = '\nclass Thing(Fact, table="things"):\n    """Things."""\n    '


def schema(folder: Path, body: str, head: str = HEAD) -> Models:
    (folder / "schema").mkdir()
    (folder / "schema" / "__init__.py").write_text(head + body, "utf-8")
    return load_models(folder / "schema")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (THING + "flag: Flag", "Thing.flag does not say what supports it"),
        (THING + "colour: Colour | None = None", "Thing.colour does not say what supports it"),
        (THING + 'colour: Annotated[Colour, Judged("x"), Cue({})]', "Thing.colour has 2 markers"),
        (THING + "words: tuple[Words, ...] = ()", "Thing.words is a list"),
        (THING + 'amounts: Annotated[tuple[Integer, ...], Judged("x")] = ()', "Thing.amounts is a list"),
        (THING + "day: date", "Thing.day has a type that cannot be published"),
        (THING + "share: float", "Thing.share has a type that cannot be published"),
        (THING + "either: Integer | Words", "Thing.either has a type that cannot be published"),
        (THING + 'kind: Annotated[Literal["a"], Judged("x")]', "Thing.kind has a type that cannot be published"),
        (THING + "nested: dict[str, str]", "Thing.nested has a type that cannot be published"),
        (THING + 'who: Annotated[str, Ref("peple")]', "Thing.who refers to `peple`, which is no table"),
        (THING + "share: Share", "Thing.share must be a tuple of Share"),
        (THING + "quotes: tuple[str, ...]", "Thing.quotes must be a tuple of Quotes"),
        ("class Bit(Item):\n    who: Words\n" + THING + "bits: tuple[Bit, ...] = ()", "Bit says no table"),
        (
            'class Bit(Item, table="bits"):\n    who: Annotated[str, Ref("nobody")]\n' + THING + "b: tuple[Bit, ...]",
            "Bit.who refers to `nobody`",
        ),
        ('class Place(Entity, table="places"):\n    name: Words', "Place.name has no quotes"),
        ('class Other(Fact, table="people"):\n    x: Words', "a second model published as `people`"),
        ('class Second(Fact, ArticleFields, table="papers"):\n    x: Words | None = None', "one model must be"),
        (THING + "@computed_field\n    @property\n    def day(self) -> date: ...", "Thing.day has a type"),
        ("raise RuntimeError('boom')", "RuntimeError: boom"),
        ("import no_such_module_at_all", "no_such_module_at_all"),
        ("def broken(:", "SyntaxError"),
    ],
)  # fmt: skip
def test_refused(tmp_path: Path, body: str, says: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        schema(tmp_path, body)
    assert says in str(raised.value)
    assert str(tmp_path / "schema") in str(raised.value)


def test_no_article_no_schema(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="does not exist"):
        load_models(tmp_path)
    with pytest.raises(ConfigurationError, match="one model must be"):
        schema(tmp_path, "", head="from factpack import Fact\n")


def test_a_schema_is_imported_once_for_each_folder(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = (schema(tmp_path / name, THING + "what: Words") for name in ("one", "two"))
    assert one.facts["things"] is not two.facts["things"]
    assert load_models(tmp_path / "one" / "schema").facts["things"] is one.facts["things"]
    assert set(one.facts) == set(two.facts) == {"articles", "things"}
    assert {"people", "article_relations", "conflicts"} <= set(one.tables)


def test_what_a_type_says_and_a_marker_overrides(tmp_path: Path) -> None:
    body = """
class Base(Fact):
    shared: Annotated[Words | None, Judged("read")] = None
    \"\"\"Shared by all.\"\"\"

class Thing(Base, table="things"):
    \"\"\"Things.\"\"\"
    words: Words
    \"\"\"Some words,
    on two lines.\"\"\"
    count: Integer | None = None
    size: Number
    day: Edtf | None = None
    who: Annotated[str | None, Ref("people")] = None
    read: Annotated[str, Ref("people"), Judged("read")]
    many: tuple[Annotated[str, Ref("people")], ...] = ()
    shares: tuple[Share, ...] = ()
    colour: Annotated[Colour | None, Cue({"red": ("red",)})] = None
    code: Annotated[Words, External("ISO")]

    @computed_field
    @property
    def double(self) -> Integer:
        \"\"\"Twice the count.\"\"\"
        return 2 * (self.count or 0)
"""
    model = schema(tmp_path, body).facts["things"]
    fields = {field.name: field for field in fields_of(model)}
    assert [(f.name, f.kind, type(f.grounding).__name__, f.many, f.required) for f in list(fields.values())[4:]] == [
        ("words", "text", "Verbatim", False, True),
        ("count", "integer", "Amount", False, False),
        ("size", "number", "Amount", False, True),
        ("day", "date", "Dated", False, False),
        ("who", "reference", "Ref", False, False),
        ("read", "reference", "Judged", False, True),
        ("many", "reference", "Ref", True, False),
        ("shares", "item", "Verbatim", True, False),
        ("colour", "choice", "Cue", False, False),
        ("code", "text", "External", False, True),
    ]
    assert [name for name, field in fields.items() if is_common(field)] == ["note", "review", "reviewer", "shared"]
    assert fields["read"].target == fields["many"].target == "people"
    assert fields["shares"].item is not None
    assert fields["shares"].item.table == "shares"
    assert descriptions(model)["words"] == "Some words, on two lines."
    assert descriptions(model)["shared"] == "Shared by all."
    assert [(f.name, f.kind, f.rule) for f in derived_fields_of(model)] == [("double", "integer", "Twice the count.")]


def test_a_broken_schema_is_imported_again_once_it_is_mended(tmp_path: Path) -> None:
    lay_out(Example({}, set()), tmp_path)
    init = tmp_path / "schema" / "__init__.py"
    good = init.read_text("utf-8")
    init.write_text("raise ValueError('not yet')\n", "utf-8")
    with pytest.raises(ConfigurationError, match="not yet"):
        load(tmp_path)
    init.write_text(good, "utf-8")
    assert "events" in load(tmp_path).models.facts


def test_what_a_type_allows_is_published(tmp_path: Path) -> None:
    body = THING + (
        "month: Annotated[Integer, Verbatim(), Between(ge=1, le=12)] | None = None\n"
        "    code: Annotated[Words, Between(min_length=2, max_length=8)]\n"
        "    words: Words | None = None\n"
    )
    head = "from pydantic import Field as Between\nfrom factpack import Verbatim\n" + HEAD
    model = schema(tmp_path, body, head).tables["things"]
    month, code, words = (
        columns(model, field)[0] for field in fields_of(model) if field.name in ("month", "code", "words")
    )
    assert (month.minimum, month.maximum) == (1, 12)
    assert (code.min_length, code.max_length) == (2, 8)
    assert (words.min_length, words.max_length, words.minimum) == (None, None, None)
