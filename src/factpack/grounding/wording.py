"""Texts: word for word, or in the words of the quotes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from factpack.grounding.amounts import NUMERIC
from factpack.grounding.support import CONTENT_WORD, Basis, Context, Span, Support, unsupported
from factpack.mention import Mention, mentions
from factpack.mention.tokens import Tokens
from factpack.nearest import likeliest, nearest
from factpack.quote import fold_quote, plain

WORDING_MAX_FOREIGN = 1 / 3
"""The share of a wording's content words that need not come from its quotes."""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """The value stands in a quote word for word."""

    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        spans = context.where(str(value))
        if spans:
            return Support(spans=spans)
        meant = partial(self._meant, str(value), context)
        return unsupported("value-not-in-quote", "the quotes do not have these words", meant=meant)

    def _meant(self, text: str, context: Context) -> str | None:
        near = next(filter(None, (nearest(context.source, text, quote) for quote in context.quotes)), None)
        return " ".join(context.source.original[slice(*near.span)].split()) if near else None


_ORDINAL = re.compile(r"\b\d+[^\W\d_]{1,3}\s+$")
"""The number of an assembly is a part of its name."""

_COUNTS = {*NUMERIC, "date"}


@dataclass(frozen=True, slots=True)
class Wording:
    """Free text in the words of the quotes: every number, date, document, country and name of it must stand
    in them, and its content words, stemmed, must come from them but for a third."""

    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        own = text = fold_quote(str(value))
        negation = NEGATIONS.get(context.language.partition("-")[0])
        denied = negation.search(text) if negation else None
        as_typed = context.as_typed(text)
        if as_typed and not denied and context.silent(*as_typed):
            return Support(spans=context.quotes, repeated=())
        tokens = Tokens(text)
        named = list(context.names_in(tokens))
        repeated = {("name", mention.value) for mention in named}
        for mention in mentions(tokens, language=context.language, date=context.published):
            if mention.kind in ("name", "date") and mention.basis == "derived_relative":
                continue
            if mention.value and not any(m.value == mention.value and m.kind == mention.kind for m in context.mentions):
                printed = text[mention.start : mention.end]
                same = [m for m in context.mentions if m.kind == mention.kind or {m.kind, mention.kind} <= _COUNTS]
                meant = partial(_reworded, str(value), printed, same, context)
                return unsupported("value-not-in-quote", f"the quotes do not have “{printed}”", same, meant)
            if mention.value:
                repeated.add((mention.kind, mention.value))
                # What it states is in the quotes, be it in other words: 49 for forty-nine.
                own = own[: mention.start] + " " * (mention.end - mention.start) + own[mention.end :]
        if foreign_name := self._foreign_name(text, named, context) if named else "":
            around = [m for m in context.mentions if m.kind in ("name", "country")]
            meant = partial(_reworded, str(value), foreign_name, around, context)
            message = f"the quotes do not have the name “{foreign_name}”"
            return unsupported("value-not-in-quote", message, around, meant)
        if denied and negation and not any(negation.search(context.source.original, *span) for span in context.quotes):
            return unsupported("value-not-in-quote", f"the quotes do not have “{denied[0]}”")
        words = () if as_typed else dict.fromkeys(CONTENT_WORD.findall(plain(own)))
        allowed = WORDING_MAX_FOREIGN * len(words)
        foreign = [word for word in words if word not in context.content_words]
        if len(foreign) > allowed:  # Stemming costs more than all else here, and most words are the quotes' own.
            stems = {_stem(word, context.language) for word in context.content_words}
            foreign = [word for word in foreign if _stem(word, context.language) not in stems]
        if len(foreign) > allowed:
            listed = ", ".join(foreign[:8])
            return unsupported("wording-not-from-quote", f"these words are not the quotes' own: {listed}")
        again = tuple((m.start, m.end) for m in context.mentions if repeated and (m.kind, m.value) in repeated)
        return Support(spans=context.quotes, repeated=again)

    def _foreign_name(self, text: str, found: Sequence[Mention], context: Context) -> str:
        """The first registered name of a text that the quotes have in none of its forms."""
        named: dict[Span, set[str]] = {}
        for mention in found:
            named.setdefault((mention.start, mention.end), set()).add(mention.value)
        printed = context.source.original
        places = [m for m in context.mentions if m.kind in ("name", "country")]
        for (start, end), identities in named.items():
            # A common noun is nobody's name: "Chilean citizens" are not named by "citizen-led".
            common = text[start:end].islower()
            own = [m for m in places if m.value in identities and (common or not printed[m.start : m.end].islower())]
            spans = [(m.start, m.end) for m in own] or context.where(text[start:end], exact=False)
            unnumbered = not _ORDINAL.search(text[max(0, start - 9) : start]) and not common
            if not spans or (unnumbered and all(_ORDINAL.search(printed[max(0, at - 9) : at]) for at, _ in spans)):
                return text[start:end]
        return ""


def _reworded(text: str, foreign: str, stated: Sequence[Mention], context: Context) -> str | None:
    """The text with what the quotes do not have replaced by the one thing in them that may have been meant."""
    printed = (" ".join(context.source.original[m.start : m.end].split()) for m in stated)
    meant = likeliest(foreign, (words for words in printed if words not in text))
    return text.replace(foreign, meant) if meant and text.count(foreign) == 1 else None


class Negation:
    """The words that deny in a language, as a pattern; `parts` are what one of them has in it."""

    def __init__(self, pattern: str, parts: Sequence[str]) -> None:
        self._pattern = re.compile(pattern, re.IGNORECASE)
        self._parts = parts

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first such word between two offsets."""
        return next(self.finditer(text, start, end), None)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All such words between two offsets."""
        lower = text[start:end].lower()
        # Most texts have none, and are not searched for a pattern.
        return self._pattern.finditer(text, start, end) if any(part in lower for part in self._parts) else iter(())


NEGATIONS = {
    "en": Negation(
        r"\b(?:(?<!\bor )not(?! (?:only|just|merely|simply|least|to mention)\b)|never|neither|nor|cannot|nobody)\b"
        r"|n['’]t\b|\b(?:refus|fail|declin)(?:es?|ed|ing|s)? to\b|\bnone of\b"
        r"|(?<![^.!?;:\n] )(?<!\w)(?-i:No)(?= [a-z])(?! (?:doubt|wonder|matter|sooner|longer|later)\b)",
        ("not", "nev", "nei", "nor", "n't", "n’t", "nob", "none", "no ", "refus", "fail", "declin"),
    ),
    "vi": Negation(
        r"\b(?:(?<!hàng )không(?! (?:chỉ|những|khí|gian|quân|lâu|ngừng|kể)\b)|chưa(?! từng có\b)|chẳng|từ chối)\b",
        ("không", "chưa", "chẳng", "từ chối"),
    ),
    "fr": Negation(r"\b(?:ne|jamais)\b|\bn['’]", ("ne", "jamais", "n'", "n’")),
}
"""The words that deny, by language; not "not only", nor "không" in "hàng không" (aviation)."""


@lru_cache(maxsize=65536)
def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    return str(stemmer.stemWord(word)) if stemmer else word


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Any:
    import snowballstemmer

    names = {"en": "english", "fr": "french", "de": "german", "es": "spanish", "pt": "portuguese", "it": "italian"}
    name = names.get(language.partition("-")[0])
    return snowballstemmer.stemmer(name) if name else None
