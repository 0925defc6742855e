"""What factpack is made of: locked by hash, known by name, free of known flaws, and the same bytes each time."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = ROOT / ".ci/lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
_PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?P<marker> ;[^\\\n]*)?((?: \\\n    --hash=\S+)+)$", re.MULTILINE
)


def pins(file: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for match in _PIN.finditer((LOCK / file).read_text("utf-8")):
        found.setdefault(canonicalize_name(match["name"]), []).append(match["version"])
    return found


def requirements(*extras: str) -> list[Requirement]:
    """What pyproject.toml asks for, extras of its own resolved."""
    texts = [*PROJECT["dependencies"], *(one for extra in extras for one in PROJECT["optional-dependencies"][extra])]
    found = [Requirement(text) for text in texts]
    own = [one for one in found if one.name == PROJECT["name"]]
    return [one for one in found if one not in own] + [two for one in own for two in requirements(*one.extras)]


@pytest.mark.parametrize("file", sorted(path.name for path in LOCK.iterdir()))
def test_everything_is_locked_by_hash_and_no_index_is_named(file: str) -> None:
    text = (LOCK / file).read_text("utf-8")
    assert _PIN.sub("", text).strip() == ""
    assert set(re.findall(r"--hash=(\w+):[0-9a-f]{64}\b", text)) == {"sha256"}
    assert "://" not in text


def test_nothing_is_installed_from_an_index_but_by_hash() -> None:
    installs = {
        f"{path.name}: {line.strip()}"
        for path in (
            *(ROOT / ".ci").iterdir(),
            *(ROOT / ".github/workflows").iterdir(),
            ROOT / "action.yml",
            ROOT / "Makefile",
        )
        if path.is_file()
        for line in path.read_text("utf-8").replace("\\\n", " ").splitlines()
        if re.search(r"\bpip (install|wheel|download)|\$\{pip\[@\]\}\"|\$\(PIP\)|\$\(LOCKED\)", line)
    }
    assert len(installs) > 8
    assert [
        one for one in installs if not re.search(r"--require-hashes|--no-deps|LOCKED|^\w+: PIP :=|pip=\(", one)
    ] == []


@pytest.mark.parametrize(("file", "extras"), [("runtime.txt", []), ("development.txt", ["test", "lint"])])
def test_the_lock_fits_what_is_asked_for(file: str, extras: list[str]) -> None:
    locked = pins(file)
    for one in requirements(*extras):
        versions = locked[canonicalize_name(one.name)]
        assert all(version in one.specifier for version in versions), f"run `make lock`: {one} is locked as {versions}"


def test_the_locks_agree() -> None:
    development = pins("development.txt")
    for file in ("build.txt", "runtime.txt"):
        assert {name: version for name, version in pins(file).items() if name in development} == {
            name: development[name] for name in pins(file) if name in development
        }


def test_what_runs_has_a_reason_and_an_upper_bound_only_where_a_break_is_known() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").partition("dependencies = [")[2].partition("\n]")[0]
    for line in lines.strip().splitlines():
        assert re.search(r"# \w+", line), line
        assert not re.search(r"<|==|~=", line.partition("#")[0]), line


# Known flaws.


def audit(place: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, ROOT / ".ci/audit.py", place], capture_output=True, text=True, check=False)


def advisory(events: list[dict[str, str]], **more: Any) -> dict[str, Any]:
    package = {"ecosystem": "PyPI", "name": "Jinja2"}
    spans = [{"type": "ECOSYSTEM", "events": events}]
    return {"id": "X-1", "summary": "s", "affected": [{"package": package, "ranges": spans}], **more}


EVERY = [{"introduced": "0"}]
NEWER = "9999"
ADVISORIES: list[tuple[str, dict[str, Any], int]] = [
    ("every version", advisory(EVERY), 1),
    ("not yet fixed", advisory([*EVERY, {"fixed": NEWER}]), 1),
    ("fixed", advisory([*EVERY, {"fixed": "1.0"}]), 0),
    ("fixed and broken again", advisory([{"introduced": "2.0"}, {"fixed": "1.0"}, *EVERY]), 1),
    ("in later ones", advisory([{"introduced": NEWER}]), 0),
    ("up to an older one", advisory([*EVERY, {"last_affected": "1.0"}]), 0),
    ("up to a newer one", advisory([*EVERY, {"last_affected": NEWER}]), 1),
    ("withdrawn", advisory(EVERY, withdrawn="2024-01-01T00:00:00Z"), 0),
    ("listed", {"id": "X-2", "affected": [
        {"package": {"ecosystem": "PyPI", "name": "jinja2"}, "versions": pins("runtime.txt")["jinja2"]}]}, 1),
    ("another ecosystem", {"id": "X-3", "affected": [
        {"package": {"ecosystem": "npm", "name": "jinja2"}, "ranges": [{"type": "ECOSYSTEM", "events": EVERY}]}]}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("what", "said", "code"), ADVISORIES, ids=[one[0] for one in ADVISORIES])
def test_an_audit_needs_only_an_export(what: str, said: dict[str, Any], code: int, tmp_path: Path) -> None:
    (tmp_path / "X.json").write_text(json.dumps(said))
    ran = audit(tmp_path)
    assert (ran.returncode, ran.stderr) == (code, "")
    assert ("jinja2 " in ran.stdout) == bool(code)
    shutil.make_archive(str(tmp_path / "all"), "zip", tmp_path, "X.json")
    assert audit(tmp_path / "all.zip").stdout == ran.stdout


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b"PK"])
def test_an_audit_of_nothing_is_none(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "X.json").write_bytes(content)
    assert audit(tmp_path).returncode == 2
    assert audit(tmp_path / "X.json").returncode == 2


# What is built.


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """Wheel and sdist, built twice: elsewhere, at another time, under another umask and another locale."""
    found = []
    for number, (umask, zone) in enumerate([(0o022, "UTC"), (0o077, "Asia/Tokyo")]):
        folder = tmp_path_factory.mktemp(f"built-{number}" * (number + 1))
        for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"):
            shutil.copy(ROOT / name, folder)
        shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
        for path in folder.rglob("*"):
            os.utime(path, (10**9 + number * 10**8,) * 2)
            if path.is_file():
                path.chmod(0o666 & ~umask)
        command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder / "out")]
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(number)}
        environment.pop("SOURCE_DATE_EPOCH", None)
        subprocess.run(command, cwd=folder, env=environment, umask=umask, check=True, capture_output=True)
        found.append({path.name: path.read_bytes() for path in (folder / "out").iterdir()})
    return found


def test_wheel_and_sdist_are_the_same_bytes_each_time(built: list[dict[str, bytes]]) -> None:
    one, two = ({name: sha256(data).hexdigest() for name, data in each.items()} for each in built)
    assert one == two
    assert sorted(name.rpartition(".")[2] for name in one) == ["gz", "whl"]


@pytest.mark.parametrize("version", ["0.1.0", "1.0.0"])
def test_what_a_version_of_the_data_was_made_from_can_be_listed(version: str) -> None:
    """CycloneDX, valid by its own schema, with all inputs, tools and files of the version."""
    folder = ROOT / "dist" / version
    ran = subprocess.run([sys.executable, ROOT / ".ci/sbom.py", folder], capture_output=True, text=True, check=True)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(ran.stdout) is None
    content = json.loads(ran.stdout)
    made = json.loads((folder / "provenance.json").read_text("utf-8"))
    about = content["metadata"]["component"]
    assert (about["version"], about["pedigree"]["commits"]) == (version, [{"uid": made["git_commit"]}])
    assert about["licenses"] == [{"license": {"id": "CC-BY-4.0"}}]
    (formulation,) = content["formulation"]
    parts = formulation["components"]
    assert {one["name"]: one["version"] for one in parts if one["type"] == "application"} == made["made_with"]
    assert all(one["licenses"] for one in parts if one["type"] == "application")
    assert {one["name"]: one["hashes"][0]["content"] for one in parts if one["type"] == "file"} == made["inputs"]
    for one in content["components"]:
        assert one["hashes"][0]["content"] == sha256((folder / one["name"]).read_bytes()).hexdigest()
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {one["name"] for one in content["components"]} == files - {"SHA256SUMS"}


def test_what_is_installed_can_be_listed_for_others(tmp_path: Path) -> None:
    """CycloneDX, valid by its own schema, with all that factpack asks for."""
    out = tmp_path / "factpack.cdx.json"
    tool = Path(sys.executable).with_name("cyclonedx-py")
    subprocess.run([tool, "environment", "--output-reproducible", "--output-file", out, sys.executable], check=True)
    text = out.read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    content = json.loads(text)
    (own,) = [one for one in content["components"] if one["name"] == "factpack"]
    (needs,) = [one["dependsOn"] for one in content["dependencies"] if one["ref"] == own["bom-ref"]]
    needed = {canonicalize_name(one.partition("==")[0]) for one in needs}
    assert {canonicalize_name(one.name) for one in requirements()} <= needed
