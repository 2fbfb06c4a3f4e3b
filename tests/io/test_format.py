from pathlib import Path

import sleap.io.formats  # noqa: F401
from sleap.io.format import FORMATS, Format


def test_a_format_knows_its_endings() -> None:
    form = Format("Something", (".abc", ".abc.zip"), lambda path, head: False)
    assert form.has_suffix(Path("A.ABC"))
    assert form.has_suffix(Path("a.abc.zip"))
    assert not form.has_suffix(Path("a.zip"))


def test_every_format_can_be_used() -> None:
    for name in FORMATS:
        form = FORMATS.get(name)
        assert form.title
        assert form.read or form.write
        assert form.suffixes
        assert all(suffix.startswith(".") and suffix.islower() for suffix in form.suffixes)
