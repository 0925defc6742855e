"""Nothing that is quoted from input is obeyed: every payload in every place, read in every output by its reader.

Nothing outside of a project is read or written, whichever way its files offer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from injection import oracles
from injection.canaries import WAYS, complaints, released
from injection.naive import NAIVE
from injection.outputs import OUTPUTS, World, lay_out
from injection.payloads import CLEAN, MARK, PAYLOADS


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return lay_out(tmp_path_factory.mktemp("injection"))


@pytest.mark.parametrize("name", OUTPUTS)
def test_no_output_obeys_what_it_quotes(name: str, world: World) -> None:
    output = OUTPUTS[name]
    made = list(output.made(world))
    complaints = [f"{which}: {said}" for which, one in made for said in output.oracle(one)]
    read = "\n".join(output.read(one) if output.read else one for _, one in made if isinstance(one, str))
    literally = [text for text in CLEAN.values() if output.read and MARK.findall(text)[0] in output.shows]
    assert [*complaints, *oracles.unseen(read, output.shows, literally)] == []


@pytest.mark.parametrize("name", NAIVE)
def test_an_oracle_sees_what_a_naive_output_does(name: str) -> None:
    oracle, write, kinds = NAIVE[name]
    assert [kind for kind in kinds if not _complains(oracle, write(PAYLOADS[kind]))] == []


def _complains(oracle: Callable[[Any], Iterator[str]], output: Any) -> bool:
    try:
        return any(True for _ in oracle(output))
    except Exception:  # what cannot even be read is no pass
        return True


def test_payloads_are_told_apart() -> None:
    marks = [MARK.findall(text) for text in PAYLOADS.values()]
    assert all(len(set(found)) == 1 for found in marks)
    assert len({found[0] for found in marks}) == len(PAYLOADS)


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return released(tmp_path_factory.mktemp("canaries") / "begin")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", WAYS)
def test_nothing_outside_is_read_or_written(name: str, begin: Path, tmp_path: Path) -> None:
    assert list(complaints(WAYS[name], begin, tmp_path / "case")) == []
