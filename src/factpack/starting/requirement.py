"""By which line pip installs factpack in a new dataset: as asked, or where this factpack came from."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from factpack.config import ConfigurationError


def asked(said: str) -> str:
    """The requirement that somebody means by a wheel's or checkout's path, a `git+` address or a requirement."""
    path = Path(said).expanduser()
    if path.exists():
        said = path.resolve().as_uri()
    line = f"factpack @ {said}" if "://" in said and " @ " not in said else said
    try:
        requirement = Requirement(line)
    except InvalidRequirement:
        raise ConfigurationError(
            f"--factpack is a wheel's path, git+https://HOST/OWNER/factpack@COMMIT or factpack==VERSION, not {said!r}"
        ) from None
    if requirement.name.lower() != "factpack":
        raise ConfigurationError(f"--factpack names {requirement.name!r}, not factpack")
    return line


def installed() -> str:
    """Where this factpack was installed from (PEP 610), or its version where that was a package index."""
    distribution = metadata.distribution("factpack")
    origin = json.loads(distribution.read_text("direct_url.json") or "{}")
    if not origin:
        return f"factpack=={distribution.version}"
    if git := origin.get("vcs_info"):
        return f"factpack @ {git['vcs']}+{origin['url']}@{git['commit_id']}"
    return f"factpack @ {origin['url']}"
