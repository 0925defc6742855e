"""The files of an export."""

from __future__ import annotations

from collections.abc import Sequence

from factpack.annotations import brat, wadm
from factpack.annotations.curated import curated
from factpack.article import Article


def exported(articles: Sequence[Article], format_: str) -> tuple[dict[str, str], list[str]]:
    """Content by file name, `format_` being `wadm` or `brat`; and the quotes and records that have no one place."""
    views = [curated(article) for article in articles]
    files: dict[str, str] = {}
    for view in views:
        if format_ == "wadm":
            files[f"{view.article_id}.jsonld"] = wadm.written(view)
        else:
            files[f"{view.article_id}.txt"] = view.content
            files[f"{view.article_id}.ann"] = brat.written(view)
    if format_ == "brat":
        files["annotation.conf"] = brat.configuration(views)
    return files, [f"{view.article_id}: {one}" for view in views for one in view.lost]
