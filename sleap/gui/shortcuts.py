"""Keys of actions: the defaults, and the user's own of ``shortcuts.yaml``.

The file has lines ``name: Ctrl+N``, or a list of keys; an empty one for none. Names of keys are
those of Qt, also of its standard keys (``SaveAs``, ``FindNext``). What it does not name has the
default.
"""

from collections.abc import Iterable
from typing import Any

from attrs import define, field
from qtpy.QtCore import Qt
from qtpy.QtGui import QKeySequence

from sleap.gui import settings_file

FILENAME = "shortcuts.yaml"

Keys = tuple[str, ...]

STANDARD_KEYS = {
    "New": "Ctrl+N",
    "Open": "Ctrl+O",
    "Save": "Ctrl+S",
    "SaveAs": "Ctrl+Shift+S",
    "Close": "Ctrl+W",
    "Quit": "Ctrl+Q",
    "Undo": "Ctrl+Z",
    "Redo": "Ctrl+Shift+Z",
    "Copy": "Ctrl+C",
    "Paste": "Ctrl+V",
    "FindNext": "F3",
    "FindPrevious": "Shift+F3",
    "Forward": "Alt+Right",
    "Back": "Alt+Left",
    "HelpContents": "F1",
}
"""Names of Qt's standard keys that files of the original use."""

DEFAULTS: dict[str, str] = {
    "new": "Ctrl+N",
    "open": "Ctrl+O",
    "save": "Ctrl+S",
    "save as": "Ctrl+Shift+S",
    "close window": "Ctrl+W",
    "close": "Ctrl+Q",
    "add videos": "",
    "export analysis": "Ctrl+Alt+E",
    "export clip": "",
    "frame next": "Right",
    "frame prev": "Left",
    "frame next medium step": "Ctrl+Right",
    "frame prev medium step": "Ctrl+Left",
    "frame next large step": "Ctrl+Alt+Right",
    "frame prev large step": "Ctrl+Alt+Left",
    "frame next 50": "Down",
    "frame prev 50": "Up",
    "frame first": "Home",
    "frame last": "End",
    "run start": "J",
    "run end": "K",
    "play": "Ctrl+Space",
    "goto next labeled": "Alt+Right Ctrl+.",
    "goto prev labeled": "Alt+Left",
    "goto next user": "Ctrl+U Ctrl+>",
    "goto prev user": "Ctrl+Shift+U",
    "goto next suggestion": "Space F3 Ctrl+G",
    "goto prev suggestion": "Shift+Space Shift+F3 Ctrl+Shift+G",
    "goto next track spawn": "Ctrl+E",
    "goto last interacted": "Ctrl+A",
    "next video": "Alt+Shift+Right",
    "prev video": "Alt+Shift+Left",
    "goto frame": "Ctrl+J",
    "select to frame": "Ctrl+Shift+J",
    "mark frame": "Ctrl+M",
    "goto marked": "Ctrl+Shift+M",
    "command palette": "Ctrl+Shift+P",
    "preferences": "Ctrl+,",
    "show instances": "H",
    "hold to hide": "X",
    "hold to magnify": "Z",
    "color predicted": "",
    "show labels": "Ctrl+Tab",
    "show edges": "Ctrl+Shift+Tab",
    "show trails": "",
    "show non-visible": "Shift+V",
    "fit": "Ctrl+=",
    "fit image": "Ctrl+Shift+=",
    "undo": "Ctrl+Z",
    "redo": "Ctrl+Shift+Z Ctrl+Y",
    "add instance": "Ctrl+I",
    "click to place": "C",
    "delete instance": "Ctrl+Backspace",
    "delete track": "Ctrl+Shift+Backspace",
    "select next": "`",
    "clear selection": "Esc",
    "copy instance": "Ctrl+C",
    "paste instance": "Ctrl+V",
    "copy track": "Ctrl+Shift+C",
    "paste track": "Ctrl+Shift+V",
    "transpose": "Ctrl+T",
    "propagate tracks": "P",
    "new track": "Ctrl+0",
    **{f"set track {number}": f"Ctrl+{number}" for number in range(1, 10)},
    **{f"select {number}": str(number) for number in range(1, 10)},
    "negative frame": "N",
    "delete area": "Ctrl+K",
    "delete clip": "",
    "learning": "Ctrl+L",
    "keyboard reference": "F1",
}
"""Keys by name, several parted by blanks; where the original changed one, the old one is second."""


@define
class Shortcuts:
    """The keys of every action that has a name.

    Attributes:
        keys: By name, what triggers it; the first is shown in menus.
        others: Entries of the file that no action of this version has; kept.
    """

    keys: dict[str, Keys] = field(factory=lambda: {name: default(name) for name in DEFAULTS})
    others: dict[str, Any] = field(factory=dict)

    def of(self, name: str) -> Keys:
        """Return the keys of a name; none if nobody knows it."""
        return self.keys.get(name, ())

    def conflicts(self, name: str, keys: Iterable[str]) -> list[str]:
        """Return the other names that have one of these keys."""
        wanted = set(keys)
        return [other for other, own in self.keys.items() if other != name and wanted & set(own)]

    def all_conflicts(self) -> dict[str, list[str]]:
        """Return the keys that several names have, with these names."""
        users: dict[str, list[str]] = {}
        for name, own in self.keys.items():
            for key in own:
                users.setdefault(key, []).append(name)
        return {key: names for key, names in users.items() if len(names) > 1}

    def assign(self, name: str, keys: Iterable[str]) -> None:
        """Give a name its keys, and take them from others."""
        wanted = tuple(dict.fromkeys(normal for key in keys if (normal := normalized(key))))
        for other in self.conflicts(name, wanted):
            self.keys[other] = tuple(key for key in self.keys[other] if key not in wanted)
        self.keys[name] = wanted

    def reset(self, name: str) -> None:
        """Give a name its default keys, as far as no other name has them."""
        taken = {key for other, own in self.keys.items() if other != name for key in own}
        self.keys[name] = tuple(key for key in default(name) if key not in taken)

    def save(self) -> None:
        """Write what differs from the defaults.

        Raises:
            FileError: If the file cannot be written.
        """
        changed = {
            name: list(keys) if len(keys) > 1 else "".join(keys)
            for name, keys in self.keys.items()
            if keys != default(name)
        }
        settings_file.write(FILENAME, {**changed, **self.others})


def load() -> tuple[Shortcuts, list[str]]:
    """Return the shortcuts, and what was wrong with the file, for the user."""
    settings = settings_file.read(FILENAME)
    problems = [settings.problem] if settings.problem else []
    shortcuts = Shortcuts()
    given: set[str] = set()
    for name, value in settings.values.items():
        if name not in DEFAULTS:
            shortcuts.others[name] = value
            continue
        texts = [value] if isinstance(value, str) else value or []
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            problems.append(f"{FILENAME}: '{name}' takes a key such as 'Ctrl+N', not {value!r}.")
            continue
        keys = tuple(normal for text in texts if (normal := normalized(text)))
        if wrong := [text for text in texts if text and not normalized(text)]:
            problems.append(f"{FILENAME}: '{name}': there is no key '{wrong[0]}'.")
        shortcuts.keys[name] = keys
        given.add(name)
    # A default yields to a key that the user gave to something else.
    chosen = {key for name in given for key in shortcuts.keys[name]}
    for name, keys in shortcuts.keys.items():
        if name not in given:
            shortcuts.keys[name] = tuple(key for key in keys if key not in chosen)
    for key, names in shortcuts.all_conflicts().items():
        problems.append(f"{FILENAME}: {key} is given to {' and '.join(map(repr, names))}.")
    return shortcuts, problems


def default(name: str) -> Keys:
    """Return the keys that a name has unless the user says otherwise."""
    return tuple(normalized(text) for text in DEFAULTS[name].split())


def normalized(text: str) -> str:
    """Write a key the one way that Qt writes it; "" if there is no such key."""
    sequence = QKeySequence(STANDARD_KEYS.get(text.strip(), text.strip()))
    key: int = sequence[0].key().value if sequence.count() else 0  # type: ignore[index]
    if key in (0, Qt.Key.Key_unknown.value):
        return ""
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


def shown(key: str) -> str:
    """Write a key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
