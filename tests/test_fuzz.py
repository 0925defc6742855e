"""Fuzzing: what is kept of it is replayed everywhere; where atheris is, each target is fuzzed with a few inputs."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fuzz import matcher, reader, releases, values
from fuzz.corpus import FOLDER, TARGETS, kept, target

from factpack.mention import mentions
from factpack.quote import Match

SECONDS, RUNS = 300, {"reader": 2000, "matcher": 4000, "values": 1000, "releases": 100}


@pytest.mark.parametrize("kind", ["corpus", "crashers"])
@pytest.mark.parametrize("name", TARGETS)
def test_what_was_found_is_as_it_must_be(name: str, kind: str) -> None:
    check = target(name).check
    for data in (*target(name).SEEDS, *kept(kind, name)) if kind == "corpus" else kept(kind, name):
        check(data)


@pytest.mark.parametrize("name", TARGETS)
def test_the_corpus_is_small(name: str) -> None:
    files = [FOLDER / kind / f"{name}.txt" for kind in ("corpus", "crashers")]
    assert kept("corpus", name)
    assert sum(file.stat().st_size for file in files if file.exists()) < 100_000


@pytest.mark.parametrize("name", TARGETS)
def test_fuzzing_with_a_few_inputs_finds_nothing(name: str, tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip(
            "NOT TESTED: fuzzing, because atheris is not installed (it has wheels for Linux and Python up to 3.13)"
        )
    command = [sys.executable, "-P", FOLDER / "run.py", name, str(SECONDS), "--runs", str(RUNS[name])]
    run = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"TMPDIR": str(tmp_path)}, check=True
    )
    found = json.loads(run.stdout)
    assert found["executions"] > 0
    assert found["crashes"] == []


def test_an_oracle_sees_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each target is given something that does wrong in its module's place."""
    monkeypatch.setattr(matcher, "find", lambda *_: Match(()))
    monkeypatch.setattr(reader, "load", lambda *_: {"another": "text"})
    monkeypatch.setattr(releases, "verify", lambda *_: iter(()))
    twice = mentions("7 men") * 2
    monkeypatch.setattr(values, "mentions", lambda *_, **__: twice)
    for module in (matcher, reader, releases, values):
        assert any(map(_is_wrong, [module.check] * len(module.SEEDS), module.SEEDS)), module


def _is_wrong(check: Callable[[bytes], None], data: bytes) -> bool:
    try:
        check(data)
    except AssertionError:
        return True
    return False
