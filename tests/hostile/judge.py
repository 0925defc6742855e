"""What is wrong with the outcome of a case: nothing may be, whatever the input was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from hostile.project import CANARY, SLOWER, WITNESS, Case

LONGEST = 2_000_000
"""Characters of output, whatever the input."""
KEPT = {f"project/.factpack{path}" for path in ("", "/.gitignore", "/cache.sqlite")}
"""What any check may write: what it found, for the next one."""
ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ud800-\udfff]"
)
COMMAND = re.compile(r"^\s*::.*::|##\[", re.MULTILINE)


def complaints(case: Case, outcome: Mapping[str, Any]) -> Iterator[str]:
    """Sentences; none where everything is as it must be."""
    code, output = outcome["code"], outcome["stdout"] + outcome["stderr"]
    if code < 0:
        yield f"ended by signal {-code} after {outcome['seconds']:.1f} s of computing"
        return
    for word in ("Traceback", "internal error"):
        if word in output:
            yield f"{word}: {output[-600:]}"
    if outcome["seconds"] > SLOWER * case.seconds:
        yield f"{outcome['seconds']:.1f} s of computing, {SLOWER * case.seconds:.0f} at most"
    if CANARY in output:
        yield "what stands outside the project is in the output"
    if changed := [path for path in outcome["changed"] if path not in KEPT and path not in case.writes]:
        yield f"written: {changed}"
    if found := ACTING.search(output):
        yield f"U+{ord(found[0]):04X} in the output"
    if "github" not in case.arguments and (found := COMMAND.search(output)):
        yield f"a workflow command in the output: {output[found.start() : found.start() + 80]!r}"
    if len(output) > LONGEST:
        yield f"{len(output):,} characters of output"
    yield from (f"not said: {words!r}" for words in case.says if words not in output)
    yield from (f"said: {words[:80]!r}" for words in case.never if words in output)
    yield from _report(case, outcome) if case.is_report else _code(case.code, code)


def _report(case: Case, outcome: Mapping[str, Any]) -> Iterator[str]:
    try:
        report = json.loads(outcome["stdout"])
    except ValueError:
        yield f"no report, exit code {outcome['code']}: {outcome['stderr'][:600]}"
        return
    findings = [one for one in report["findings"] if one["severity"] != "info"]
    found = {(one["rule"], one["file"]) for one in findings}
    expected = found if case.found is None else case.found | ({WITNESS} if case.witness else set())
    if missing := sorted(expected - found):
        yield f"not found: {missing}"
    if extra := sorted(found - expected):
        said = {(one["rule"], one["file"]): one["message"][:100] for one in findings}
        yield f"found, too: {[(*pair, said[pair]) for pair in extra]}"
    errors = any(one["severity"] == "error" for one in findings)
    yield from _code(case.code if case.code is not None else int(errors), outcome["code"])


def _code(expected: int | None, code: int) -> Iterator[str]:
    if expected is not None and code != expected:
        yield f"exit code {code} instead of {expected}"
