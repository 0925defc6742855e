"""Diagnostics as text, annotations, SARIF and other formats.

A reporter is a module with one function `report` that yields lines without line ends. It is imported
when its format is asked for, so that a run without findings pays for none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Protocol

from factpack.diagnostic import Diagnostic
from factpack.reporters.background import NO_BACKGROUND, Background
from factpack.reporters.summary import Summary

__all__ = ["FORMATS", "Report", "Summary"]


class Report(Protocol):
    """How every format is called."""

    def __call__(
        self,
        diagnostics: Sequence[Diagnostic],
        summary: Summary,
        *,
        color: bool = False,
        width: int = 100,
        background: Background = NO_BACKGROUND,
    ) -> Iterator[str]:
        """Lines to print; `background` is for formats that carry more than the findings."""
        ...


def _late(module: str) -> Report:
    def report(
        diagnostics: Sequence[Diagnostic],
        summary: Summary,
        *,
        color: bool = False,
        width: int = 100,
        background: Background = NO_BACKGROUND,
    ) -> Iterator[str]:
        reporter: Report = import_module(f"factpack.reporters.{module}").report
        yield from reporter(diagnostics, summary, color=color, width=width, background=background)

    return report


FORMATS: Mapping[str, Report] = MappingProxyType(
    {
        "full": _late("full"),
        "concise": _late("concise"),
        "json": _late("json_report"),
        "jsonl": _late("jsonl"),
        "github": _late("github"),
        "sarif": _late("sarif"),
        "rdjson": _late("rdjson"),
    }
)
"""The formats by the name that `--format` takes; findings come out in the order in which they are given."""
