import attrs

from sleap.gui import preferences, settings_file
from sleap.gui.look import Look
from sleap.gui.preferences import N_COMMANDS, Preferences, load


def test_are_the_same_after_a_restart() -> None:
    before = Preferences(look=Look(palette="twelve", trail_length=50), medium_step=25, theme="dark")
    before.save()
    after, problems = preferences.load()
    assert after == before
    assert problems == []


def test_without_a_file_are_the_defaults() -> None:
    assert preferences.load() == (Preferences(), [])


def test_a_wrong_value_costs_only_itself() -> None:
    settings_file.write(
        "preferences.yaml",
        {
            "marker size": "huge",
            "label size": 18,
            "theme": "pink",
            "large step": 200,
            "color by": 3,
        },
    )
    loaded, problems = preferences.load()
    assert loaded.look == attrs.evolve(Look(), label_size=18)
    assert (loaded.theme, loaded.large_step) == ("system", 200)
    assert len(problems) == 3 and "'marker size' cannot be 'huge'" in problems[0]


def test_what_is_not_known_is_kept() -> None:
    settings_file.write("preferences.yaml", {"share usage data": False, "theme": "dark"})
    loaded, problems = preferences.load()
    assert problems == []
    loaded.save()
    values = settings_file.read("preferences.yaml").values
    assert values["share usage data"] is False and values["theme"] == "dark"


def test_a_damaged_file_gives_the_defaults_and_a_message() -> None:
    path = settings_file.settings_path("preferences.yaml")
    path.parent.mkdir()
    path.write_text("theme: [dark")
    loaded, problems = preferences.load()
    assert loaded == Preferences()
    assert "preferences.damaged.yaml" in problems[0]


def test_every_entry_is_written() -> None:
    Preferences().save()
    values = settings_file.read("preferences.yaml").values
    names = {*attrs.fields_dict(Look), *attrs.fields_dict(Preferences)} - {"look", "others"}
    assert set(values) == {name.replace("_", " ") for name in names}


def test_reset_forgets() -> None:
    Preferences(theme="dark").save()
    preferences.reset()
    assert preferences.load()[0].theme == "system"


def test_commands_are_remembered_once_and_some_only() -> None:
    preferences = Preferences()
    for number in (*range(20), 15):
        preferences.note_command(f"command {number}")
    assert preferences.recent_commands[:3] == ["command 15", "command 19", "command 18"]
    assert len(preferences.recent_commands) == N_COMMANDS
    preferences.save()
    assert load()[0].recent_commands == preferences.recent_commands
