"""Children that cost a millisecond: copies of this process, which has all modules loaded.

This process must not open files of HDF5 nor start threads; its children may.
"""

import importlib
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any


class ChildError(Exception):
    """A child raised an error or died."""


def call(function: Callable[..., Any], *arguments: Any) -> Any:
    """Run a function in a child and return what it returns.

    Raises:
        ChildError: If it raised an error, or died.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            answer = (True, function(*arguments))
        except BaseException as error:
            answer = (False, f"{type(error).__name__}: {error}")
        with os.fdopen(writer, "wb") as pipe:
            pickle.dump(answer, pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        data = pipe.read()
    _, status = os.waitpid(child, 0)
    if not data:
        raise ChildError(f"the child died with status {status}")
    is_good, value = pickle.loads(data)
    if not is_good:
        raise ChildError(value)
    return value


def warm_up(function: Callable[..., Any], *arguments: Any) -> None:
    """Run a function in a child, and load here the modules that it loaded late.

    Raises:
        ChildError: If it raised an error, or died.
    """

    def run() -> list[str]:
        known = set(sys.modules)
        function(*arguments)
        return [name for name in sys.modules if name not in known]

    for name in call(run):
        with suppress(Exception):
            importlib.import_module(name)


def kill_after(seconds: float, function: Callable[..., Any], *arguments: Any) -> bool:
    """Run a function in a child and kill it at an instant.

    Returns:
        Whether it was still at work.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            function(*arguments)
            code = 0
        finally:
            os._exit(code)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
        raise ChildError("the job failed by itself")
    return os.WIFSIGNALED(status)
