"""The lock file, the licences and the model's files are held to each other."""

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
RENEW = "uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes -o requirements.lock"


def pinned() -> dict[str, set[str]]:
    """Each package of the lock file with its versions: one, or one for each kind of machine."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK, re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [Requirement(each) for each in project["project"]["dependencies"]]


@pytest.mark.parametrize("requirement", requirements(), ids=lambda each: each.name)
def test_every_dependency_is_locked_at_a_version_that_is_asked_for(requirement: Requirement) -> None:
    versions = pinned().get(canonicalize_name(requirement.name))
    assert versions, f"{requirement.name} is not locked; renew with: {RENEW}"
    assert all(requirement.specifier.contains(version) for version in versions), f"renew with: {RENEW}"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-build.lock"])
def test_every_locked_package_has_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[A-Za-z0-9._-]+==)", text, flags=re.MULTILINE)[1:]
    assert blocks
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_image_installs_what_is_locked_and_checks_the_hashes() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    steps = [step for step in dockerfile.replace("\\\n", "").splitlines() if "pip " in step]
    assert len(steps) == 3
    for step in steps:
        locked = "--require-hashes" in step and "--only-binary :all:" in step
        assert locked or ("--no-deps" in step and "--no-build-isolation" in step), step


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("list_licences", ROOT / "docs" / "list_licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_licences_names_what_is_locked_and_all_of_it_may_be_used(licences: ModuleType) -> None:
    page = licences.PAGE.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([a-z0-9._-]+) \| ([^|]+) \|$", page, re.MULTILINE))
    rows = {name: licence for name, licence in rows.items() if name not in {"package", "---"}}
    assert sorted(rows) == licences.locked(), "renew with: python docs/list_licences.py"
    assert [name for name, licence in rows.items() if not licences.is_compatible(licence)] == []


@pytest.mark.parametrize(
    ("expression", "compatible"),
    [("MIT", True), ("Apache-2.0 AND MIT", True), ("GPL-3.0-only", False), ("MIT AND AGPL-3.0-only", False),
     ("GPL-2.0-only OR LGPL-2.1-or-later", True), ("Proprietary", False)],
)  # fmt: skip
def test_a_licence_that_would_bind_the_whole_program_is_refused(
    licences: ModuleType, expression: str, compatible: bool
) -> None:
    assert licences.is_compatible(expression) is compatible
