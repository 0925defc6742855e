"""All cases by their name."""

from __future__ import annotations

from hostile import configuration_cases, file_cases, mixed_cases, output_cases, source_cases, yaml_cases
from hostile.project import Case

_EVERY = [
    case
    for module in (yaml_cases, source_cases, file_cases, configuration_cases, mixed_cases, output_cases)
    for case in module.cases()
]
CASES: dict[str, Case] = {case.name: case for case in _EVERY}
assert len(CASES) == len(_EVERY), "two cases have one name"
