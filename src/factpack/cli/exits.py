"""Exit codes, the same for every command."""

from __future__ import annotations

CLEAN, FINDINGS, USAGE, NOTHING = 0, 1, 2, 3
"""Exit codes: clean, findings, usage or configuration or internal error, nothing to check."""
