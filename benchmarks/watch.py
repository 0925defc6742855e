"""How long after a file is saved `factpack check --watch` has printed what is found, on a copy of the flagship.

    python benchmarks/watch.py

From before the file is written to the line that ends the report: looking for the change and waiting for an editor
to finish are in it. Every save changes a value, so the file is read, validated and compared with its article again.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
FILE = "curation/002_2901b34355e1d899.yaml"
SAVES = 20


def main() -> None:
    """Measure and print one row."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name in ("curation", "schema", "seeds"):
            shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", project)
        command = [sys.executable, "-P", "-m", "factpack", "check", "--watch", "--format", "concise"]
        process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True)
        try:
            times = list(_saves(process, project / FILE))
        finally:
            process.terminate()
            process.wait()
    python = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    print(f"{python}: median of {SAVES} saves {median(times):.0f} ms, {min(times):.0f} to {max(times):.0f} ms")


def _saves(process: subprocess.Popen[str], path: Path) -> list[float]:
    """Milliseconds from each save to the end of its report."""
    content = path.read_text("utf-8")
    times = []
    _read(process)
    for number in range(SAVES):
        time.sleep(0.5)
        changed = content.replace("value: ", "value: 1", 1) if number % 2 == 0 else content
        started = time.perf_counter()
        path.write_text(changed, "utf-8")
        _read(process)
        times.append((time.perf_counter() - started) * 1000)
    return times


def _read(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    for line in process.stdout:
        if line.startswith("Checked "):
            return
    raise SystemExit("it has ended")


if __name__ == "__main__":
    main()
