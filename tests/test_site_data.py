"""The site's data, questions and metadata: what it offers to take along, and what it says to machines."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import pytest
from installed import needed, not_tested

from factpack.config import ConfigurationError
from factpack.site import Settings, build, settings
from factpack.site.page import Page
from factpack.site.pages import console, data, metadata, search
from factpack.site.published import opened

ROOT = Path(__file__).parent.parent
RELEASE, DIST = ROOT / "dist/0.1.0", ROOT / "dist"
ONLINE = Settings(base_url="https://example.org/", files="https://example.org/files/{version}")


def text(pages: list[Page], path: str) -> str:
    (found,) = (page.values["text"] for page in pages if page.path == path)
    return str(found)


def test_every_file_is_listed_with_size_rows_and_checksum() -> None:
    with opened(RELEASE, None, DIST) as published:
        (page,) = data.pages(published, Settings())
    files = {file.path: file for name in ("whole", "tables", "others") for file in page.values[name]}
    assert {path for path in files if not path.endswith(".zip")} == {
        path.relative_to(RELEASE).as_posix() for path in RELEASE.rglob("*") if path.is_file()
    } - {"SHA256SUMS"}
    visits = files["data/visits.csv"]
    content = (RELEASE / visits.path).read_bytes()
    assert (visits.size, visits.sha256, visits.rows) == (len(content), sha256(content).hexdigest(), 12)
    assert {file.url for file in files.values()} == {""}


def test_files_are_linked_where_their_address_is_known() -> None:
    with opened(RELEASE, None, DIST) as published:
        (page,) = data.pages(published, ONLINE)
    (visits,) = (file for file in page.values["tables"] if file.path == "data/visits.csv")
    assert visits.url == "https://example.org/files/0.1.0/data/visits.csv"


@pytest.mark.parametrize("given", ["javascript:alert(1)", "example.org", "file:///etc"])
def test_an_address_is_one_of_the_web(given: str) -> None:
    with pytest.raises(ConfigurationError, match="base_url"):
        settings({"base_url": given})


def test_an_address_ends_where_paths_begin() -> None:
    assert settings({"base_url": "https://example.org/a"}).base_url == "https://example.org/a/"


# Search and console.


def test_a_database_too_large_for_a_page_leaves_the_evidence_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "LARGEST", 3_000_000)
    with opened(RELEASE) as published:
        (page,) = console.pages(published, Settings())
    assert page.values["left_out"] == ["statements"]
    assert "statements" not in {table.name for table in page.values["tables"]}


def test_quotes_too_many_for_a_page_are_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(RELEASE) as published:
        (whole,) = search.pages(published, Settings())
        monkeypatch.setattr(search, "MOST_WORDS", 100)
        (names,) = search.pages(published, Settings())
    assert (whole.values["quoted"], names.values["quoted"]) == (True, False)
    assert len(names.values["index"]) < len(whole.values["index"])


def test_what_others_wrote_is_as_they_wrote_it() -> None:
    package = ROOT / "tests/node/node_modules/sql.js"
    if not package.is_dir():
        not_tested("sql.js is not installed (npm ci --prefix tests/node)")
    vendor = ROOT / "src/factpack/site/assets/vendor"
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    assert f"`sql.js` {version}" in (vendor / "README.md").read_text("utf-8")
    for theirs, ours in (("dist/sql-wasm.js",) * 2, ("dist/sql-wasm.wasm",) * 2, ("LICENSE", "sql.js-LICENSE")):
        assert (package / theirs).read_bytes() == (vendor / Path(ours).name).read_bytes()


# What machines read.


def test_the_first_page_has_the_metadata() -> None:
    with opened(RELEASE, None, DIST) as published:
        said = metadata.dataset(published, ONLINE)
    assert said["@type"] == "Dataset"
    assert (said["version"], said["datePublished"]) == ("0.1.0", "2026-11-22")
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["url"] == "https://example.org/"
    (visits,) = (file for file in said["distribution"] if file["name"] == "data/visits.csv")
    assert visits["sha256"] == sha256((RELEASE / "data/visits.csv").read_bytes()).hexdigest()


def test_the_feed_has_every_version_and_its_day() -> None:
    reader = needed("feedparser")
    with opened(RELEASE, None, DIST) as published:
        feed = reader.parse(text(list(metadata.pages(published, ONLINE)), metadata.FEED))
        alone = reader.parse(text(list(metadata.pages(published, Settings())), metadata.FEED))
    assert (feed.version, feed.bozo) == ("atom10", False)
    versions = [one["version"] for one in json.loads((DIST / "index.json").read_bytes())]
    assert [one.title for one in feed.entries] == versions[::-1]
    entry = feed.entries[-1]
    assert (entry.title, entry.updated) == ("0.1.0", "2026-11-22T00:00:00Z")
    assert entry.link == "https://example.org/changes/0.1.0.html"
    assert "First release" in entry.content[0].value
    assert all(getattr(feed.feed, name) for name in ("id", "title", "updated", "author"))
    assert entry.id == alone.entries[-1].id != feed.feed.id


def test_without_a_list_of_versions_there_is_no_feed() -> None:
    with opened(RELEASE) as published:
        assert [page.path for page in metadata.pages(published, Settings())] == ["croissant.json"]


def test_the_map_of_the_site_needs_its_address() -> None:
    paths = ["index.html", "records/a%2Fb.html", "releases.atom"]
    assert list(metadata.maps(paths, Settings())) == []
    pages = list(metadata.maps(paths, ONLINE))
    found = ElementTree.fromstring(text(pages, metadata.MAP))
    assert [one.text for one in found.iter() if one.tag.endswith("loc")] == [
        "https://example.org/index.html", "https://example.org/records/a%252Fb.html",
    ]  # fmt: skip
    assert "Sitemap: https://example.org/sitemap.xml" in text(pages, metadata.ROBOTS)
    deeper = metadata.maps(paths, settings({"base_url": "https://example.org/data"}))
    assert [page.path for page in deeper] == [metadata.MAP]


def test_a_large_site_has_several_maps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "ON_A_MAP", 2)
    pages = list(metadata.maps(["a.html", "b.html", "c.html"], ONLINE))
    assert [page.path for page in pages] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml", "robots.txt"]
    assert "https://example.org/sitemap-2.xml" in text(pages, metadata.MAP)


def test_a_site_has_them(tmp_path: Path) -> None:
    build(RELEASE, tmp_path / "site", ONLINE, dist=DIST)
    head = (tmp_path / "site/index.html").read_text("utf-8").split("</head>")[0]
    for path in re.findall(r'<link rel="alternate"[^>]* href="([^"]+)"', head):
        assert (tmp_path / "site" / path).is_file()
    assert (tmp_path / "site/croissant.json").read_bytes() == (RELEASE / "croissant.json").read_bytes()
    assert (tmp_path / "site/sitemap.xml").is_file()
