import pytest

from sleap.gui import settings_file, shortcuts
from sleap.gui.shortcuts import DEFAULTS, Shortcuts

NAMES_OF_THE_ORIGINAL = {
    "add instance",
    "add videos",
    "clear selection",
    "close",
    "color predicted",
    "delete area",
    "delete clip",
    "delete instance",
    "delete track",
    "export clip",
    "fit",
    "goto frame",
    "goto marked",
    "goto next suggestion",
    "goto next track spawn",
    "goto next user",
    "goto next labeled",
    "goto prev suggestion",
    "goto prev labeled",
    "learning",
    "mark frame",
    "new",
    "next video",
    "open",
    "prev video",
    "save as",
    "save",
    "select next",
    "show edges",
    "show labels",
    "show trails",
    "transpose",
}


def test_every_name_of_the_original_is_there() -> None:
    assert set(DEFAULTS) >= NAMES_OF_THE_ORIGINAL


def test_every_default_is_a_key_and_no_key_is_given_twice() -> None:
    defaults = Shortcuts()
    assert defaults.all_conflicts() == {}
    for name, text in DEFAULTS.items():
        assert len(defaults.keys[name]) == len(text.split()), name


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("new", "Ctrl+N"),
        ("goto next suggestion", "Space"),
        ("goto prev suggestion", "Shift+Space"),
        ("goto next labeled", "Alt+Right"),
        ("goto next user", "Ctrl+U"),
        ("goto last interacted", "Ctrl+A"),
        ("close", "Ctrl+Q"),
        ("next video", "Alt+Shift+Right"),
        ("frame next medium step", "Ctrl+Right"),
        ("delete track", "Ctrl+Shift+Backspace"),
        ("undo", "Ctrl+Z"),
        ("redo", "Ctrl+Shift+Z"),
    ],
)
def test_the_newer_keys_come_first(name: str, key: str) -> None:
    assert Shortcuts().of(name)[0] == key


def test_the_old_keys_are_kept_where_free() -> None:
    own = Shortcuts()
    assert "Ctrl+." in own.of("goto next labeled")
    assert "Ctrl+>" in own.of("goto next user")
    assert "F3" in own.of("goto next suggestion")


def test_keys_are_the_same_after_a_restart() -> None:
    own = Shortcuts()
    own.assign("new", ["ctrl+alt+n", "F9"])
    own.assign("save", [])
    own.save()
    assert settings_file.read("shortcuts.yaml").values == {"new": ["Ctrl+Alt+N", "F9"], "save": ""}
    assert shortcuts.load() == (own, [])


def test_a_key_is_taken_from_whoever_had_it() -> None:
    own = Shortcuts()
    assert own.conflicts("new", ["Ctrl+S", "F3"]) == ["save", "goto next suggestion"]
    own.assign("new", ["Ctrl+S"])
    assert own.of("save") == () and own.of("new") == ("Ctrl+S",)
    own.reset("save")
    assert own.of("save") == ()
    own.reset("new")
    own.reset("save")
    assert own == Shortcuts()


def test_a_default_yields_to_a_key_of_the_file() -> None:
    settings_file.write("shortcuts.yaml", {"add videos": "Ctrl+A", "close": "Close"})
    own, problems = shortcuts.load()
    assert own.of("add videos") == ("Ctrl+A",) and own.of("goto last interacted") == ()
    assert own.of("close") == ("Ctrl+W",)
    assert problems == []


def test_wrong_entries_are_told_of_and_strange_names_kept() -> None:
    settings_file.write(
        "shortcuts.yaml",
        {"new": 3, "open": "Ctrl+Nonsense", "save": "F5", "fit": "F5", "export nwb": "F7"},
    )
    own, problems = shortcuts.load()
    assert own.of("new") == ("Ctrl+N",) and own.of("open") == ()
    assert len(problems) == 3
    assert "F5 is given to 'save' and 'fit'" in problems[2]
    own.save()
    assert settings_file.read("shortcuts.yaml").values["export nwb"] == "F7"


def test_keys_of_nobody() -> None:
    assert Shortcuts().of("no such action") == ()
    assert shortcuts.shown("Ctrl+N")
