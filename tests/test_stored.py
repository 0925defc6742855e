"""Rows on disk: the same rows, in the same order, and the same bytes as of rows that are held in memory."""

from __future__ import annotations

import errno
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factpack.package import arrow, packed, stored
from factpack.package.stored import Stored
from factpack.resource import Cell, Field, Resource

FORM = Resource(
    "visits", "Visits", "Of every type.",
    (Field("day", "date"), Field("number", "integer"), Field("word"), Field("cost", "number"), Field("own", "boolean")),
    ("word", "number"),
)  # fmt: skip

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "day": st.none() | st.dates().map(str),
            "number": st.none() | st.integers(-3, 3),
            "word": st.none() | st.sampled_from(["a", "b", "ab", "a/b", "a-b", "é", "\U0001f389", "\uffee"]),
            "cost": st.none() | st.sampled_from([0.0, -0.0, 0.1, 1e9]),
            "own": st.none() | st.booleans(),
        }
    ),
    max_size=60,
)  # fmt: skip


@pytest.fixture(params=[(1, 1, 1), (2, 1, 3), (6, 2, 4), (20, 8, 5)], ids=str)
def small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few rows are many."""
    most, step, group = request.param
    monkeypatch.setattr(stored, "MOST", most)
    monkeypatch.setattr(stored, "STEP", step)
    monkeypatch.setattr(arrow, "_LOOSE", 1)
    monkeypatch.setattr(arrow, "_GROUP", group)
    monkeypatch.setattr(arrow, "_BATCH", 3)


def grown(rows: list[dict[str, Cell]], room: Path | None) -> Resource:
    growing = arrow.Growing(FORM, room)
    for row in rows:
        growing.add([row])
    return growing.whole()


@pytest.mark.usefixtures("small")
def test_the_same_rows_in_the_same_order_and_bytes(tmp_path: Path) -> None:
    @settings(max_examples=40, deadline=None)
    @given(ROWS)
    def compare(rows: list[dict[str, Cell]]) -> None:
        held, laid = grown(rows, None), grown(rows, tmp_path)
        assert isinstance(laid.rows, Stored) == (len(rows) >= stored.MOST)
        assert list(map(repr, laid.rows)) == list(map(repr, held.rows))  # as 0.0 == -0.0
        assert laid.rows[1:4] == held.rows[1:4]
        assert [*packed.column(laid, "cost")] == [row["cost"] for row in held.rows]
        assert arrow.csv(laid) == arrow.csv(held)
        assert arrow.parquet(laid) == arrow.parquet(held)
        assert arrow.sorted_and_packed(laid).rows == held.rows

    compare()
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("rows", [0, 1, 7, 8, 9, 40])
def test_row_groups_written_one_by_one_are_those_of_the_whole(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    monkeypatch.setattr(arrow, "_GROUP", 8)
    made = arrow.table(replace(FORM, rows=[{**row(number), "word": f"w{number % 3}"} for number in range(rows)]))
    sink = pa.BufferOutputStream()
    pq.write_table(made, sink, compression="snappy", version="2.6", row_group_size=8)
    assert arrow.parquet(FORM, made) == sink.getvalue().to_pybytes()


def row(number: int) -> dict[str, Cell]:
    return {"day": None, "number": number, "word": "w", "cost": 0.5, "own": True}


@pytest.mark.usefixtures("small")
def test_a_mistyped_row_is_told_as_of_rows_in_memory(tmp_path: Path) -> None:
    rows = [row(number) for number in range(30)]
    rows[25]["word"], rows[27]["number"] = "", "x"
    held, laid = grown(rows, None), grown(rows, tmp_path)
    told = [str(problem) for problem in arrow.mistyped(laid)]
    assert told == [str(problem) for problem in arrow.mistyped(held)]
    assert len(told) == 2


@pytest.mark.usefixtures("small")
def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, piece: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(stored.tempfile, "TemporaryFile", lambda **_: Full())
    with pytest.raises(OSError, match="No space left on device"):
        grown([row(number) for number in range(30)], tmp_path)
