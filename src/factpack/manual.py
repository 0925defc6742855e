"""The rules' manual: one page of a rule, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.checks import GROUPS, RULES, rule_name

FRESH = "factpack explain --format md > docs/rules.md"
"""The command that writes the list for the documentation."""


def page(rule: str) -> Iterator[str]:
    """Why a rule is there and how to mend a finding, a bad and a good example, and how to let one stand."""
    check = RULES[rule]
    yield f"{rule} ({check.SEVERITY})"
    yield ""
    yield (check.__doc__ or "").strip()
    yield ""
    yield "To let one finding stand, say why, behind the line that it points at:"
    yield ""
    yield f"    # factpack: ignore[{rule}] the reason, in your own words"
    yield ""
    yield "A finding that points at no line of a curation file can only be kept in the baseline (--write-baseline)."


def pages(format_: str) -> Iterator[str]:
    """All rules, grouped, one line each: as text, or as Markdown (`md`)."""
    if format_ == "md":
        yield "# Rules"
        yield ""
        yield f"What `factpack check` looks for; `factpack explain RULE` says more. Written by `{FRESH}`."
    for heading, checks in GROUPS.items():
        yield ""
        yield f"## {heading}" if format_ == "md" else heading
        if format_ == "md":
            yield from ("", "| rule | weight | a finding says |", "|---|---|---|")
        for check in checks:
            rule, says = rule_name(check), (check.__doc__ or "").strip().splitlines()[0]
            if format_ == "md":
                yield f"| `{rule}` | {check.SEVERITY} | {says} |"
            else:
                yield f"  {rule:<34} {check.SEVERITY:<8} {says}"
