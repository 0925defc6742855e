"""What each part of reading a dataset costs: seconds of CPU, as JSON.

    python benchmarks/reading.py DIR        DIR: a dataset that benchmarks/corpus.py wrote

Run by `speed.py`. One part after the other is done for all articles, and what it makes is kept, as a check keeps it.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from factpack.article import read_article
from factpack.dataset import load, source_path
from factpack.files import list_files, read_text
from factpack.strict_yaml import read_strictly
from factpack.tree import read

Made = TypeVar("Made")


def parts(root: Path) -> dict[str, float]:
    """Name of a part -> seconds."""
    before = load(root)  # after which all is imported, compiled and built
    config, shared = before.config, before.articles[0].shared
    seconds: dict[str, float] = {}

    def part(name: str, do: Callable[[], Made]) -> Made:
        started = time.process_time()
        made = do()
        seconds[name] = time.process_time() - started
        return made

    def files() -> list[tuple[str, str]]:
        paths = list_files(root, config.curation, config.sources).articles
        texts = [read_text(root, path, config.max_file) for path in paths]
        sources = [read_text(root, source_path(article.tree, config.sources), config.max_file) for article in articles]
        return [(text, source) for text, source in zip(texts, sources, strict=True)]

    articles = before.articles
    texts = part("files", files)
    trees = part("YAML", lambda: [read(text) for text, _ in texts])
    read_anew = part(
        "records",
        lambda: [
            read_article(tree, article.article_id, source, article.sha256, shared)
            for article, tree, (_, source) in zip(articles, trees, texts, strict=True)
        ],
    )
    part("sources folded", lambda: [article.folded for article in read_anew])
    part("quotes found", lambda: [article.quotes for article in read_anew])
    part("YAML strictly", lambda: [read_strictly(text) for text, _ in texts])
    return seconds


if __name__ == "__main__":
    gc.set_threshold(1_000_000, 50, 50)  # as the commands do
    print(json.dumps(parts(Path(sys.argv[1]))))
