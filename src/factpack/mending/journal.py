"""A change of several files that is cut short is finished by the next command, or had not begun.

While files are replaced, a journal says what each of them held and is to hold. What it is to hold lies beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from factpack import baseline, staging
from factpack.config import Config, ConfigurationError
from factpack.disk import mode_of
from factpack.files import UNFINISHED, Unreadable, is_linked, read_bytes

_LIMIT = 10_000_000


def new_beside(place: Path) -> Path:
    """Where a file's next content lies until it takes the file's place."""
    return place.with_name(f".{place.name}.factpack-new")


def old_beside(place: Path) -> Path:
    """Where a file's earlier content lies until all files are replaced."""
    return place.with_name(f".{place.name}.factpack-old")


def begin(root: Path, changes: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Write down what these files hold and are to hold, path -> (old, new), if they are several; raises Unreadable."""
    if mode_of(root / UNFINISHED):
        raise Unreadable(UNFINISHED, "an earlier change was cut short: `factpack check` finishes it")
    if len(changes) < 2:
        return
    if is_linked(root, UNFINISHED):
        raise Unreadable(UNFINISHED, "this is, or lies behind, a symbolic link: nothing is written there")
    files = {path: [_digest(old), _digest(new)] for path, (old, new) in changes.items()}
    staging.write(root / UNFINISHED, json.dumps(files, indent=1).encode())


def end(root: Path, paths: Iterable[str]) -> None:
    """Take away what lies beside these files, and the journal, once their content is on disk."""
    for place in [root / path for path in paths]:
        staging.clear(new_beside(place))
        staging.clear(old_beside(place))
        staging.sync(place.parent)
    staging.clear(root / UNFINISHED)


def refuse_elsewhere(config: Config, path: str) -> None:
    """Only the curation's own files and the baseline are written; raises Unreadable."""
    root = config.root.resolve()
    folder = (root / path).parent
    inside = root / config.curation
    own = path == baseline.NAME or folder == inside or inside in folder.parents
    if not own or folder.resolve() != folder:
        raise Unreadable(path, f"only files in {config.curation}/ itself are written, not through symbolic links")


def finish(config: Config) -> tuple[str, ...]:
    """Finish the change that the journal tells of; returns its files, or none where the change had not begun.

    Raises ConfigurationError where a file was changed since, so that neither can be done.
    """
    root = config.root
    with staging.locked(root / config.curation):
        # Whoever was about to end it may have done so.
        return _finished(config) if mode_of(root / UNFINISHED) else ()


def _finished(config: Config) -> tuple[str, ...]:
    root, limit = config.root, config.max_file
    try:
        written = json.loads(read_bytes(root, UNFINISHED, _LIMIT))
        files = {str(path): (str(old), str(new)) for path, (old, new) in written.items()}
        for path in files:
            refuse_elsewhere(config, path)
        held = {path: _digest(read_bytes(root, path, limit)) for path in files}
    except (Unreadable, ValueError, AttributeError, TypeError, RecursionError) as error:
        raise ConfigurationError(_refusal(getattr(error, "path", UNFINISHED))) from None
    left = [path for path, (_, new) in files.items() if held[path] != new]
    if changed := [path for path in left if held[path] != files[path][0]]:
        raise ConfigurationError(_refusal(changed[0]))
    ready = all(_is(root, path, files[path][1], limit) for path in left)
    if not ready and len(left) < len(files):
        raise ConfigurationError(_refusal(left[0]))
    for path in left if ready else ():
        new_beside(root / path).replace(root / path)
    end(root, files)
    return tuple(files) if ready else ()


def _is(root: Path, path: str, digest: str, limit: int) -> bool:
    """Whether a file's next content lies beside it, whole."""
    try:
        return _digest(read_bytes(root, new_beside(Path(path)).as_posix(), limit)) == digest
    except Unreadable:
        return False


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _refusal(path: str) -> str:
    return (
        f"an earlier change of several files was cut short, and {path} is not as it left it: "
        f"set the files right (`git diff` shows them), then delete {UNFINISHED}"
    )
