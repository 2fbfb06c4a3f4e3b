"""Settings of the user in YAML files: read with care, written whole, never lost.

They lie in the folder ``$SLEAP_CONFIG``, or else in that of the system for settings.
"""

import logging
from pathlib import Path
from typing import Any

from attrs import frozen

from sleap.errors import FileError
from sleap.io.atomic import replacing
from sleap.video.prefixes import config_folder

logger = logging.getLogger(__name__)


@frozen
class Settings:
    """What a file holds.

    Attributes:
        values: The entries; none if there is no file, or it cannot be understood.
        problem: What is wrong with the file, for the user; "" if nothing.
    """

    values: dict[str, Any]
    problem: str = ""


def settings_path(name: str) -> Path:
    """Return the path of a file of settings."""
    return config_folder() / name


def read(name: str) -> Settings:
    """Read a file of settings. One that cannot be understood is set aside, not overwritten."""
    import yaml

    path = settings_path(name)
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return Settings({})
    except OSError as error:
        return Settings({}, f"Cannot read '{path}': {error.strerror or error}.")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return Settings({}, _set_aside(path, getattr(error, "problem", "") or "it is not YAML"))
    if data is None:
        return Settings({})
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        return Settings({}, _set_aside(path, "it does not hold 'name: value' lines"))
    return Settings(data)


def write(name: str, values: dict[str, Any]) -> None:
    """Write a file of settings, whole or not at all.

    Raises:
        FileError: If it cannot be written.
    """
    import yaml

    path = settings_path(name)
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            f"Cannot make the folder for settings '{path.parent}': {error.strerror or error}. "
            "Set SLEAP_CONFIG to a folder that you may write to."
        ) from error
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def _set_aside(path: Path, why: str) -> str:
    """Rename a file that cannot be understood; return what to tell the user."""
    aside, number = path.with_suffix(".damaged.yaml"), 1
    while aside.exists():
        number += 1
        aside = path.with_suffix(f".damaged{number}.yaml")
    try:
        path.replace(aside)
    except OSError as error:
        logger.warning("Cannot set '%s' aside: %s", path, error)
        return f"'{path}' cannot be understood ({why}); the defaults are used."
    return (
        f"'{path.name}' cannot be understood ({why}); the defaults are used. "
        f"The file is kept as '{aside}'."
    )
