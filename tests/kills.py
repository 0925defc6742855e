"""Commands killed at random moments, in processes of their own: `python tests/kills.py --rounds 500`.

After each, what is left must be the whole old state or the whole new one, and the next run must end in the new one and
leave nothing else. After a check, two at once and the next must say what one without a cache says. What fails is told
with its seed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest
from cached import Cached
from faults import begin, code_of, run, work_once
from wholeness import COMMANDS, Setting

CHECK = "check"
NAMES = [*COMMANDS, CHECK]


def main() -> int:
    """The figures are printed, command by command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=500, metavar="N", help="kills in all; default: 500")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the moments; default: 0")
    parser.add_argument("--command", action="append", choices=NAMES, help="only this one; may be repeated")
    options = parser.parse_args()
    names = options.command or NAMES
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        work_once(patch)
        for number, name in enumerate(names):
            place = Path(folder, name)
            place.mkdir()
            with contextlib.redirect_stdout(io.StringIO()):
                setting = Cached(place) if name == CHECK else Setting(place, COMMANDS[name])
            share = options.rounds // len(names) + (number < options.rounds % len(names))
            print(f"{name}: {summed(kills(setting, share, random.Random(options.seed)))}", flush=True)
    return 0


def kills(setting: Setting | Cached, rounds: int, chance: random.Random) -> Counter[str]:
    """Kill a command that often, until it did not end before; raises AssertionError where something is lost."""
    started = time.monotonic()
    setting.reset()
    run(setting.work, setting.log)
    lasts = time.monotonic() - started  # on a busy machine, sometimes longer than another run
    ends: Counter[str] = Counter()
    while ends.total() - ends["ended before"] < rounds:
        setting.reset()
        after = chance.uniform(0, 0.8 * lasts)
        child = begin(setting.work, setting.log, "none", 0)
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        code = code_of(os.waitpid(child, 0)[1])
        what = setting.judge(code, f"killed after {after:.3f} s")
        ends["ended before" if code is not None else what] += 1
    return ends


def summed(ends: Counter[str]) -> str:
    """The figures in one line."""
    kills = ends.total() - ends["ended before"]
    return f"{kills} kills, " + ", ".join(f"{count} {what}" for what, count in sorted(ends.items()))


if __name__ == "__main__":
    sys.exit(main())
