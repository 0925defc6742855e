"""Building and releasing: what lies in a package, byte for byte the same every time, whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_package import INFO, VISITS, files, resources, visit

from factpack import package, staging
from factpack.diagnostic import Severity
from factpack.package import (
    PackageInfo,
    PackageInvalid,
    arrow,
    build,
    cell,
    content_hash,
    release,
    twins,
    verification,
)
from factpack.package.parquet import read_parquet
from factpack.resource import Field, ForeignKey, Resource

PYTHONPATH = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])


@pytest.fixture
def candidate(tmp_path: Path) -> Path:
    target = tmp_path / "work" / "candidate"
    build(resources(), INFO, target)
    return target


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# What lies in it.


def test_files_of_a_package(candidate: Path) -> None:
    names = [path.relative_to(candidate).as_posix() for path in candidate.rglob("*") if path.is_file()]
    tables = [f"data/{table.name}.{suffix}" for table in resources() for suffix in ("csv", "parquet")]
    others = ["datapackage.json", "README.md", "LICENSE", "CITATION.cff", ".zenodo.json", "SHA256SUMS"]
    others += ["sample.sqlite", "sample.xlsx", "schema.sql", "croissant.json", "provenance.json"]
    others += ["REUSE.toml", "LICENSES/CC-BY-4.0.txt", "LICENSES/LicenseRef-Quotations.txt"]
    assert sorted(names) == sorted(tables + others)


def test_csv_is_plain(candidate: Path) -> None:
    assert (candidate / "data/visits.csv").read_bytes().decode("utf-8") == (
        "visit_id,host,persons,cost,day,year,official,parent_id,kind,code,words\n"
        "v1,LAO,,,,,true,,,K-1,\n"
        'v2,LAO,4611686018427387904,0.0000001,2022-02-28,2022,true,v1,state,K-2,"she said ""no"", she did"\n'
        "v3,VNM,3,-0.1,2022-02-28,2022,false,v1,state,, x; 'y' |é€𐍈\n"
    )


def test_rows_are_sorted_by_primary_key() -> None:
    shuffled = resources(visits=VISITS[::-1])
    assert files(shuffled, INFO) == files(resources(), INFO)


def test_parquet_bears_types_and_descriptions(candidate: Path) -> None:
    schema = pq.read_schema(candidate / "data/visits.parquet")
    assert [str(field.type) for field in schema] == [
        "string", "string", "int64", "double", "date32[day]", "int64", "bool", "string", "string", "string", "string",
    ]  # fmt: skip
    assert schema.field("visit_id").metadata[b"description"] == b"Identifier"
    assert schema.metadata[b"description"] == b"One row per visitor and host country."
    assert json.loads(schema.metadata[b"fields"])["visit_id"] == "Identifier"
    assert b"pandas" not in schema.metadata
    compression = pq.read_metadata(candidate / "data/visits.parquet").row_group(0).column(0).compression
    assert compression == "SNAPPY"


def test_descriptor(candidate: Path) -> None:
    content = json.loads((candidate / "datapackage.json").read_text("utf-8"))
    assert content["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert content["created"] == "2024-05-01T00:00:00Z"
    paths = [resource["path"] for resource in content["resources"]]
    assert [Path(path).suffix for path in paths] == [".csv"] * 5 + [".parquet"] * 5
    visits, twin = content["resources"][2], content["resources"][7]
    assert "type" not in twin
    assert twin["schema"] == visits["schema"]
    assert visits["bytes"] == (candidate / visits["path"]).stat().st_size
    assert visits["schema"]["primaryKey"] == ["visit_id"]
    assert visits["schema"]["missingValues"] == [""]
    # The table itself is written as no table's name.
    assert visits["schema"]["foreignKeys"] == [
        {"fields": ["parent_id"], "reference": {"resource": "", "fields": ["visit_id"]}}
    ]
    constraints = {field["name"]: field.get("constraints") for field in visits["schema"]["fields"]}
    assert constraints["host"] == {"required": True, "enum": ["LAO", "VNM"]}
    assert constraints["visit_id"] == {"required": True, "pattern": "v[0-9]+"}
    assert constraints["kind"] == {"pattern": "(state|work)"}
    assert constraints["words"] is None


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    build(resources(), PackageInfo("bare", "", "", "0.1.0"), tmp_path / "candidate")
    content = json.loads((tmp_path / "candidate/datapackage.json").read_text())
    assert set(content) == {"$schema", "name", "version", "resources"}


def test_checksums_are_those_of_coreutils(candidate: Path) -> None:
    run = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=candidate, check=False)
    assert run.returncode == 0


def test_citation_is_complete() -> None:
    citation = yaml.safe_load(files(resources(), INFO)["CITATION.cff"])
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "dataset"
    assert citation["authors"] == [{"name": "Ann Example"}]
    assert citation["license"] == "CC-BY-4.0"
    assert str(citation["date-released"]) == "2024-05-01"


def test_card_counts_rows_and_says_whose_the_words_are() -> None:
    card = files(resources(), INFO)["README.md"].decode()
    assert "| visits | 3 | One row per visitor and host country. |" in card
    assert "they belong to their authors and publishers" in card
    assert "Ann Example (2024). Sample. Version 0.1.0." in card


def test_further_texts() -> None:
    info = PackageInfo(**_with(texts={"LICENSE": "mine", "LICENSES/CC-BY-4.0.txt": "text"}))
    contents = files(resources(), info)
    assert contents["LICENSE"] == b"mine"
    assert b"LICENSES/CC-BY-4.0.txt" in contents["SHA256SUMS"]


@pytest.mark.parametrize(
    "name", ["../x", "/x", "data/x", "a/b/c", "readme.md", "sha256sums", "", ".x", "a\\b", "DATAPACKAGE.json"]
)
def test_a_text_that_may_not_lie_there(name: str) -> None:
    with pytest.raises(ValueError, match="may not lie there"):
        files(resources(), PackageInfo(**_with(texts={name: "x"})))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "../x"},
        {"name": "X"},
        {"version": "1"},
        {"version": "1.0.0/.."},
        {"version": "01.0.0"},
        {"created": "yesterday"},
        {"created": "20240501"},
    ],
)
def test_metadata_that_is_none(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"no |Invalid"):
        PackageInfo(**_with(**wrong))


def _with(**values: object) -> dict[str, object]:
    return {name: getattr(INFO, name) for name in INFO.__slots__} | values  # type: ignore[attr-defined]


def test_warnings_are_returned(tmp_path: Path) -> None:
    (warning,) = build(resources(), INFO, tmp_path / "candidate")
    assert warning.severity is Severity.WARNING


# The twins.

TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1)
VALUES = {
    "string": TEXTS,
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53),
    "boolean": st.booleans(),
    "date": st.dates(min_value=date(1, 1, 1)).map(date.isoformat),
    "year": st.integers(0, 9999),
}
ROWS = st.lists(st.fixed_dictionaries({name: st.none() | values for name, values in VALUES.items()}), max_size=5)


@given(ROWS)
@settings(max_examples=200, deadline=None)
def test_csv_equals_parquet_whatever_the_values(rows: list[dict[str, object]]) -> None:
    fields = (Field("key", "integer"), *(Field(name, name) for name in VALUES))  # type: ignore[arg-type]
    numbered = [{"key": number} | row for number, row in enumerate(rows)]
    table = Resource("t", "", "", fields, ("key",), rows=numbered)  # type: ignore[arg-type]
    assert list(arrow.mistyped(table)) == []
    ours, twin = twins.read_csv(arrow.csv(table), table), read_parquet(arrow.parquet(table), table)
    assert ours.table().equals(twin.table())
    assert ours.table().equals(arrow.table(table))
    assert list(twins.differences(table, ours, twin)) == []


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_has_no_exponent_and_loses_nothing(value: float) -> None:
    text = cell.write(value, "number")
    assert "e" not in text
    assert cell.parse(text, "number") == value


def test_empty_tables_and_keys_of_every_type(tmp_path: Path) -> None:
    pairs = ("boolean", (True, False)), ("date", ("2022-01-02", "2021-12-31")), ("number", (2, 1.5)), ("year", (9, 8))
    tables = [Resource("empty", "", "", (Field("k"), Field("n", "integer", unique=True, minimum=1)), ("k",))]
    for type_, values in pairs:
        key = (Field("k", type_),)  # type: ignore[arg-type]
        itself = (ForeignKey(("k",), type_, ("k",)),)
        tables.append(Resource(type_, "", "", key, ("k",), itself, [{"k": value} for value in values]))
    assert build(tables, INFO, tmp_path / "candidate") == []
    assert (tmp_path / "candidate/data/number.csv").read_text() == "k\n1.5\n2.0\n"
    assert (tmp_path / "candidate/data/year.csv").read_text() == "k\n0008\n0009\n"


# The same bytes.

BUILD = """
import os, sys
from pathlib import Path
from sample_package import INFO, resources
from factpack.package import build, content_hash
os.umask(int(sys.argv[2], 8))
build(resources(), INFO, Path(sys.argv[1]))
print(content_hash(Path(sys.argv[1])))
"""


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize(
    ("seed", "zone", "locale", "umask"),
    [("1", "Asia/Ho_Chi_Minh", "C", "077"), ("2", "America/New_York", "tr_TR.UTF-8", "000")],
)
def test_the_same_bytes_elsewhere(
    candidate: Path, tmp_path: Path, seed: str, zone: str, locale: str, umask: str
) -> None:
    target = tmp_path / "elsewhere" / "other"
    environment = os.environ | {
        "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": PYTHONPATH, "PYTHONUTF8": "0",
    }  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", BUILD, str(target), umask], env=environment, check=True, capture_output=True, text=True
    )
    assert snapshot(target) == snapshot(candidate)
    assert run.stdout.strip() == content_hash(candidate)


def test_content_hash_is_of_the_csv_alone(candidate: Path) -> None:
    before = content_hash(candidate)
    (candidate / "README.md").write_text("changed")
    (candidate / "data/visits.parquet").write_text("changed")
    assert content_hash(candidate) == before
    (candidate / "data/visits.csv").write_text("changed")
    assert content_hash(candidate) != before


def test_content_hash_is_a_shell_command_away(candidate: Path) -> None:
    command = "LC_ALL=C; export LC_ALL; sha256sum data/*.csv | sha256sum"
    run = subprocess.run(["sh", "-c", command], cwd=candidate, capture_output=True, text=True, check=True)
    assert run.stdout.split()[0] == content_hash(candidate)


# All or nothing.


def test_a_candidate_is_replaced(candidate: Path) -> None:
    (candidate / "stray.txt").touch()
    build(resources(visits=VISITS[:2]), INFO, candidate)
    assert not (candidate / "stray.txt").exists()
    assert len((candidate / "data/visits.csv").read_text("utf-8").splitlines()) == 3
    assert listing(candidate.parent) == ["candidate"]


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_candidate(
    candidate: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    before = snapshot(candidate)

    def fail(*arguments: object) -> None:
        raise failure

    monkeypatch.setattr(staging, "fill", fail)
    with pytest.raises(type(failure)):
        build(resources(visits=VISITS[:2]), INFO, candidate)
    assert snapshot(candidate) == before
    assert listing(candidate.parent) == ["candidate"]


@pytest.mark.parametrize("count", range(12))
def test_a_full_disk_at_any_file(candidate: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    before, fsync, left = snapshot(candidate), os.fsync, [count]

    def fail(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        build(resources(visits=VISITS[:2]), INFO, candidate)
    assert snapshot(candidate) == before
    assert listing(candidate.parent) == ["candidate"]


def test_a_failed_renaming_puts_the_old_candidate_back(candidate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "exchange", lambda *folders: False)
    before, rename = snapshot(candidate), Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path.name.endswith(".partial"):
            raise OSError("no")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="no"):
        build(resources(visits=VISITS[:2]), INFO, candidate)
    assert snapshot(candidate) == before
    assert listing(candidate.parent) == ["candidate"]


KILLED = """
import os, signal, sys
from pathlib import Path
from sample_package import INFO, VISITS, resources
from factpack import package
verify = package.verify
def killed(folder, **_):
    os.kill(os.getpid(), signal.SIGKILL)
package.verify = killed
package.build(resources(visits=VISITS[:2]), INFO, Path(sys.argv[1]))
"""


def test_a_killed_run_leaves_the_old_candidate_and_the_next_clears_up(candidate: Path) -> None:
    before = snapshot(candidate)
    environment = os.environ | {"PYTHONPATH": PYTHONPATH}
    run = subprocess.run([sys.executable, "-c", KILLED, str(candidate)], env=environment, check=False)
    assert run.returncode == -9
    assert snapshot(candidate) == before
    assert listing(candidate.parent) == [".candidate.partial", "candidate"]
    build(resources(), INFO, candidate)
    assert listing(candidate.parent) == ["candidate"]


def test_a_run_killed_between_the_renamings_is_repaired(candidate: Path) -> None:
    before = snapshot(candidate)
    candidate.rename(candidate.with_name(".candidate.retired"))
    with pytest.raises(PackageInvalid):
        build(resources(visits=[visit("v1", host="USA")]), INFO, candidate)
    assert snapshot(candidate) == before
    assert listing(candidate.parent) == ["candidate"]


def test_an_invalid_package_is_not_written(candidate: Path) -> None:
    before = snapshot(candidate)
    with pytest.raises(PackageInvalid) as caught:
        build(resources(visits=[*VISITS, visit("v4", host="USA")]), INFO, candidate)
    (problem,) = (one for one in caught.value.problems if one.severity is Severity.ERROR)
    assert str(problem) == "data/visits.csv, row 4, field host: 'USA' is none of 'LAO, VNM'"
    assert snapshot(candidate) == before
    assert listing(candidate.parent) == ["candidate"]


def test_a_release_that_fails_leaves_no_folder_that_was_not_there(tmp_path: Path) -> None:
    invalid = resources(visits=[visit("v1", host="USA")])
    with pytest.raises(PackageInvalid):
        release(invalid, INFO, tmp_path / "data" / "dist")
    assert listing(tmp_path) == []
    (tmp_path / "dist").mkdir()
    with pytest.raises(PackageInvalid):
        release(invalid, INFO, tmp_path / "dist")
    assert listing(tmp_path) == ["dist"]


def test_stock_frictionless_is_asked_of_small_candidates_and_of_every_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(verification, "frictionless_verdict", lambda _, place: iter(asked.append(place) or ()))
    rows = sum(len(resource.rows) for resource in resources())
    for most, said in ((rows, []), (rows - 1, [f"{rows} rows are many"])):
        asked.clear()
        monkeypatch.setattr(package, "STOCK_ROWS", most)
        found = build(resources(), INFO, tmp_path / "candidate")
        assert [one.message.partition(":")[0] for one in found if one.severity is Severity.INFO] == said
        assert bool(asked) is not bool(said)
    asked.clear()
    release(resources(), INFO, tmp_path / "dist")
    assert asked


def test_two_runs_at_once(tmp_path: Path) -> None:
    def run(rows: int) -> None:
        build(resources(visits=VISITS[:rows]), INFO, tmp_path / "candidate")

    with ThreadPoolExecutor() as pool:
        list(pool.map(run, [2, 3, 2, 3]))
    assert listing(tmp_path) == ["candidate"]


def test_a_release_is_written_once(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    release(resources(), INFO, dist)
    before = snapshot(dist)
    with pytest.raises(FileExistsError, match="never touched"):
        release(resources(visits=VISITS[:2]), INFO, dist)
    assert snapshot(dist) == before
    release(resources(), PackageInfo(**_with(version="0.2.0")), dist)
    assert listing(dist) == ["0.1.0", "0.2.0", "index.json", "sample-0.1.0.zip", "sample-0.2.0.zip"]


def test_check_never_pays_for_arrow() -> None:
    program = "import sys, factpack.package; print({'pyarrow', 'frictionless'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
