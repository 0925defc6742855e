"""Did you mean: the names closest to one that does not exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from factpack.diagnostic import Finding, Fix, Pointer

ALIKE = 0.6
"""The part of their letters that two names share, in the same order, where one may be meant by the other."""


FEW = 20
"""Names of which the one most like another is sought without counting the letters they share first."""


def closest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`, or nothing."""
    names = list(known)
    if len(names) > FEW:
        from rapidfuzz import process
        from rapidfuzz.distance import Indel

        # Never less alike than by `difflib`, and a thousand times as fast.
        found = process.extract(name, names, scorer=Indel.normalized_similarity, score_cutoff=ALIKE, limit=FEW)
        names = [one for one, _, _ in found]
    return next(iter(get_close_matches(name, names, n=1, cutoff=ALIKE)), "")


def unknown(at: Pointer, kind: str, name: str, known: Iterable[str], required: Collection[str] = ()) -> Finding:
    """A finding on a name that does not exist, with the nearest one, or else the known ones.

    `known` may map names to titles, which are shown behind the name suggested; of those `required` is said that
    they are missing.
    """
    near = closest(name, known)
    title = known[near] if near and isinstance(known, Mapping) else ""
    meant = f"; did you mean `{near}`{f' ({title})' if title else ''}?" if near else ""
    meant += " (it is required, and missing)" if near in required else ""
    few = [] if near else list(known)[:20]
    help_ = (f"known: {', '.join(few)}",) if few else ()
    fix = Fix(f"write `{near}`", near, safe=_is_slip(name, near, known)) if near else None
    return Finding(at, f"there is no {kind} `{name[:60]}`{meant}", "not known", help=help_, fix=fix)


def _is_slip(name: str, near: str, known: Iterable[str]) -> bool:
    """Whether only one name can be meant: a letter or two are wrong, and no other name is as near.

    A number tells two names apart, such as those of two years, and in a code each letter does.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(name) < 3 or name.isupper() or [c for c in name if c.isdigit()] != [c for c in near if c.isdigit()]:
        return False
    reach = 1 if len(name) < 8 else 2
    found = process.extract(name, list(known), scorer=OSA.distance, score_cutoff=reach, limit=2)
    return [other for other, _, _ in found] == [near]
