"""How much was checked and found: the last lines of a report, so that no run passes in silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from factpack.reporters.glyphs import shown

_NAMED = 8  # files named in a sentence before it says "and 3 more"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run covered. `milliseconds` is None where the output has to be the same every time.

    `fixable` counts the findings that `factpack check --fix` mends, `unsafe` those that it mends with `--unsafe`
    only, `baselined` those that the baseline knows, `gone` its entries that no longer occur; `unread` names the
    files that could not be read, `lost` counts the records, in files that could.
    """

    files: int = 0
    facts: int = 0
    quotes: int = 0
    values: int = 0
    articles: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    ignored: int = 0
    fixable: int = 0
    milliseconds: float | None = None
    unread: tuple[str, ...] = ()
    lost: int = 0
    baselined: int = 0
    gone: int = 0
    unsafe: int = 0

    def sentences(self) -> Iterator[str]:
        """The closing lines of a report."""
        checked = ", ".join(
            counted(number, noun)
            for number, noun in [
                (self.files, "file"),
                (self.facts, "fact"),
                (self.quotes, "quote"),
                (self.values, "value"),
            ]
        )
        found = [counted(self.errors, "error"), counted(self.warnings, "warning")]
        if self.infos:
            found.append(counted(self.infos, "info"))
        found.append(f"{self.ignored:,} ignored")
        if self.baselined:
            found.append(f"{self.baselined:,} in the baseline")
        against = counted(self.articles, "article")
        yield f"Checked {checked} against {against}{self._duration()}: {', '.join(found)}."
        if self.unread:
            yield f"{counted(len(self.unread), 'file')} could not be read ({self._unread_names()}): " + (
                "its facts were not checked." if len(self.unread) == 1 else "their facts were not checked."
            )
        if self.lost:
            yield f"{counted(self.lost, 'record')} could not be read: what " + (
                "it says was not checked." if self.lost == 1 else "they say was not checked."
            )
        if self.gone:
            occur = "1 entry of the baseline does" if self.gone == 1 else f"{self.gone:,} entries of the baseline do"
            yield f"{occur} not occur any more: `factpack check --write-baseline` takes out what is mended."
        if self.unsafe:
            yield f"{self.unsafe:,} can be mended with `factpack check --fix --unsafe`: see `--diff --unsafe` first."
        if self.fixable:
            yield f"[*] {self.fixable:,} can be mended with `factpack check --fix`."

    def _duration(self) -> str:
        if self.milliseconds is None:
            return ""
        if self.milliseconds < 1000:
            return f" in {self.milliseconds:.0f} ms"
        return f" in {self.milliseconds / 1000:,.1f} s"

    def _unread_names(self) -> str:
        names = [shown(name, 120) for name in self.unread[:_NAMED]]
        if (more := len(self.unread) - _NAMED) > 0:
            names.append(f"and {more:,} more")
        return ", ".join(names)


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 file`, `2 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
