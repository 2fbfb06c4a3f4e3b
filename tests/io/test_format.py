from pathlib import Path

import sleap.io.formats  # noqa: F401
from sleap.io.format import FACETS, FORMATS, Format


def test_a_format_knows_its_endings() -> None:
    form = Format("Something", (".abc", ".abc.zip"), lambda path, head: False)
    assert form.find_suffix(Path("A.ABC")) == ".abc"
    assert form.find_suffix(Path("a.abc.zip")) == ".abc.zip"
    assert form.find_suffix(Path("a.zip")) == ""


def test_every_format_can_be_used() -> None:
    for name in FORMATS:
        form = FORMATS.get(name)
        assert form.title
        assert form.read or form.can_write
        assert not (form.write and form.write_video)
        assert form.holds <= FACETS.keys()
        assert form.suffixes
        assert all(suffix.startswith(".") and suffix.islower() for suffix in form.suffixes)
