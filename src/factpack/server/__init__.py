"""A language server: what `factpack check` finds, while it is typed.

`serve` needs pygls, the extra `factpack[server]`; what else is here knows nothing of it.
"""
