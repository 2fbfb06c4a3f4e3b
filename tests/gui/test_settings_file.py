from pathlib import Path

import pytest

from sleap.errors import FileError
from sleap.gui import settings_file


def test_what_is_written_is_read(tmp_path: Path) -> None:
    values = {"name": "Ctrl+ü", "count": 3, "list": ["a", "b"]}
    settings_file.write("test.yaml", values)
    assert settings_file.read("test.yaml") == settings_file.Settings(values)
    assert settings_file.settings_path("test.yaml").parent == tmp_path / "config"


def test_no_file_is_no_problem() -> None:
    assert settings_file.read("none.yaml") == settings_file.Settings({})


@pytest.mark.parametrize("text", ["a: [", "- a\n- b", "3: x", "\x00", "!!python/object:os.x {}"])
def test_a_damaged_file_is_told_of_and_kept(text: str) -> None:
    path = settings_file.settings_path("test.yaml")
    path.parent.mkdir()
    for name in ("test.damaged.yaml", "test.damaged2.yaml"):
        path.write_text(text)
        settings = settings_file.read("test.yaml")
        assert settings.values == {}
        assert name in settings.problem
        assert path.with_name(name).read_text() == text
        assert not path.exists()


def test_an_empty_file_holds_nothing() -> None:
    path = settings_file.settings_path("test.yaml")
    path.parent.mkdir()
    path.write_text("# nothing yet\n")
    assert settings_file.read("test.yaml") == settings_file.Settings({})


def test_says_where_it_cannot_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("SLEAP_CONFIG", str(blocked))
    with pytest.raises(FileError, match="SLEAP_CONFIG"):
        settings_file.write("test.yaml", {})
