"""A record in the terminal: every value, and the words behind it in every article."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import Example, lay_out
from test_tables import FILES

from factpack.cli import main
from factpack.dataset import Dataset, load
from factpack.show import Unknown, show


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("shown")
    lay_out(Example(FILES, set()), folder)
    return load(folder)


def shown(dataset: Dataset, identity: str, field: str | None = None, **more: bool | int) -> str:
    return "\n".join(show(dataset, identity, field, **more))  # type: ignore[arg-type]


def test_a_value_and_its_words_underlined(dataset: Dataset) -> None:
    head, place, gutter, line, mark = shown(dataset, "fig-trees", "value", width=60).splitlines()[2:]
    assert (head, place, gutter) == ("value: 49", "  --> seeds/a.txt:2:83 grounded", "  |")
    assert line.startswith("2 | ...")
    assert line[mark.index("^") : mark.rindex("^") + 1] == "49"


def test_every_article_that_states_it_and_what_each_says(dataset: Dataset) -> None:
    text = shown(dataset, "evt-meeting", "date")
    assert "date: 2022-04-12\n" in text
    assert "seeds/a.txt:2" in text
    assert "seeds/b.txt:1:18 says 2022-04; grounded" in text
    assert "derived: date_min 2022-04-12, date_max 2022-04-12, date_precision day" in text


def test_the_whole_record(dataset: Dataset) -> None:
    text = shown(dataset, "evt-meeting")
    assert text.startswith("events evt-meeting: delegates met and planted trees\n2 articles (1 independent): a, b\n")
    for line in (
        "names[The meeting]: The meeting", "speakers[ann-lee]: ann-lee (Ann Lee)", "country: LAO (Lao PDR)",
        "document: 12-CT/TW", "place: Huế City", "status: held",
    ):  # fmt: skip
        assert f"\n{line}\n" in text
    assert text.count("\nspeakers[ann-lee]") == 1
    assert "a: judged: the table's default" not in shown(dataset, "evt-meeting", "date")


def test_what_is_judged_shows_its_reason_and_on_request_its_quote(dataset: Dataset) -> None:
    assert "event: evt-meeting (delegates met and planted trees)\n   a: judged: the same sentence\n" in shown(
        dataset, "fig-trees"
    )
    assert "^^^^" in shown(dataset, "fig-trees", "event")


@pytest.mark.parametrize("name", ["date", "date_edtf", "date_min", "date_as_reported"])
def test_a_field_may_be_called_by_its_columns(dataset: Dataset, name: str) -> None:
    assert shown(dataset, "evt-meeting", name) == shown(dataset, "evt-meeting", "date")


def test_the_quotes(dataset: Dataset) -> None:
    text = shown(dataset, "evt-meeting", "quotes")
    assert text.count(" supports") == 2
    assert text.count(" context") == 1


def test_a_registers_record(dataset: Dataset) -> None:
    text = shown(dataset, "ann-lee")
    assert text.startswith("people ann-lee: Ann Lee\n")
    assert "name: Ann Lee\n   judged: the full form of the printed names" in text
    assert "names: Ms Lee\n  --> seeds/b.txt:1:53 first printed here" in text
    assert text.endswith("referred to by 1 record: evt-meeting")
    assert shown(dataset, "LAO", "name") == "countries LAO: Lao PDR\n\nname: Lao PDR\n   external: ISO 3166-1"


def test_an_article(dataset: Dataset) -> None:
    text = shown(dataset, "a")
    assert text.startswith("articles a: HANOI\n")
    assert "published: 2022-04-12" in text


@pytest.mark.parametrize(
    ("identity", "field", "message"),
    [
        (
            "evt-meetin",
            None,
            "there is no record `evt-meetin`; did you mean `evt-meeting` (delegates met and planted trees)?",
        ),
        ("ann lee", None, "there is no record `ann lee`; did you mean `ann-lee` (Ann Lee)?"),
        ("delegates met and planted tree", None, "did you mean `evt-meeting`"),
        ("zzz", None, "there is no record `zzz`"),
        ("", None, "there is no record ``"),
        ("evt-meeting", "dat", "`evt-meeting` has no field `dat`; did you mean `date`?"),
        ("LAO", "zzz", "`LAO` has no field `zzz`; it has note, name, names"),
    ],
)
def test_what_is_not_there_is_said_with_the_nearest(
    dataset: Dataset, identity: str, field: str | None, message: str
) -> None:
    with pytest.raises(Unknown) as error:
        shown(dataset, identity, field)
    assert message in str(error.value)


def test_colours_are_asked_for(dataset: Dataset) -> None:
    assert "\x1b[" not in shown(dataset, "evt-meeting")
    assert "\x1b[" in shown(dataset, "evt-meeting", color=True)


def test_lines_are_as_wide_as_the_terminal(dataset: Dataset) -> None:
    drawn = [line for line in shown(dataset, "evt-meeting", width=50).splitlines() if " | " in line]
    assert max(map(len, drawn)) <= 50


def test_nothing_in_a_file_moves_the_cursor(tmp_path: Path) -> None:
    files = {path: text.replace("note: First.", 'note: "\\e[31m ::error:: \\u202e"') for path, text in FILES.items()}
    lay_out(Example(files, set()), tmp_path)
    text = shown(load(tmp_path), "evt-meeting")
    assert r"\x1b[31m" in text
    assert not {"\x1b", "\u202e"} & set(text)
    assert "::error::" not in text


def test_what_nothing_supports_is_said(tmp_path: Path) -> None:
    files = dict(FILES)
    files["curation/a.yaml"] = files["curation/a.yaml"].replace("value: 49", "value: 50")
    lay_out(Example(files, set()), tmp_path)
    assert "value: 50\n   a: not supported by its quotes: see `factpack check`" in shown(load(tmp_path), "fig-trees")
    (tmp_path / "seeds/a.txt").unlink()
    text = shown(load(tmp_path), "fig-trees")
    assert "value: 50\n   the source is not at hand" in text


def test_the_command(dataset: Dataset, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(dataset.config.root)
    assert main(["show", "--project", root, "fig-trees", "value"]) == 0
    assert "49    trees" in capsys.readouterr().out
    assert main(["show", "--project", root, "fig-tree"]) == 2
    assert capsys.readouterr().err == ("factpack: there is no record `fig-tree`; did you mean `fig-trees`?\n")
