"""Fuzz one target, guided by coverage, and say what came of it.

    python -P tests/fuzz/run.py TARGET SECONDS [--runs NUMBER] [--keep]

It begins with the corpus that is kept, and `--keep` writes the new one. With `--runs` it ends after so
many inputs, which are the same each time. Every crash of another kind is one file in the
folder that is named; once mended, its bytes go to tests/fuzz/crashers/TARGET.txt, which the tests replay.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from fuzz.corpus import FOLDER, TARGETS, keep, kept, share, target

SLOW = 20
"""Seconds after which an input is one that hangs."""
MEBIBYTES = 2048
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where targets write, sooner than to a disk."""


def run(name: str, seconds: int, work: Path, runs: int = 0) -> dict[str, object]:
    """Fuzz a target in processes of its own, the next where one ends; the figures."""
    inputs, crashes = work / "corpus", work / "crashes"
    for folder in (inputs, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    for data in (*target(name).SEEDS, *kept("corpus", name), *kept("crashers", name)):
        (inputs / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
    executions, edges, end = 0, 0, time.monotonic() + seconds
    with (work / "log").open("ab") as log, tempfile.TemporaryDirectory(prefix="fuzz-", dir=MEMORY) as scratch:
        # One thread is quicker for what is so small.
        alone = os.environ | {"TMPDIR": scratch, "OMP_NUM_THREADS": "1"}
        while (left := int(end - time.monotonic())) > 0:
            command = [sys.executable, "-P", __file__, name, str(left), "--runs", str(runs), "--within", str(work)]
            start = log.tell()
            subprocess.run(command, stdout=log, stderr=log, env=alone, check=False)
            said = (work / "log").read_bytes()[start:].decode("utf-8", "replace")
            executions += int((re.findall(r"number_of_executed_units: (\d+)", said) or ["0"])[-1])
            edges = max([edges, *map(int, re.findall(r"cov: (\d+)", said))])
            if runs:
                break
    return {
        "target": name, "seconds": seconds, "executions": executions, "edges": edges,
        "crashes": sorted(path.name for path in crashes.iterdir()),
    }  # fmt: skip


def weighed(name: str, inputs: Path) -> str:
    """Keep the few inputs that reach as much as all do; which share of the target's lines that is."""
    keep(name, [path.read_bytes() for path in inputs.iterdir()])
    reached, there = share(name, kept("corpus", name))
    return f"{reached} of {there}"


def _fuzz(name: str, seconds: int, work: Path, runs: int) -> None:
    """What the inner process does; it never returns."""
    import atheris

    dictionary = FOLDER / "dictionaries" / f"{name}.dict"
    with atheris.instrument_imports(include=list(_modules(name)), enable_loader_override=False):
        module = target(name)
    seen: set[str] = set()

    def one(data: bytes) -> None:
        try:
            module.check(data)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__}-{Path(place.filename).stem}-{place.lineno}"
            if kind not in seen:
                seen.add(kind)
                (work / "crashes" / kind).write_bytes(data)
                traceback.print_exc()

    arguments = [
        sys.argv[0], f"-max_total_time={seconds}", f"-max_len={module.LONGEST}", f"-timeout={SLOW}",
        f"-rss_limit_mb={MEBIBYTES}", "-print_final_stats=1", f"-artifact_prefix={work}/crashes/",
        *([f"-runs={runs}", "-seed=1"] if runs else []),
        *([f"-dict={dictionary}"] if dictionary.exists() else []), str(work / "corpus"),
    ]  # fmt: skip
    atheris.Setup(arguments, one)
    atheris.Fuzz()


def _modules(name: str) -> Sequence[str]:
    """What a target's modules are, read without importing them before they are instrumented."""
    text = (FOLDER / f"{name}.py").read_text("utf-8")
    return re.findall(r'"([\w.]+)"', next(line for line in text.splitlines() if line.startswith("MODULES")))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("seconds", type=int)
    parser.add_argument("--runs", type=int, default=0, help="inputs after which it ends")
    parser.add_argument("--keep", action="store_true", help="write the target's corpus anew, and say what it reaches")
    parser.add_argument("--within", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.within:
        _fuzz(options.target, options.seconds, options.within, options.runs)
    else:
        work = Path(tempfile.mkdtemp(prefix=f"fuzz-{options.target}-"))
        print(work, file=sys.stderr)
        figures = run(options.target, options.seconds, work, options.runs)
        if options.keep:
            figures["lines"] = weighed(options.target, work / "corpus")
        print(json.dumps(figures))
