"""Take the README's picture of an evidence page, in light and dark: `.venv/bin/python docs/picture.py [FOLDER]`.

It is the real page of the newest published version, as Chromium draws it, with a card under the pointer.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from factpack.config import load_config
from factpack.site import build, settings

ROOT = Path(__file__).parent.parent
ARTICLE = "articles/003_93ec92b7f756566c.html"
CARD = "li:has(a[href$='vis-2022-nguyen-phu-trong-china.html'])"
SIZE = {"width": 1200, "height": 720}


def pictures(folder: Path) -> Iterator[Path]:
    """Write `evidence-light.png` and `evidence-dark.png` into a folder; raises FileNotFoundError without Chromium."""
    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if browser_path is None:
        raise FileNotFoundError("there is no chromium: install it, or name it in CHROMIUM")
    config = load_config(ROOT)
    newest = json.loads((ROOT / config.dist / "index.json").read_bytes())[-1]["version"]
    with tempfile.TemporaryDirectory() as place, sync_playwright() as play:
        site = Path(place, "site")
        build(
            ROOT / config.dist / newest, site, settings(config.site), ROOT / config.sources, ROOT / config.dist,
            ROOT / config.schema / "site",
        )  # fmt: skip
        browser = play.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport=SIZE, color_scheme=scheme, device_scale_factor=1.25)
            page.goto((site / ARTICLE).as_uri())
            page.locator(CARD).locator("h3 a").focus()
            page.locator("mark.w").first.scroll_into_view_if_needed()
            page.wait_for_timeout(100)
            shot = folder / f"evidence-{scheme}.png"
            page.screenshot(path=shot)
            yield shot
        browser.close()


if __name__ == "__main__":
    for written in pictures(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"):
        print(written)
