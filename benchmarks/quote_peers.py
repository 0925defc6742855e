"""Ask a peer which quotes it finds; run by the Python of the environment that the peer is installed in.

    python quote_peers.py linkml-reference-validator < questions.json > answers.json

The questions are `{"sources": [text, ...], "cases": [[number of the source, quote], ...]}`, the answer is
`{"version": ..., "ways": {way of use: [accepted, ...]}}`. Only the standard library is used besides the peer.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

Cases = list[tuple[Path, str]]


def linkml(cases: Cases, folder: Path) -> Iterator[tuple[str, list[bool]]]:
    """What `linkml-reference-validator validate text QUOTE file:SOURCE` does, for every quote."""
    from linkml_reference_validator.models import ReferenceValidationConfig
    from linkml_reference_validator.validation.supporting_text_validator import SupportingTextValidator

    for name, least in (("by default", 0), ("min_excerpt_length: 20", 20)):
        config = ReferenceValidationConfig(cache_dir=folder / f"cache-{least}", min_excerpt_length=least)
        validator = SupportingTextValidator(config)
        yield name, [validator.validate(quote, f"file:{path}").is_valid for path, quote in cases]


def citations(cases: Cases, folder: Path) -> Iterator[tuple[str, list[bool]]]:
    """What `citations verify` does for every quote of a claims file: `found`, and `found` with no warning."""
    from citations import check_one

    results = [check_one(quote, path) for path, quote in cases]
    yield "found", [result.state == "found" for result in results]
    yield "found, no warning", [result.state == "found" and not result.warnings for result in results]


PEERS = {"linkml-reference-validator": linkml, "citations": citations}


def main() -> None:
    name = sys.argv[1]
    questions = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        paths = [folder / f"{number}.txt" for number in range(len(questions["sources"]))]
        for path, text in zip(paths, questions["sources"], strict=True):
            path.write_bytes(text.encode("utf-8"))
        cases = [(paths[number], quote) for number, quote in questions["cases"]]
        answer: dict[str, Any] = {"version": version(name), "ways": dict(PEERS[name](cases, folder))}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
