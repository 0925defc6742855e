"""Document ids: "Directive No.12-CT/TW", "25/CT-TTg", "Decree 15/2020/ND-CP", "Resolution 2231"."""

from __future__ import annotations

import re
import unicodedata

from factpack.mention.found import Found
from factpack.mention.phrases import Reader
from factpack.mention.tokens import Tokens

# A number, perhaps a year, and a body of capitals: 12-CT/TW, 25/CT-TTg, 86/2015/QH13, 15/2020/NĐ-CP.
_BODY = "[A-ZĐ]{2}[A-Za-zĐđ0-9]*"
_ID = re.compile(rf"\d{{1,5}}(?:/\d{{4}})?[-/]{_BODY}(?:[-/]{_BODY})*(?![\w-])")
_BARE = re.compile(r"\d{4}-\d{1,5}(?![\w-])|\d{1,5}(?:/\d{2,4})?(?:/[A-Z]+(?:/\d{2,4})?)?(?![\w.,]*\d)")


def read(reader: Reader, index: int) -> Found | None:
    """The document id that begins at this token, its type word and "No." included.

    With a type word or "No." a plain number is an id ("Directive No. 12"); without them only a number
    with a body is ("12-CT/TW"). `unit` is the type ("directive"), `value` the id itself.
    """
    tokens = reader.tokens
    key = tokens.keys[index]
    if "0" <= key[0] <= "9":
        if index + 1 == len(tokens.keys) or tokens.keys[index + 1] not in "-/" or not tokens.glued(index + 1):
            return None
        if index and tokens.glued(index) and tokens.keys[index - 1] in "-/":
            return None  # "ring number VN-1043/HN" is a name of another kind
    elif key not in reader.language.documents:
        return None
    kind = reader.slot("document", index) if tokens.word(index) else None
    at = kind[1] if kind else index
    if kind and tokens.keys[at : at + 3 : 2] == ["(", ")"] and tokens.capital(at + 1):
        at += 3  # "Regulation (EU) 2016/679"
    marker = reader.slot("document_number", at)
    if marker is not None and (kind or marker[1] < len(tokens.keys)):
        at = marker[1]
        if at < len(tokens.keys) and tokens.keys[at] == ".":
            at += 1
    if at >= len(tokens.keys) or not "0" <= tokens.keys[at][0] <= "9":
        return None
    pattern = _BARE if kind else _ID
    match = _ID.match(tokens.text, tokens.starts[at]) or pattern.match(tokens.text, tokens.starts[at])
    if (
        match is None
        or (not kind and "/" not in match[0])
        or (kind and not marker and not _plausible(tokens, index, match[0]))
    ):
        return None
    end = at
    while end < len(tokens.keys) and tokens.starts[end] < match.end():
        end += 1
    value = unicodedata.normalize("NFKC", match[0])
    return Found(
        index, end, "document", value, unit=kind[0] if kind else "", unit_span=(index, kind[1]) if kind else None
    )


def _plausible(tokens: Tokens, index: int, found: str) -> bool:
    """ "Resolution 2231" is an id, "Plan 5 years" or "Order 66," are as good as none without "No."."""
    return bool(re.search(r"[-/]", found)) or (found.isdigit() and len(found) >= 3)
