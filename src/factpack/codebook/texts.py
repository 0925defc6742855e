"""The further texts of a package: its codebook, and the dataset's views."""

from __future__ import annotations

from collections.abc import Sequence

from factpack.codebook import codebook
from factpack.config import ConfigurationError
from factpack.dataset import Dataset
from factpack.files import Unreadable, read_text
from factpack.resource import Resource
from factpack.views import FILE, views

PREFACE = "codebook.md"


def texts(dataset: Dataset, resources: Sequence[Resource]) -> dict[str, str]:
    """File name -> content; what stands in `schema/codebook.md` and `schema/views.sql` is part of them."""
    preface, sql = (_read(dataset, name) for name in (PREFACE, FILE))
    found = {PREFACE: codebook(dataset, resources, preface, views(sql, resources))}
    return found | ({FILE: sql} if sql else {})


def _read(dataset: Dataset, name: str) -> str:
    """A text beside the models, or nothing where there is none."""
    config = dataset.config
    path = f"{config.schema}/{name}"
    if not (config.root / path).exists():
        return ""
    try:
        return read_text(config.root, path, config.max_file).content
    except Unreadable as error:
        raise ConfigurationError(f"{path}: {error.why}") from None
