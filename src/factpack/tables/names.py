"""The forms in which articles print names, as a table beside the named."""

from __future__ import annotations

import hashlib
import re

from factpack.article import Article
from factpack.dataset import Dataset
from factpack.fact import Entity, Fact
from factpack.quote import plain
from factpack.resource import ForeignKey
from factpack.tables.sheet import Row, Sheet, column, former, title


def names_sheet(dataset: Dataset, model: type[Fact] | type[Entity]) -> Sheet:
    """The table of the printed names of a model's rows, still empty."""
    singular = model.key.removesuffix("_id")
    before = (model.key_renamed_from or model.key).removesuffix("_id")
    return Sheet(
        f"{singular}_names",
        title(f"{singular}_names"),
        f"Every form in which an article prints the name of a row of `{model.table}`.",
        f"{singular}_name_id",
        [
            column(
                f"{singular}_name_id",
                "Id of the name, its form and its article.",
                unique=True,
                renamed_from=former(f"{before}_name_id", f"{singular}_name_id"),
            ),
            column(model.key, "What is named.", renamed_from=model.key_renamed_from),
            column("name_as_printed", "The exact form."),
            column("article_id", "Article that prints it."),
            column("has_diacritics", "Whether the form has diacritics.", "boolean"),
        ],
        [ForeignKey((model.key,), model.table, (model.key,)), ForeignKey(("article_id",), "articles", ("article_id",))],
        renamed_from=former(f"{before}_names", f"{singular}_names"),
    )


def name_row(sheet: Sheet, key: str, identity: str, name: str, article: Article) -> Row:
    """The row of one form of a name in one article; its id holds up when other forms are added."""
    form = re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")
    # Two forms may differ by capitals or diacritics only.
    digest = hashlib.sha256(name.encode()).hexdigest()[:6]
    return {
        sheet.key: f"{identity}/{form}-{digest}/{article.article_id}",
        key: identity,
        "name_as_printed": name,
        "article_id": article.article_id,
        "has_diacritics": plain(name) != name.lower(),
    }
