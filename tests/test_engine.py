"""A check by Daft finds what a local one finds."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import corpus
import pyarrow.parquet as pq
import pytest

from factpack import __version__
from factpack.checks import examine
from factpack.cli import main
from factpack.dataset import load
from factpack.diagnostic import Diagnostic
from factpack.models import load_models
from factpack.package.checksums import content_hash

pytest.importorskip("daft", reason="Daft is not installed: pip install 'factpack[daft]'")

from factpack.distributed.surveying import project, survey

Told = list[tuple[object, ...]]


def told(found: tuple[Diagnostic, ...]) -> Told:
    """Findings with all that is told of them."""
    return [
        (d.rule, d.severity, _place(d.location), d.message, d.label, [(_place(at), s) for at, s in d.related], d.help,
         d.fix)
        for d in found
    ]  # fmt: skip


def _place(location: object) -> tuple[object, ...]:
    return location.text.path, location.begins, location.ends, location.words


def test_findings_are_those_of_a_local_check(tmp_path: Path) -> None:
    root = spoilt(tmp_path / "c")
    local = examine(load(root))
    found = survey(project(root)).outcome
    assert told(found.found) == told(local.found)
    assert [(told((i.diagnostic,)), i.reason) for i in found.ignored] == [
        (told((i.diagnostic,)), i.reason) for i in local.ignored
    ]
    assert {d.rule for d in found.found} >= MEANT


def test_a_register_refers_to_any_record(tmp_path: Path) -> None:
    corpus.make(tmp_path / "c", 2, length=100, plain=True)
    (tmp_path / "c/curation/registers/conflicts.yaml").write_text(
        "conflicts:\n" + "".join(
            f"  - {{id: con-{number}, record: {record}, field: unit, preferred: delegates, why: so}}\n"
            for number, record in enumerate(("forum-0-3-delegates", "forum-1-3-delegate"))
        ), "utf-8",
    )  # fmt: skip
    found = survey(project(tmp_path / "c")).outcome.found
    assert told(found) == told(examine(load(tmp_path / "c")).found)
    (missing,) = (diagnostic for diagnostic in found if diagnostic.rule == "unknown-reference")
    assert missing.fix
    assert missing.fix.replacement == "forum-1-3-delegates"


MEANT = {
    "conflicting-values", "duplicate-id", "duplicate-source", "missing-field", "name-clash", "near-duplicate-record",
    "quote-in-other-article", "source-not-curated", "unknown-reference", "unreadable-file",
    "yaml-syntax",
}  # fmt: skip
"""Rules that see all files together, each broken somewhere in `spoilt`."""


def spoilt(root: Path) -> Path:
    """A corpus in which files contradict, miss and repeat one another."""
    corpus.make(root, 12)

    def change(path: str, old: str, new: str) -> None:
        content = (root / path).read_text("utf-8")
        assert old in content, (path, old)
        (root / path).write_text(content.replace(old, new, 1), "utf-8")

    def first(path: str, pattern: str) -> str:
        match = re.search(pattern, (root / path).read_text("utf-8"), re.MULTILINE)
        assert match, (path, pattern)
        return match[0]

    change("curation/a1.yaml", "id: forum-1-0\n", "id: FORUM-0-0\n")
    change("curation/a2.yaml", "id: forum-2-0-delegates\n", "id: forum-0-0\n")  # of another table
    change("curation/a2.yaml", "id: forum-2-1\n", "id: forum-0-1\n")  # which says something else
    change("curation/a3.yaml", first("curation/a3.yaml", r"^    name: .*\n"), "")
    change("curation/a3.yaml", "event: forum-3-1\n", "event: forum-3-99\n")
    change("curation/a4.yaml", "event: forum-4-0\n", "event: forum-5-0\n")  # of another article
    change("curation/a4.yaml", first("curation/a4.yaml", r"person-\d+"), "person-x")
    borrowed = first("curation/a5.yaml", r'^      - "On .*"\n')
    change("curation/a6.yaml", first("curation/a6.yaml", r'^      - "On .*"\n'), borrowed)
    change("curation/a7.yaml", "id: forum-7-1\n", "id: forum-7-1 # factpack: ignore[near-duplicate-record] two\n")
    for number in (7, 8):
        path = f"curation/a{number}.yaml"
        change(path, first(path, r"^    speakers:\n"), "    host: person-1\n    speakers:\n")
        change(path, first(path, r"^    date: .*\n"), "    date: 2023-05\n")
        change(path, first(path, r"^    country: .*\n"), "    country: LAO\n")
    change("curation/a9.yaml", "events:\n", "events:\n  - [\n")
    (root / "curation/a10.yaml").write_bytes(b"article: \xff\n")
    shutil.copy(root / "seeds/a11.txt", root / "seeds/b.txt")
    shutil.copy(root / "curation/a11.yaml", root / "curation/b.yaml")
    change("curation/b.yaml", "a11.txt", "b.txt")
    (root / "curation/A1.yaml").write_text("article: {}\n", "utf-8")
    (root / "seeds/left.txt").write_text("Nobody has read this.\n", "utf-8")
    (root / "seeds/a0.txt").write_bytes(b"\xff\xfe")
    return root


def run(*arguments: str, cwd: Path | None = None, **environment: str) -> tuple[int, str]:
    """Exit code and what is printed, without the time it took."""
    command = [sys.executable, "-c", "import sys; from factpack.cli import main; sys.exit(main())", *arguments]
    given = {**os.environ, **environment}
    done = subprocess.run(command, capture_output=True, text=True, env=given, cwd=cwd, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, re.sub(r"\d+(\.\d+)? m?s\b|\"milliseconds\": .*", "", done.stdout)


@pytest.mark.parametrize("format_", ["full", "json"])
def test_reports_and_exit_codes_are_the_same(tmp_path: Path, format_: str) -> None:
    root = str(spoilt(tmp_path / "c"))
    local = run("check", "--project", root, "--no-cache", "--format", format_)
    assert run("check", "--project", root, "--engine", "daft", "--format", format_) == local
    assert local[0] == 1


def test_a_corpus_in_object_storage(tmp_path: Path) -> None:
    corpus.make(tmp_path / "c", 5)
    with (tmp_path / "c/curation/registers/people.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {id: nobody, name: Nobody Calls, names: [Nobody Calls]}\n")
    with bucket(tmp_path / "c") as (url, environment):
        local = run("check", "--project", str(tmp_path / "c"), "--no-cache", "--format", "full")
        (tmp_path / "t").mkdir()
        environment["TMPDIR"] = str(tmp_path / "t")
        assert run("check", "--project", url, "--engine", "daft", "--format", "full", **environment) == local
        assert "unused-register-record" in local[1]
        assert "name-in-no-source" in local[1]
        code, said = run("check", "--project", f"{url}/nowhere", "--engine", "daft", **environment)
        assert (code, said) == (2, "")
        assert list((tmp_path / "t").iterdir()) == []


def test_tables_of_a_corpus_in_object_storage_are_written_here(tmp_path: Path) -> None:
    corpus.make(tmp_path / "c", 5)
    assert run("build", "--project", str(tmp_path / "c"), "--date", "2026-01-01")[0] == 0
    (tmp_path / "here").mkdir()
    with bucket(tmp_path / "c") as (url, environment):
        code, said = run("build", "--project", url, "--engine", "daft", cwd=tmp_path / "here", **environment)
    assert (code, "lie in .factpack/tables/" in said) == (0, True)
    assert content_hash(tmp_path / "here/.factpack/tables") == content_hash(tmp_path / "c/.factpack/candidate")


def test_what_was_fetched_to_another_machine_does_not_stay_there(tmp_path: Path) -> None:
    corpus.make(tmp_path / "c", 2)
    far = project((tmp_path / "c").as_uri())
    examiner = replace(far.examiner([]), config=replace(far.config, root=tmp_path / "of another machine"))
    before = set(Path(tempfile.gettempdir()).iterdir())
    with examiner.here() as here:
        assert len(load_models(here.root / here.schema).facts) > 1
    assert set(Path(tempfile.gettempdir()).iterdir()) <= before
    assert examiner.shared.models.article.table == "articles"


@contextmanager
def bucket(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A folder's files in a local server's bucket: its address, and the environment in which it is found."""
    moto = pytest.importorskip("moto.server", reason="moto is not installed: pip install 'moto[s3]' flask flask-cors")
    boto3, _ = pytest.importorskip("boto3"), pytest.importorskip("s3fs", reason="s3fs is not installed")
    server = moto.ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    environment = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": "us-east-1",
        "FSSPEC_S3_ENDPOINT_URL": f"http://{host}:{port}",
    }
    try:
        client = boto3.client(
            "s3", endpoint_url=environment["AWS_ENDPOINT_URL"], aws_access_key_id="local",
            aws_secret_access_key="local", region_name="us-east-1",
        )  # fmt: skip
        client.create_bucket(Bucket="facts")
        for path in folder.rglob("*"):
            if path.is_file():
                client.put_object(
                    Bucket="facts", Key=f"corpus/{path.relative_to(folder).as_posix()}", Body=path.read_bytes()
                )
        yield "s3://facts/corpus", environment
    finally:
        server.stop()


def test_tables_are_those_of_a_local_build(tmp_path: Path) -> None:
    root = corroborated(tmp_path / "c")
    assert run("build", "--project", str(root), "--date", "2026-01-01")[0] == 0
    code, said = run("build", "--project", str(root), "--engine", "daft")
    candidate, tables = root / ".factpack/candidate", root / ".factpack/tables"
    assert (code, f"(content {content_hash(candidate)[:12]})" in said) == (0, True)
    assert content_hash(tables) == content_hash(candidate)
    for path in candidate.glob("data/*.parquet"):
        assert pq.read_table(tables / "data" / path.stem).equals(pq.read_table(path)), path.stem
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tables, check=True)


def corroborated(root: Path) -> Path:
    """A corpus in which articles report the same, refer to each other's records, and settle a conflict."""
    corpus.make(root, 6)
    shutil.copy(root / "seeds/a0.txt", root / "seeds/b.txt")
    with (root / "seeds/b.txt").open("a", encoding="utf-8") as file:
        file.write("So says the other paper.\n")
    text = (root / "curation/a0.yaml").read_text("utf-8")
    digest = hashlib.sha256((root / "seeds/b.txt").read_bytes()).hexdigest()
    text = re.sub(r"sha256: .*", f"sha256: {digest}", text.replace("a0.txt", "b.txt"))
    text = re.sub(r"place: .*", "place: Laos\n    judged: {place: another reading}", text, count=1)
    (root / "curation/b.yaml").write_text(text.replace("forum-0-3", "forum-b-3"), "utf-8")
    place = re.search(r"place: (.*)", (root / "curation/a0.yaml").read_text("utf-8"))
    assert place
    (root / "curation/registers/conflicts.yaml").write_text(
        f"conflicts:\n  - {{id: c, record: forum-0-0, field: place, preferred: {place[1]}, why: nearer}}\n", "utf-8"
    )
    other = (root / "curation/a2.yaml").read_text("utf-8")
    (root / "curation/a2.yaml").write_text(other.replace("event: forum-2-0\n", "event: forum-3-0\n"), "utf-8")
    return root


def test_without_daft_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "daft", None)
    for command in ("check", "build"):
        assert main([command, "--engine", "daft"]) == 2
        assert capsys.readouterr().err == "factpack: --engine daft needs Daft: pip install 'factpack[daft]'\n"


@pytest.mark.parametrize("beside", ["--fix", "--watch", "--write-baseline", "--since=HEAD", "--jobs=2"])
def test_what_an_engine_does_not_do_is_refused(beside: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--engine", "daft", beside]) == 2
    assert "--engine" in capsys.readouterr().err


def test_an_address_is_read_by_an_engine_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--project", "s3://facts/corpus"]) == 2
    assert "only --engine daft reads it there" in capsys.readouterr().err


def test_a_worker_with_another_factpack_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus.make(tmp_path / "c", 2)
    monkeypatch.setattr("factpack.distributed.frames.__version__", "0.0.0")  # here, not in the workers' processes
    assert main(["check", "--project", str(tmp_path / "c"), "--engine", "daft"]) == 2
    assert f"a worker has factpack {__version__}, not 0.0.0" in capsys.readouterr().err


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.setenv("DAFT_RUNNER", "ray")
    assert main(["check", "--engine", "daft"]) == 2
    assert capsys.readouterr().err == "factpack: DAFT_RUNNER=ray needs Ray: pip install 'factpack[ray]'\n"
