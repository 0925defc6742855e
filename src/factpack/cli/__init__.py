"""The command line: what people type, what they read, and the exit code.

Imports are late: `check` runs on every save and must not pay for tables, Parquet or a validator.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn, TextIO

from factpack import __version__
from factpack.cli.commands import COMMANDS
from factpack.cli.exits import CLEAN
from factpack.cli.project import LONGEST, fail
from factpack.config import ConfigurationError
from factpack.files import told
from factpack.reporters.glyphs import shown


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started this, as by `>&-`
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115  # for as long as the process lives
    try:
        return _run(arguments)
    finally:
        for stream in (sys.stdout, sys.stderr):
            _settle(stream)


def _run(arguments: Sequence[str] | None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    try:
        options = command_line(*given[:1]).parse_args(given)
        if not options.lasting:
            # Nearly all that these make is kept until their end: looking for garbage on the way finds none,
            gc.set_threshold(1_000_000, 50, 50)
            if arguments is None:
                atexit.register(gc.freeze)  # nor when the process ends with them.
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except ConfigurationError as error:
        return fail(str(error))
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough.
        return CLEAN
    except OSError as error:
        return fail(told(error))
    except KeyboardInterrupt:
        return fail("interrupted")
    except Exception as error:
        if os.environ.get("FACTPACK_DEBUG"):
            raise
        what = f"{type(error).__name__}: {str(error)[:300]}"
        return fail(f"internal error: {what}. Please report it; FACTPACK_DEBUG=1 shows where it happened")


def _settle(stream: TextIO) -> None:
    """Write what is left; where that fails, nothing more may be written at exit, which would change the exit code."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a call as every command does: a name in it may be a stranger's."""

    def error(self, message: str) -> NoReturn:
        super().error(shown(message, LONGEST))

    def _print_message(self, message: str, file: Any = None) -> None:
        # argparse's own passes over what cannot be written, and the exit code would tell of a success.
        print(message, end="", file=file, flush=True)


def command_line(asked: str = "") -> argparse.ArgumentParser:
    """The parser of all commands, or of the one asked for alone."""
    parser: argparse.ArgumentParser = _Parser(
        prog="factpack", description="Facts checked against the words of their sources."
    )
    parser.add_argument("--version", action="version", version=f"factpack {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    parser.set_defaults(lasting=False)
    for add in [COMMANDS[asked]] if asked in COMMANDS else COMMANDS.values():
        add(commands)
    return parser
