"""Property tests draw the same examples every time."""

from hypothesis import settings

settings.register_profile("factpack", derandomize=True, deadline=None, database=None, max_examples=60)
settings.load_profile("factpack")
