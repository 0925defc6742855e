"""A dataset that lies elsewhere: of its files only those are fetched that somebody looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factpack.baseline import NAME as BASELINE
from factpack.config import FILE, Config, ConfigurationError, load_config
from factpack.files import Listing, Unreadable, listing_of
from factpack.scratch import scratch
from factpack.survey.contents import Contents
from factpack.survey.examiner import Examiner
from factpack.survey.late import LateFiles
from factpack.text import Text

INSTALL = "needs fsspec and what it reads this kind of address with: pip install 'factpack[daft]', for s3:// s3fs"


@dataclass(frozen=True, slots=True)
class Place:
    """An address that fsspec reads, such as s3://bucket/folder; it takes rights and endpoint from the environment."""

    url: str

    def _opened(self) -> tuple[Any, str]:
        """The file system and the root in it."""
        try:
            import fsspec

            system, root = fsspec.core.url_to_fs(self.url)
        except (ImportError, ValueError) as error:
            raise ConfigurationError(f"{self.url} {INSTALL} ({error})") from None
        return system, str(root).rstrip("/")

    def read(self, path: str, limit: int) -> bytes:
        """A file's bytes; raises Unreadable where there is none, or above `limit` bytes."""
        system, root = self._opened()
        try:
            if (size := system.info(f"{root}/{path}")["size"]) > limit:
                raise Unreadable(path, f"this file has {size} bytes; the limit (max_file) is {limit}")
            content: bytes = system.cat_file(f"{root}/{path}")
        except OSError as error:
            raise Unreadable(path, f"this file cannot be opened: {error.strerror or error}") from None
        return content

    def below(self, folder: str) -> list[str]:
        """The files below a folder, as paths from the root."""
        system, root = self._opened()
        return sorted(str(path).removeprefix(f"{root}/") for path in system.find(f"{root}/{folder}"))

    def listing(self, config: Config) -> Listing:
        """The files of a dataset that lies here."""
        return listing_of(self.below(config.curation), self.below(config.sources), config.curation, config.sources)

    def fetch(self, path: str, folder: Path, limit: int = 100_000_000) -> None:
        """Copy a file to a folder of this machine; raises Unreadable."""
        if ".." in path.split("/"):
            raise Unreadable(path, "this path leads out of the project")
        target = folder / path
        if not target.exists():
            content = self.read(path, limit)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    def mirrored(self, folder: Path) -> Config:
        """Copy what no check does without: configuration, models, registers; raises ConfigurationError."""
        try:
            self.fetch(FILE, folder)
            config = load_config(folder)
            models = [path for path in self.below(config.schema) if "__pycache__" not in path]
            for path in (*models, *self.below(f"{config.curation}/registers")):
                self.fetch(path, folder)
        except Unreadable as error:
            raise ConfigurationError(f"{self.url}/{error.path}: {error.why}") from None
        with suppress(Unreadable):
            self.fetch(BASELINE, folder)
        return config


@dataclass(frozen=True, eq=False)
class FarExaminer(Examiner):
    """Looks at articles of a dataset that lies at `place`, from any machine."""

    place: Place

    @contextmanager
    def here(self) -> Iterator[Config]:
        """The configuration, with the models and registers below its root; fetched where they are not, and removed."""
        if (self.config.root / FILE).exists():  # the machine where the command was given
            yield self.config
            return
        with scratch() as folder:
            yield self.place.mirrored(folder)

    def read(self, path: str) -> bytes:
        """A file's bytes; raises Unreadable."""
        return self.place.read(path, self.config.max_file)


class FarFiles(LateFiles):
    """Files that are fetched when somebody looks at them."""

    def __init__(self, place: Place, config: Config, paths: Iterable[str], sources: Iterable[str]) -> None:
        paths = list(paths)
        super().__init__(Contents(config, frozenset([FILE, *paths, *sources]), (), None), paths)
        self._place, self._config = place, config

    def text_of(self, path: str) -> Text:
        """The text of any file; one and the same each time."""
        with suppress(Unreadable):
            self._place.fetch(path, self._config.root, self._config.max_file)
        return super().text_of(path)
