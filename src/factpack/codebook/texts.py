"""The further texts of a package: its codebook, the dataset's views, and its questions to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from factpack.codebook import codebook
from factpack.config import ConfigurationError
from factpack.dataset import Dataset
from factpack.files import Unreadable, read_text
from factpack.resource import Resource
from factpack.views import FILE, QUESTIONS, questions, views

PREFACE = "codebook.md"


def texts(dataset: Dataset, resources: Sequence[Resource]) -> dict[str, str]:
    """File name -> content, made of the `codebook.md`, `views.sql` and `questions.sql` beside the models."""
    preface, sql, asked = (_read(dataset, name) for name in (PREFACE, FILE, QUESTIONS))
    known = views(sql, resources)
    questions(asked, resources, known)
    found = {PREFACE: codebook(dataset, resources, preface, known)}
    return found | {name: text for name, text in ((FILE, sql), (QUESTIONS, asked)) if text}


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
