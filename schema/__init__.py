"""The flagship's tables: Viet Nam's people-to-people diplomacy as five articles describe it."""

from . import articles, events, figures, partners, policy, registers, tenures, visits, work

__all__ = ["articles", "events", "figures", "partners", "policy", "registers", "tenures", "visits", "work"]
