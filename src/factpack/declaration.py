"""Where the classes of a dataset's models stand in its `schema/`, and their fields."""

from __future__ import annotations

import ast
import inspect
import traceback
from pathlib import Path


def body_of(cls: type) -> list[ast.stmt]:
    """The statements of a class, their lines counted in its file; none where its source is not at hand."""
    try:
        lines, first = inspect.getsourcelines(cls)
        tree = ast.parse(inspect.cleandoc("\n" + "".join(lines)))
    except (OSError, TypeError, SyntaxError):
        return []
    ast.increment_lineno(tree, first - 1)
    return tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []


def place_of(model: type, field: str = "") -> str:
    """`file:line` of a class or, where it can be found there or on a base, of a field's declaration."""
    for cls in model.__mro__ if field else ():
        for statement in body_of(cls):
            if isinstance(statement, ast.AnnAssign) and ast.unparse(statement.target) == field:
                return f"{inspect.getsourcefile(cls)}:{statement.lineno}"
    try:
        return f"{inspect.getsourcefile(model)}:{inspect.getsourcelines(model)[1]}"
    except (OSError, TypeError):
        return model.__name__


def place_of_error(error: BaseException, folder: Path) -> str:
    """Where in a folder's modules an error arose, as `file:line:column`; the folder where it is none of them."""
    inside = folder.resolve()
    frames = [
        (frame.filename, frame.lineno, (frame.colno or 0) + 1) for frame in traceback.extract_tb(error.__traceback__)
    ]
    if isinstance(error, SyntaxError) and error.filename:
        frames.append((error.filename, error.lineno, error.offset or 1))
    own = [frame for frame in frames if inside in Path(frame[0]).resolve().parents]
    return ":".join(map(str, own[-1])) if own else str(folder)
