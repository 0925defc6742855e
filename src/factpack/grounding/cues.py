"""Values of closed lists, carried by words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from factpack.grounding.support import Basis, Context, Problem, Span, Support, unsupported


@dataclass(frozen=True, eq=False)
class Cue:
    """A value of a closed list, carried by one of its words; `default` needs none.

    `contradicted_by` names values whose words contradict the default: "planned" in the quote of a visit
    that is said to have been realised. `yields` maps a value to others whose words are stronger: "will" says
    planned, but not in "it is expected that it will". Where every value needs a word, quotes that only give
    context are looked at where no word of the others says anything.
    """

    words: Mapping[Any, Sequence[str]]
    default: Any = None
    contradicted_by: Sequence[Any] = ()
    yields: Mapping[Any, Sequence[Any]] = field(default_factory=dict)
    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        apart = context.stating and context.stating != context.quotes
        stating = replace(context, quotes=context.stating) if apart else context
        if self.default is None and any(self._spans(known, stating) for known in self.words):
            context = stating
        own = self._spans(value, context)
        if own and self.default is None and (broader := self._broader(value, own, context)):
            start, end = broader
            message = f"the quotes count it among others: “{context.source.original[start:end]}”"
            return Support(problem=Problem("status-contradicts-cue", message, ((broader, "what all of them are"),)))
        if own and not any(self._spans(other, context) for other in self.yields.get(value, ())):
            return Support(spans=own)
        if _cue_key(value) != _cue_key(self.default):
            known = ", ".join(f"“{word}”" for word in self._words(value)) or "none is known"
            said = _cue_key(value)
            return unsupported("status-contradicts-cue", f"no word of the quotes says `{said}` (words for it: {known})")
        for other in self.contradicted_by:
            if spans := self._spans(other, context):
                shown = tuple((span, f"this says `{other}`") for span in spans)
                message = f"the quotes say `{other}`, not `{value}`"
                return Support(problem=Problem("status-contradicts-cue", message, shown, partial(str, other)))
        return Support("judged", context.quotes, reason="no word of the quotes says otherwise")

    def _broader(self, value: Any, own: Sequence[Span], context: Context) -> Span | None:
        """The word of another value that all words of this one are only examples of: "resolutions and other papers"."""
        before, behind = _OTHERS.get(context.language.partition("-")[0], (_NEVER, _NEVER))
        for word in (word for key in self.words if _cue_key(key) != _cue_key(value) for word in self._words(key)):
            for start, end in context.where(word, exact=False):
                quote = next((q for q in context.quotes if q[0] <= start and end <= q[1]), (start, end))
                printed = context.source.original
                among = before.search(printed[quote[0] : start]) and behind.match(printed, end)
                if among and all(quote[0] <= span[0] < start for span in own):
                    return start, end
        return None

    def _words(self, value: Any) -> Sequence[str]:
        return self._by_key.get(_cue_key(value), ())

    @cached_property
    def _by_key(self) -> Mapping[Any, Sequence[str]]:
        return {_cue_key(value): words for value, words in self.words.items()}

    def _spans(self, value: Any, context: Context) -> tuple[Span, ...]:
        return tuple(span for word in self._words(value) for span in context.where(word, exact=False))


def _cue_key(value: Any) -> Any:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


_OTHERS = {
    "en": (re.compile(r"\b(?:and|or) other\s+$", re.IGNORECASE), re.compile("")),
    "fr": (re.compile(r"\b(?:et|ou) (?:d['’])?autres\s+$", re.IGNORECASE), re.compile("")),
    "vi": (re.compile(r"\b(?:và|hoặc|hay) (?:(?:các|những|nhiều)\s+)?$", re.IGNORECASE), re.compile(r"\s+khác\b")),
}
"""The words before and behind the kind that all of a list belong to, by language."""
_NEVER = re.compile(r"(?!)")
