"""Earlier versions of a file, kept in a folder beside it.

``labels.slp`` has them in ``labels.slp.backups/2026-11-23_07-12-33.slp``: each is named by the
moment at which it was replaced and holds what the file held until then. A version is kept by a
second name for the same data (a hard link), which takes no time and, until the old version is the
only one, no space; where the disk knows no such names it is copied.

Beside them lies ``.backups.json``, which lists what this program made: nothing else is ever
removed, so a backup that was renamed or edited stays for good.
"""

import json
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from attrs import frozen

from sleap.errors import FileError
from sleap.io.atomic import explain, flush_folder, keeping, replacing

FOLDER_SUFFIX = ".backups"
LIST = ".backups.json"
README = "README.txt"

_NAME = "%Y-%m-%d_%H-%M-%S"

_TEXT = """This folder holds earlier versions of the file '{name}'.

Each is named by the moment at which it was replaced, and is a complete file of its own: open it
like any other, or copy it over '{name}' to go back to it.

The program removes the oldest of those it made when there are more than you asked for. A version
that you rename, or that you put here, is never removed.
"""

logger = logging.getLogger(__name__)


@frozen
class Backup:
    """An earlier version of a file.

    Args:
        path: Where it lies.
        made_at: When the file was replaced by a newer version, local time; for files that somebody
            else put into the folder, when they were last changed.
        size: Bytes.
    """

    path: Path
    made_at: datetime
    size: int


def backup_folder(path: str | Path) -> Path:
    """Return the folder of the backups of a file, whether it is there or not."""
    target = Path(os.path.realpath(path))
    return target.with_name(target.name + FOLDER_SUFFIX)


def list_backups(path: str | Path) -> list[Backup]:
    """Return the earlier versions of a file, newest first.

    Args:
        path: The file; it need not be there any more.
    """
    folder = backup_folder(path)
    made = _read_list(folder)
    found: list[tuple[float, Backup]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name == README or not entry.is_file():
                continue
            facts = entry.stat()
            moment = made.get(entry.name, {}).get("made_at") or _named_moment(entry.name)
            moment = moment or facts.st_mtime
            made_at = datetime.fromtimestamp(moment)
            found.append((moment, Backup(Path(entry.path), made_at, facts.st_size)))
    return [backup for _, backup in sorted(found, key=lambda pair: pair[0], reverse=True)]


def restore(path: str | Path, backup: str | Path) -> None:
    """Go back to an earlier version; what the file holds now becomes a backup itself.

    Args:
        path: The file; it need not be there any more.
        backup: The version to go back to: any file, by custom one of ``list_backups(path)``. It
            stays where it is.

    Raises:
        FileError: If the backup cannot be read, or the present version can be neither kept nor
            replaced; then nothing is changed.
    """
    backup = Path(backup)
    if not backup.is_file():
        raise FileError(f"Cannot restore '{path}': there is no backup '{backup}'.")
    with keeping(path, _kept_or_refused), replacing(path) as temporary:
        shutil.copyfile(backup, temporary)


@contextmanager
def kept(path: Path, n_kept: int | None, *, forever: bool = False) -> Iterator[Path]:
    """Keep the present version of a file while it is replaced, and remove the oldest ones after.

    If it was not replaced after all, its backup is removed again.

    Args:
        path: The file, not a link to it.
        n_kept: How many versions to keep, this one included; None to remove none.
        forever: Whether this version is never removed and does not count: it is the work of
            somebody else.

    Yields:
        The backup.

    Raises:
        OSError: If it cannot be kept; nothing is changed then.
    """
    now = datetime.now()
    folder = backup_folder(path)
    is_new = not folder.exists()
    folder.mkdir(exist_ok=True)
    if is_new:
        with suppress(OSError):
            (folder / README).write_text(_TEXT.format(name=path.name), encoding="utf-8")
    backup = _keep_as(path, folder, now)
    with _warning(f"The backup '{backup}' cannot be listed"):
        _enter(folder, backup, now, forever)
    try:
        yield backup
    except BaseException:
        # Until it is replaced the file and its backup are one: a program that writes into the
        # file would change both.
        with suppress(OSError):
            backup.unlink()
        raise
    if n_kept is not None:
        with _warning(f"Old backups of '{path}' cannot be removed"):
            _remove_oldest(folder, n_kept)


@contextmanager
def kept_or_warned(path: Path, n_kept: int) -> Iterator[Path | None]:
    """Do the same as ``kept``, but where it is not possible warn and go on."""
    with ExitStack() as stack:
        backup: Path | None = None
        with _warning(f"No backup of '{path}' is kept"):
            backup = stack.enter_context(kept(path, n_kept))
        yield backup


@contextmanager
def _kept_or_refused(path: Path) -> Iterator[None]:
    with kept(path, None):
        yield


def _keep_as(path: Path, folder: Path, moment: datetime) -> Path:
    stem = moment.strftime(_NAME)
    suffix = ".pkg.slp" if path.name.lower().endswith(".pkg.slp") else path.suffix
    number = 1
    while True:
        backup = folder / f"{stem}{f'_{number}' if number > 1 else ''}{suffix}"
        number += 1
        if backup.exists():
            continue
        try:
            os.link(path, backup)
        except FileExistsError:
            continue
        except OSError:
            _copy(path, backup)
        flush_folder(folder)
        return backup


def _copy(path: Path, backup: Path) -> None:
    try:
        with replacing(backup) as temporary:
            shutil.copyfile(path, temporary)
            shutil.copystat(path, temporary)
    except FileError as error:
        cause = error.__cause__
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def _named_moment(name: str) -> float | None:
    """Return the moment in the name of a backup that is not on the list."""
    try:
        return datetime.strptime(name[:19], _NAME).timestamp()
    except (ValueError, OSError, OverflowError):
        return None


def _enter(folder: Path, backup: Path, moment: datetime, forever: bool) -> None:
    """Enter a new backup into the list of what this program made."""
    facts = backup.stat()
    entry = {
        "made_at": moment.timestamp(),
        "size": facts.st_size,
        "changed_ns": facts.st_mtime_ns,
        "forever": forever,
    }
    _write_list(folder, {**_read_list(folder), backup.name: entry})


def _remove_oldest(folder: Path, n_kept: int) -> None:
    """Remove the oldest backups that roll and are still as they were made."""
    made = _read_list(folder)
    ours = {name: entry for name, entry in made.items() if _is_as_made(folder / name, entry)}
    rolling = [name for name in ours if not ours[name].get("forever")]
    by_age = sorted(rolling, key=lambda name: float(ours[name]["made_at"]), reverse=True)
    for name in by_age[max(n_kept, 1) :]:
        (folder / name).unlink(missing_ok=True)
        del ours[name]
    if len(ours) != len(made):
        _write_list(folder, ours)


def _write_list(folder: Path, made: dict[str, dict[str, Any]]) -> None:
    with replacing(folder / LIST) as temporary:
        temporary.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def _is_as_made(path: Path, entry: dict[str, Any]) -> bool:
    try:
        facts = path.stat()
    except OSError:
        return False
    return (facts.st_size, facts.st_mtime_ns) == (entry["size"], entry["changed_ns"])


def _read_list(folder: Path) -> dict[str, dict[str, Any]]:
    """Read what this program made; what cannot be read counts as made by somebody else."""
    try:
        made = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(made, dict):
        return {}
    return {
        str(name): entry
        for name, entry in made.items()
        if isinstance(entry, dict)
        and all(
            isinstance(entry.get(key), int | float) for key in ("made_at", "size", "changed_ns")
        )
        and Path(name).name == name
    }


@contextmanager
def _warning(text: str) -> Iterator[None]:
    try:
        yield
    except (OSError, FileError) as error:
        why = str(error).rstrip(".") if isinstance(error, FileError) else explain(error)
        logger.warning("%s: %s.", text, why)
