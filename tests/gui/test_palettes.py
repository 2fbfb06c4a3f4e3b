from sleap.gui import palettes, settings_file
from sleap.gui.look import PALETTES as NAMES
from sleap.render.palette import PALETTES


def test_the_built_in_ones_are_there() -> None:
    found, problems = palettes.load()
    assert found == PALETTES and problems == []
    assert set(NAMES) == set(PALETTES)


def test_the_users_own_are_added() -> None:
    settings_file.write("colors.yaml", {"mine+": ["1,2,3", "255, 0, 9"], "standard": ["9,9,9"]})
    found, problems = palettes.load()
    assert problems == []
    assert found["mine+"].color(7) == (255, 0, 9)
    assert found["standard"].colors == ((9, 9, 9),)


def test_wrong_ones_are_told_of() -> None:
    wrong = {"a": "1,2,3", "b": [], "c": ["1,2"], "d": ["1,2,256"], "e": ["red"], "f": [7]}
    settings_file.write("colors.yaml", wrong)
    found, problems = palettes.load()
    assert found == PALETTES
    assert len(problems) == len(wrong)
