"""What a test needs and the machine may not have: `.ci/tools` installs it; elsewhere the test is skipped, loudly."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import warnings
from typing import Any, NoReturn

import pytest


def not_tested(why: str) -> NoReturn:
    """Skip, and say so where everybody sees it: in pytest's summary of warnings."""
    warnings.warn(f"NOT TESTED: {why}", stacklevel=2)
    pytest.skip(f"NOT TESTED: {why}")


def needed(module: str) -> Any:
    """A Python module."""
    if importlib.util.find_spec(module.partition(".")[0]) is None:
        not_tested(f"{module} is not installed (pip install factpack[test])")
    return importlib.import_module(module)


def program(name: str, package: str) -> str:
    """Where a program lies that a Debian package brings."""
    if (found := shutil.which(name)) is None:
        not_tested(f"{name} is not installed (Debian: apt-get install {package})")
    return found
