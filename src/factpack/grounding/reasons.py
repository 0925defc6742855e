"""Values that no words of a quote state: a curator's judgement, an outside source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from factpack.grounding.support import Basis, Context, Support


@dataclass(frozen=True, slots=True)
class Judged:
    """The curator's reading, by the codebook; `why` is published with every value."""

    why: str
    basis: Basis = "judged"

    def find(self, value: Any, context: Context) -> Support:
        return Support("judged", context.quotes, reason=self.why)


@dataclass(frozen=True, slots=True)
class External:
    """A code list or other outside source; `source` names it with its version."""

    source: str
    basis: Basis = "external"

    def find(self, value: Any, context: Context) -> Support:
        return Support("external", reason=self.source)
