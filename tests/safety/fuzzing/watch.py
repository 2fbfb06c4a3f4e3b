"""Notices what a process does while a file is opened: whatever a file must never cause."""

import os
import sys
import sysconfig
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent.parent.parent

_TRUSTED = tuple(
    os.path.realpath(place)
    for place in {
        *(sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), str(REPOSITORY / "sleap")),
        *("/proc", "/sys", "/usr/lib", "/usr/share", "/etc/ld.so.cache"),
    }
)

NEVER = (
    *(
        "os.system",
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.spawn",
        "os.posix_spawn",
        "os.startfile",
    ),
    *("subprocess.Popen", "pty.spawn", "pickle.find_class", "socket.connect", "socket.getaddrinfo"),
    *("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate"),
    *(
        "shutil.copyfile",
        "shutil.move",
        "shutil.rmtree",
        "shutil.unpack_archive",
        "tempfile.mkstemp",
    ),
    *("code.__new__", "function.__new__", "webbrowser.open", "urllib.Request", "ftplib.connect"),
)
"""Events of ``sys.audit`` that no file may cause."""


class Watch:
    """Records what happens while it is on.

    Attributes:
        events: What happened that no file may cause.
    """

    def __init__(self) -> None:
        self.events: list[str] = []
        self._folder: str | None = None
        _installed()
        sys.addaudithook(self._hear)

    def begin(self, folder: Path) -> None:
        """Begin to watch; files of this folder may be read."""
        self.events = []
        self._folder = os.path.realpath(folder)

    def end(self) -> list[str]:
        """Stop watching and return what happened."""
        self._folder = None
        return self.events

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if self._folder is None:
            return
        if event in NEVER or self._is_bad(event, args):
            self.events.append(f"{event} {args!r:.200}")

    def _is_bad(self, event: str, args: tuple[Any, ...]) -> bool:
        if event == "exec":
            name = str(getattr(args[0], "co_filename", ""))
            return not (name.startswith(("<frozen", "<attrs")) or _is_trusted(name))
        if event == "marshal.loads":
            return not _is_importing()
        if event == "import":
            return not _is_known(str(args[0]))
        if event == "open" and isinstance(args[0], str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(args[0]))
            is_written = bool(args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
            is_inside = path.startswith(f"{self._folder}{os.sep}")
            return not _is_trusted(path) and (is_written or not is_inside)
        return False


def _is_trusted(path: str) -> bool:
    return os.path.realpath(path).startswith(_TRUSTED)


def _is_importing() -> bool:
    frame: Any = sys._getframe()
    while frame is not None:
        if "importlib" in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False


def _is_known(name: str) -> bool:
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names or top in sys.modules:
        return True
    return top in _installed()


@cache
def _installed() -> frozenset[str]:
    return frozenset(packages_distributions())
