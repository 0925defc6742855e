"""The values that nothing supports, by the rule that reports them."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article, Statement
from factpack.diagnostic import Finding, Fix, Pointer
from factpack.grounding import Problem


def unsupported(article: Article, rule: str) -> Iterator[Finding]:
    """One finding for every value whose grounding broke this rule."""
    for statement, problem in article.problems:
        if _rule(statement, problem) == rule:
            yield _finding(article, statement, problem)


def _rule(statement: Statement, problem: Problem) -> str:
    """An element of a list has words of its own, or is the odd one out."""
    listed = len(statement.steps) > 1 and problem.rule in ("name-not-in-quote", "country-not-in-quote")
    return "list-item-not-in-quote" if listed else problem.rule


def _finding(article: Article, statement: Statement, problem: Problem) -> Finding:
    value = " ".join(str(statement.value).split())
    shown = value if len(value) <= 60 else value[:59] + "…"
    name = statement.field.name
    meant = problem.meant()
    fix = Fix(f"write {meant}", meant, safe=False) if meant else None
    at = statement.entry.at(*statement.steps) if statement.typed else statement.entry.at()
    related = _related(article, statement, problem)
    help_ = (f"note: if the text lets one know it all the same, say how: `judged: {{{name}: why}}`",)
    return Finding(at, f"`{name}: {shown}`, but {problem.message}", "you wrote this", related, help_, fix)


def _related(article: Article, statement: Statement, problem: Problem) -> tuple[tuple[Pointer, str], ...]:
    if article.source is None:
        return ()
    if problem.instead:
        return tuple((article.source.at(*span), label) for span, label in problem.instead)
    spans = [placed.span for placed in article.quotes_of(statement.entry) if placed.span]
    return tuple((article.source.at(*span), "the quote") for span in spans[:2])
