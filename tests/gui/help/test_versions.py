from sleap.gui.help.versions import as_text, versions
from sleap.version import __version__


def test_tells_what_is_at_work() -> None:
    found = dict(versions())
    assert found["SLEAP"] == __version__
    assert {"Python", "Qt", "System", "numpy"} <= set(found)
    assert f"SLEAP: {__version__}\n" in as_text()
