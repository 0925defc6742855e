"""Property tests draw the same examples every time.

`--every-call` tries every fault of the disk, `--tampered N` other numbers of files, `--ray` a cluster.
"""

from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("factpack", derandomize=True, deadline=None, database=None, max_examples=60)
settings.load_profile("factpack")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-call", action="store_true", help="let every call to the file system fail, not a sample")
    parser.addoption("--ray", action="store_true", help="start a Ray cluster on this machine, and kill a worker of it")
    parser.addoption("--tampered", type=int, default=3000, metavar="N", help="tampered files that two readers compare")


@pytest.fixture(autouse=True, scope="session")
def _own_secret(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests keep in caches is sealed with a secret of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield
