"""The findings of a check as Markdown, from its JSON, which a stranger may have written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, NonNegativeInt

from factpack.diagnostic import Severity
from factpack.reporters.glyphs import shown
from factpack.reporters.markdown import code, inert
from factpack.reporters.summary import Summary, counted

_NUMBER = 10**9

Number = Annotated[NonNegativeInt, Field(le=_NUMBER)]
"""A line, column or count; larger ones are nobody's."""


class Related(BaseModel):
    """Another place that a finding points at."""

    file: str
    line: Number
    column: Number
    label: str


class Mending(BaseModel):
    """What a finding offers to write instead."""

    title: str
    safe: bool


class Finding(BaseModel):
    """One finding: where, what, and how to mend it."""

    rule: str
    severity: Severity
    file: str
    line: Number
    column: Number
    message: str
    related: list[Related]
    help: list[str]
    fix: Mending | None


def _bounded(summary: Summary) -> Summary:
    for name in Summary.__dataclass_fields__:
        value = getattr(summary, name)
        if isinstance(value, int | float) and not 0 <= value <= _NUMBER:
            raise ValueError(f"{name} is out of bounds")
    return summary


class Findings(BaseModel):
    """What `check --format json` told."""

    findings: list[Finding]
    summary: Annotated[Summary, AfterValidator(_bounded)]


def read(data: Any) -> Findings:
    """The findings in parsed JSON; raises ValueError."""
    return Findings.model_validate(data)


def head(found: Findings) -> Iterator[str]:
    """How many there are, and how much was checked."""
    number = Counter(one.severity for one in found.findings)
    said = " and ".join(counted(number[severity], severity) for severity in Severity if number[severity])
    yield f"## The check found {said or 'nothing to mend'}"
    yield ""
    for sentence in found.summary.sentences():
        # Each is a paragraph of its own.
        yield inert(shown(sentence, 1500))
        yield ""


def blocks(found: Findings) -> Iterator[Sequence[str]]:
    """The findings as list items, the worst first: each is shown whole or left out."""
    for severity in Severity:
        for one in found.findings:
            if one.severity is severity:
                yield [*_item(one)]


def _item(finding: Finding) -> Iterator[str]:
    place = code(f"{finding.file}:{finding.line}:{finding.column}")
    yield f"- **{finding.severity}** {code(finding.rule)} {place}"
    yield f"  - {inert(shown(finding.message))}"
    for other in finding.related[:2]:
        yield f"  - {inert(shown(other.label or 'see'))}: {code(f'{other.file}:{other.line}:{other.column}')}"
    for line in finding.help[:3]:
        yield f"  - {inert(shown(line))}"
    if finding.fix and not any(finding.fix.title in line for line in finding.help):
        command = f"factpack check --fix{'' if finding.fix.safe else ' --unsafe'}"
        yield f"  - {inert(shown(finding.fix.title))}: `{command}` does it"


def remainder(left: int, total: int) -> str:
    """The sentence that says how many findings are left out."""
    return f"{left:,} of {counted(total, 'finding')} {'is' if left == 1 else 'are'} left out here: the log lists them."
