"""A check that is disturbed: it, and whatever is asked for afterwards, says what a check without a cache says."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path

from faults import begin, code_of, run
from pages import Example, lay_out
from test_tables import FILES

from factpack.cli import main

Said = tuple[int | None, list[str]]


class Cached:
    """A dataset with a mistake in one file: in turn without a cache, with its own, and with one from before it.

    The user's secret lies within it, too, so that it comes and goes with the cache.
    """

    def __init__(self, folder: Path) -> None:
        self.project, self.log = folder / "project", folder / "log"
        self._states = {name: folder / name for name in ("no cache", "an older cache", "its own cache")}
        none, older, own = self._states.values()
        lay_out(Example(FILES, set()), self.project)
        assert self._told(*run(self.work, self.log))[0] == 0
        b = self.project / "curation/b.yaml"
        b.write_text(b.read_text("utf-8").replace("planned for 2023]", "planned for 2032]"), "utf-8")
        shutil.copytree(self.project, older)
        for made in ("home", ".factpack"):
            shutil.rmtree(self.project / made)
        shutil.copytree(self.project, none)
        self.whole = self._told(*run(lambda: self.work("--no-cache"), self.log))
        assert self.whole[0] == 1
        assert "quote-not-found" in self.whole[1][0]
        assert self._told(*run(self.work, self.log)) == self.whole
        assert (self.project / ".factpack/cache.sqlite").is_file()
        shutil.copytree(self.project, own)
        self._turn = itertools.cycle(self._states)
        self.state = ""

    def reset(self, state: str = "") -> None:
        """Put a state back: this one, or the next."""
        self.state = state or next(self._turn)
        shutil.rmtree(self.project)
        shutil.copytree(self._states[self.state], self.project)

    def work(self, *more: str) -> int:
        """Check, in a child."""
        os.environ["XDG_CACHE_HOME"] = str(self.project / "home")
        return main(["check", "--format", "jsonl", *more, "--project", str(self.project)])

    def judge(self, code: int | None, what: str, at_once: int = 2) -> str:
        """What must hold after a run that was disturbed, of some at once then, and of the next; returns what it had."""
        about = f"{what}, with {self.state}"
        assert code is None or self._told(code) == self.whole, about
        logs = [self.log.with_suffix(f".{number}") for number in range(at_once)]
        children = [begin(self.work, log, "none", 0) for log in logs]
        codes = [code_of(os.waitpid(child, 0)[1]) for child in children]
        for code, log in zip(codes, logs, strict=True):
            assert self._told(code, log=log) == self.whole, f"{about}: {code}, {log.read_text()}"
        assert self._told(*run(self.work, self.log)) == self.whole, about
        assert {*os.listdir(self.project / ".factpack")} <= {".gitignore", "cache.sqlite"}, about
        assert os.listdir(self.project / "home/factpack") == ["secret"], about
        assert {path.name for path in self.project.glob(".*")} == {".factpack"}, about
        return f"with {self.state}"

    def _told(self, code: int | None, _: object = None, log: Path | None = None) -> Said:
        return code, (log or self.log).read_text().splitlines()[:-1]  # the last says how long it took
