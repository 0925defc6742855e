"""`factpack new`: a source stored as it came, once, and a curation file that asks for the rest."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from installed import needed
from pages import Example, lay_out

from factpack.checks import run
from factpack.cli import main
from factpack.dataset import load
from factpack.tree import read

Output = pytest.CaptureFixture[str]
TEXT = "Summit opens in Hanoi\r\n\r\nHANOI, January 3, 2024 - The ministers met 🎉.\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lay_out(Example({"seeds/a.txt": "The ministers met.\n", "curation/a.yaml": "events: []\n"}, set()), tmp_path / "p")
    monkeypatch.chdir(tmp_path / "p")
    return tmp_path / "p"


def given(project: Path, name: str, content: bytes | str) -> str:
    path = project.parent / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def files(project: Path) -> set[str]:
    return {path.relative_to(project).as_posix() for folder in ("seeds", "curation") for path in
            (project / folder).rglob("*") if path.is_file()}  # fmt: skip


def test_a_text_is_stored_byte_for_byte_and_its_article_begun(project: Path, capsys: Output) -> None:
    assert main(["new", given(project, "summit opens.txt", TEXT)]) == 0
    out = capsys.readouterr().out
    assert "wrote seeds/summit-opens.txt" in out
    assert "check what is guessed (language, headline, published, quotes)." in out
    source = project / "seeds/summit-opens.txt"
    assert source.read_bytes() == TEXT.encode()
    assert source.stat().st_mode & 0o222 == 0
    begun = (project / "curation/summit-opens.yaml").read_text("utf-8")
    assert begun.startswith("# yaml-language-server: $schema=../.factpack/article.schema.json\narticle:\n")
    assert begun.count("# guessed: check") == 4
    dataset = load(project)
    article = dataset.by_path["curation/summit-opens.yaml"]
    assert article.tree.data["article"] == {
        "source": "summit-opens.txt",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "language": "en",
        "headline": "Summit opens in Hanoi",
        "published": "2024-01-03",
        "quotes": ["Summit opens in Hanoi", "January 3, 2024"],
    }
    assert not [d.rule for d in run(dataset) if "summit" in d.location.text.path]
    assert main(["fmt", "--check", "curation/summit-opens.yaml"]) == 0


def test_standard_input_and_guesses(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    text = "Hội nghị đối ngoại nhân dân khai mạc tại Hà Nội\n\nCác đại biểu đã thảo luận về nhiệm vụ.\n"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    assert main(["new", "-"]) == 2
    assert "--id ID" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    assert main(["new", "-", "--id", "hội-nghị"]) == 0
    article = read(load(project).by_path["curation/hội-nghị.yaml"].text).data["article"]
    assert (article["language"], "published" in article) == ("vi", False)
    assert article["quotes"] == ["Hội nghị đối ngoại nhân dân khai mạc tại Hà Nội"]


@pytest.mark.parametrize(
    ("name", "content", "arguments", "why"),
    [
        ("b.txt", "The ministers met.\n", [], "stored already, as seeds/a.txt"),
        ("A.txt", "Another text.", [], "taken by"),
        ("b.txt", "Another text.", ["--id", "../b"], "no id of an article"),
        ("b.txt", "Another text.", ["--id", "con"], "no id of an article"),
        ("b.txt", b"caf\xe9", [], "not UTF-8 from line 1, byte 3"),
        ("b.txt", " \n", [], "no word"),
        ("b.pdf", b"%PDF-1.4 nonsense", [], "this PDF cannot be read"),
        ("b.html", "<html><body></body></html>", [], "no article's text"),
    ],
)
def test_what_is_refused(
    project: Path, capsys: Output, name: str, content: bytes | str, arguments: list[str], why: str
) -> None:
    if name.endswith(("pdf", "html")):
        needed("pypdf" if name.endswith("pdf") else "trafilatura")
    before = files(project)
    assert main(["new", given(project, name, content), *arguments]) == 2
    assert why in capsys.readouterr().err
    assert files(project) == before


def test_nothing_is_overwritten_and_nothing_left_half(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = given(project, "b.txt", TEXT)
    (project / "seeds/b.md").write_text("x", "utf-8")
    before = files(project)
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert main(["new", path]) == 2
    assert files(project) == before


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Ministers meet again</title>
<meta property="article:published_time" content="2024-01-03T10:00:00Z"><style>p {{ color: red }}</style></head>
<body><nav><a href="/">Home</a></nav><script>alert("no")</script><article><h1>Ministers meet again</h1>
<p>The ministers met on Monday in Hanoi&nbsp;&mdash; and signed an agreement on trade
that had been long in the making.</p>
<p>Ann said that <b>forty</b> delegates had come{hostile}, and that there would be another meeting within the year.</p>
<img src=x onerror="alert(1)"></article><iframe src="javascript:alert(2)"></iframe></body></html>"""


def test_the_text_of_a_page(project: Path, capsys: Output) -> None:
    needed("trafilatura")
    page = PAGE.format(hostile="<script>steal()</script>&#x202e;<!-- hidden -->")
    assert main(["new", given(project, "page.html", page)]) == 0
    assert (project / "seeds/originals/page.html").read_text("utf-8") == page
    text = (project / "seeds/page.txt").read_text("utf-8")
    assert "The ministers met on Monday in Hanoi" in text
    assert "Ann said that forty delegates had come" in text
    assert not [bad for bad in ("steal", "alert", "<", "hidden", "Home", "\u202e") if bad in text]
    article = load(project).by_path["curation/page.yaml"].tree.data["article"]
    assert (article["headline"], article["published"]) == ("Ministers meet again", "2024-01-03")
    assert article["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert not [d for d in run(load(project)) if d.rule == "stray-file"]
    assert main(["new", given(project, "copy.html", page)]) == 2
    assert "stored already, as seeds/originals/page.html" in capsys.readouterr().err


@pytest.mark.parametrize("page", ["<html>" + "<div>" * 20_000, "<html>" + "\x00" * 50, "<html><p>" + "&" * 30_000])
def test_hostile_pages_end_in_a_sentence(project: Path, capsys: Output, page: str) -> None:
    needed("trafilatura")
    before = files(project)
    code = main(["new", given(project, "bad.html", page)])
    assert code == 0 or ("bad.html: " in capsys.readouterr().err and files(project) == before)


def pdf(words: str, password: str = "", pages: int = 1) -> bytes:
    pypdf: Any = needed("pypdf")
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(300, 300)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 200 Td ({words}) Tj ET".encode() if words else b"")
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        names = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
        fonts = DictionaryObject({NameObject("/F1"): names})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_the_text_of_a_pdf(project: Path, capsys: Output) -> None:
    data = pdf("The ministers met in Hanoi.")
    assert main(["new", given(project, "paper.pdf", data)]) == 0
    assert (project / "seeds/paper.txt").read_text("utf-8") == "The ministers met in Hanoi.\n"
    assert (project / "seeds/originals/paper.pdf").read_bytes() == data
    for name, content, why in [
        ("closed.pdf", pdf("Secret", password="x"), "encrypted"),
        ("scanned.pdf", pdf(""), "only pictures"),
        ("none.pdf", pdf("", pages=0), "no pages"),
    ]:
        assert main(["new", given(project, name, content)]) == 2
        assert why in capsys.readouterr().err


def test_a_missing_library_is_named(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert main(["new", given(project, "paper.pdf", b"%PDF-1.4")]) == 2
    assert "pip install 'factpack[extract]'" in capsys.readouterr().err
