"""The cache at the system calls of SQLite, where `faults` does not reach: strace lets one fail, or kills there."""

from __future__ import annotations

import ctypes
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from cached import Cached
from faults import begin, code_of
from installed import not_tested, program

import factpack.cli.judging  # noqa: F401  (imported before the forks)
from factpack.mention.language import language

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace")

SAMPLE = 2
"""How many calls are tried of each fault in each state, unless `--every-call` asks for all."""

CHANGING = {"openat", "pwrite64", "write", "ftruncate", "fallocate", "unlink"}
"""What changes files: between two of these, a kill leaves the same."""

FULL = {"openat", "pwrite64", "write", "ftruncate", "fallocate", "fsync", "fdatasync"}

FAULTS: dict[str, tuple[str, set[str] | None]] = {
    "kill": ("signal=KILL:when={}", CHANGING),
    "EIO": ("error=EIO:when={}", None),
    "ENOSPC": ("error=ENOSPC:when={}+", FULL),
    "EFBIG": ("error=EFBIG:when={}+", FULL - {"openat"}),
    "EACCES": ("error=EACCES:when={}", None),
}
"""What strace is told, and at which calls; a full disk and a limit to sizes stay for calls of that name."""

ANY_TRACER = (0x59616D61, ctypes.c_ulong(-1))
"""PR_SET_PTRACER: what a process tells a kernel that lets only parents trace."""


class Traced:
    """A check of which strace sees the calls that concern the cache."""

    def __init__(self, folder: Path) -> None:
        self._strace, self._calls = program("strace", "strace"), dict[str, list[str]]()
        language("en")  # costs most of a small check, and stays for the forks
        self.cached = Cached(folder)
        self._trace, self.temporary = folder / "trace", folder / "temporary"
        self.temporary.mkdir()
        kept = self.cached.project / ".factpack"
        names = ("", "cache.sqlite", "cache.sqlite-journal", "cache.sqlite-wal", "cache.sqlite-shm")
        self._options = ["-o", str(self._trace), "-e", "trace=%file,%desc"]
        for name in names:
            self._options += ["-P", str(kept / name)]

    def run(self, *more: str) -> tuple[int | None, list[str]]:
        """The exit code, None where it was killed, and the calls with what came of them."""
        child = begin(self._stopped, self.cached.log, "none", 0)
        os.waitpid(child, os.WUNTRACED)
        command = [self._strace, *self._options, *more, "-p", str(child)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr
            said = strace.stderr.readline()
            if not said.endswith("attached\n"):
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                not_tested(f"strace may not trace a process here ({said.strip()})")
            os.kill(child, signal.SIGCONT)
            code = code_of(os.waitpid(child, 0)[1])
        return code, [line for line in self._trace.read_text().splitlines() if re.match(r"\w+\(", line)]

    def calls(self, state: str) -> list[str]:
        """The names of the calls where nothing fails."""
        if state not in self._calls:
            self.cached.reset(state)
            _, seen = self.run()
            self._calls[state] = [line.partition("(")[0] for line in seen]
            assert "fcntl" in self._calls[state], "SQLite's calls are not seen"
        return self._calls[state]

    def _stopped(self) -> int:
        ctypes.CDLL(None).prctl(*ANY_TRACER)
        os.environ["TMPDIR"] = os.environ["SQLITE_TMPDIR"] = str(self.temporary)
        os.kill(os.getpid(), signal.SIGSTOP)
        return self.cached.work("--jobs", "1")

    def disturb(self, state: str, fault: str, at: int) -> None:
        """Let the call with this index be the one, and judge what is left."""
        calls = self.calls(state)
        name = calls[at]
        what = FAULTS[fault][0].format(calls[: at + 1].count(name))
        self.cached.reset(state)
        code, seen = self.run("-e", f"inject={name}:{what}")
        about = f"{name}:{what} with {state}"
        assert (code is None) == (fault == "kill"), about
        assert fault == "kill" or any("(INJECTED)" in line for line in seen), about
        self.cached.judge(code, about, at_once=0)
        assert os.listdir(self.temporary) == [], about
        with sqlite3.connect(self.cached.project / ".factpack/cache.sqlite") as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)], about
            assert file.execute("SELECT count(*) FROM kept").fetchone() > (0,), about
        file.close()


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Traced:
    return Traced(tmp_path_factory.mktemp("traced"))


@pytest.mark.parametrize("state", ["no cache", "an older cache"])
@pytest.mark.parametrize("fault", FAULTS)
def test_what_sqlite_cannot_do_changes_no_report(
    traced: Traced, fault: str, state: str, request: pytest.FixtureRequest
) -> None:
    calls = traced.calls(state)
    places = [at for at, name in enumerate(calls) if name in (FAULTS[fault][1] or calls)]
    tried = places
    if not request.config.getoption("--every-call"):
        tried = random.Random(fault + state).sample(places, min(SAMPLE, len(places)))
    for at in tried:
        traced.disturb(state, fault, at)
    print(f"check with {state}: {fault} at {len(tried)} of {len(calls)} calls")
