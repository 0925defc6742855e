"""The cache: one SQLite file of values, each sealed with a secret of the user's that no project can know.

A value is taken only for the key that it was kept under, and with its seal: what a pull request brings along, what
somebody else wrote and what a disk garbled is as if it were not there. Nothing here raises: a cache that cannot be
read or written costs time, and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from factpack.config import Config
from factpack.disk import mode_of
from factpack.files import is_linked

SECRET = 32
"""Bytes of the secret."""

BATCH = 500
"""Names asked for in one query."""

MOST = 900_000_000
"""Bytes of a value: SQLite refuses what is much longer, and such a value is found out again."""

_TABLE = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, about TEXT, key BLOB, seal BLOB, value BLOB)"

_BLAMELESS = {3, 5, 6, 8, 10, 13, 14}
"""SQLite's codes for what another process, the disk or its rights are to blame for, and not the file's content."""

Row = tuple[str, str, bytes, bytes]
"""Name, what it is about, the key and the value."""


class Store:
    """Values by name, in one file. `about` is for those who need it to make the key that they expect."""

    def __init__(self, place: Path, secret: bytes) -> None:
        self._place, self._secret = place, secret
        self._file: Any = None
        if stat.S_ISREG(mode_of(place) or stat.S_IFREG):
            self._asked(self._connect)

    def values(self, names: Sequence[str]) -> Iterator[Row]:
        """What is kept under some names, in no particular order: whoever asks compares the key."""
        for start in range(0, len(names), BATCH):
            some = names[start : start + BATCH]
            query = f"SELECT name, about, key, value, seal FROM kept WHERE name IN ({','.join('?' * len(some))})"
            for name, about, key, value, seal in self._rows(query, some):
                if self._is_sealed((name, about, key, value), seal):
                    yield name, about, key, value

    def keep(self, rows: Sequence[Row]) -> None:
        """Keep values in place of those of the same names: all of them, or none."""
        sealed = [(*row[:3], self._seal(row), row[3]) for row in rows if len(row[3]) <= MOST]
        self._asked(lambda: self._write("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?)", sealed))

    def drop(self, names: Iterable[str]) -> None:
        """Forget values."""
        several = [(name,) for name in names]
        self._asked(lambda: self._write("DELETE FROM kept WHERE name = ?", several))

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _connect(self) -> None:
        import sqlite3

        self._file = sqlite3.connect(self._place, timeout=0.5, isolation_level=None)
        self._file.execute("PRAGMA trusted_schema = OFF")
        self._file.execute("PRAGMA synchronous = NORMAL")
        self._file.execute(_TABLE)

    def _rows(self, query: str, values: Sequence[str]) -> list[Any]:
        return self._asked(lambda: self._file.execute(query, values).fetchall()) or [] if self._file else []

    def _write(self, query: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if self._file is None or not rows:
            return
        self._file.execute("BEGIN IMMEDIATE")
        try:
            self._file.executemany(query, rows)
            self._file.execute("COMMIT")
        except BaseException:
            self._file.rollback()
            raise

    def _asked(self, ask: Any) -> Any:
        """What SQLite answers; None where it cannot, and from then on it is not asked any more."""
        import sqlite3

        try:
            return ask()
        except OSError:
            self.close()
        except (sqlite3.Error, ValueError, OverflowError, MemoryError) as error:  # all of which a garbled file leads to
            self.close()
            if getattr(error, "sqlite_errorcode", 0) & 255 not in _BLAMELESS:
                self._discard()
        return None

    def _discard(self) -> None:
        """Take a file away that is no cache, with what SQLite keeps beside it while it writes."""
        for place in (self._place, self._place.with_name(self._place.name + "-journal")):
            try:
                place.unlink(missing_ok=True)
            except OSError:
                return

    def _is_sealed(self, row: Row, seal: Any) -> bool:
        try:
            return secrets.compare_digest(self._seal(row), seal)
        except (TypeError, AttributeError):
            return False

    def _seal(self, row: Row) -> bytes:
        name, about, key, value = row
        return digest(name, about, key, value, secret=self._secret)


def digest(*parts: bytes | str, secret: bytes = b"") -> bytes:
    """A digest of several parts, to be a key or a part of one; with `secret`, one that only its owner can make."""
    found = hashlib.blake2b(key=secret, digest_size=32)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(content).to_bytes(8, "big"))
        found.update(content)
    return found.digest()


def open_store(config: Config) -> Store | None:
    """A dataset's cache; None where it cannot have one."""
    place = config.root / config.cache / "cache.sqlite"
    try:
        if is_linked(config.root, config.cache) or (secret := _secret()) is None:
            return None
        if not place.parent.is_dir():
            from factpack import staging

            with suppress(FileExistsError), staging.staged(place.parent, replace=False) as folder:
                # Whoever begins with no settings for git is not to commit it.
                staging.fill(folder, [(".gitignore", b"*\n")])
        return Store(place, secret)
    except OSError:
        return None


def _secret() -> bytes | None:
    """The user's secret, made when it is first needed; None where there can be none."""
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "factpack"
        place = folder / "secret"
        if not place.exists() or place.stat().st_size != SECRET:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            place.unlink(missing_ok=True)  # of a run that was cut short while it made it
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(SECRET))
        content = place.read_bytes()
    except (OSError, RuntimeError):
        return None
    return content if len(content) == SECRET else None
