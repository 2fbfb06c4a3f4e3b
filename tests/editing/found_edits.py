"""All edits there are, found by import."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from sleap.editing import edits


def find_edits() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Find all public functions whose first argument is a transaction."""
    for found in pkgutil.walk_packages(edits.__path__, f"{edits.__name__}."):
        for name, function in inspect.getmembers(import_module(found.name), inspect.isfunction):
            is_own = function.__module__ == found.name and not name.startswith("_")
            if is_own and next(iter(inspect.signature(function).parameters), "") == "tx":
                yield f"{found.name.removeprefix(edits.__name__ + '.')}.{name}", function


EDITS = dict(find_edits())
