"""What a user, a file or a machine can cause.

The tree::

    SleapError               anything a user can act on; the CLI prints it and exits 2
    ├── FileError            a path cannot be opened, created or replaced
    ├── FormatError          a file is there but is not what it should be
    ├── VideoError           a video is missing, broken, or has no such frame
    ├── LabelsError          the labels do not hold what was asked of them
    ├── ProfileError         a training profile has a wrong key or value
    ├── ModelError           a trained model, or a set of them, cannot be used
    ├── OptionError          a command-line option or API option has a wrong value
    ├── UnknownNameError     a registry has no entry of that name
    └── CancelledError       the user stopped a long job

Mistakes that only a programmer can make stay ``ValueError`` and ``TypeError``.
A message says what failed on which value, what was expected, and what to do.
"""

import difflib
from collections.abc import Iterable


class SleapError(Exception):
    """Base of all errors a user can act on."""


class FileError(SleapError):
    """A path cannot be opened, created or replaced."""


class FormatError(SleapError):
    """A file is there but does not hold what its format asks for."""


class VideoError(SleapError):
    """A video is missing, cannot be decoded, or has no such frame."""


class LabelsError(SleapError):
    """The labels do not hold what was asked of them."""


class ProfileError(SleapError):
    """A training profile has a wrong key or value."""


class ModelError(SleapError):
    """A trained model, or a set of models, cannot be used as asked."""


class OptionError(SleapError):
    """An option has a value outside of what it takes."""


class UnknownNameError(SleapError):
    """A registry has no entry of that name."""


class CancelledError(SleapError):
    """The user stopped a long job."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the nearest known word.

    Args:
        word: What was given.
        known: What could have been given.

    Returns:
        ``" Did you mean 'x'?"`` (with the leading space), or ``""`` when nothing is near.
    """
    lowered = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), lowered, n=1)
    return f" Did you mean '{lowered[near[0]]}'?" if near else ""
