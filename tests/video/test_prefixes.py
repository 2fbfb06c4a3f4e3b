import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.errors import FileError, OptionError
from sleap.video import prefixes
from sleap.video.prefixes import Prefix, apply_all, learn, parse


@pytest.fixture(autouse=True)
def own_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SLEAP_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"


@pytest.mark.parametrize(
    ("old", "new", "stored", "expected"),
    [
        ("/a", "/b", "/a/x.mp4", "/b/x.mp4"),
        ("/a/", "/b/", "/a/c/x.mp4", "/b/c/x.mp4"),
        ("/a", "/", "/a/x.mp4", "/x.mp4"),
        ("/a", "/b", "/ab/x.mp4", None),
        ("/a", "/b", "/A/x.mp4", None),
        ("/a", "/b", "a/x.mp4", None),
        ("a", "/b", "a/x.mp4", "/b/x.mp4"),
        ("C:\\Lab", "/mnt/lab", "c:\\lab\\day 1\\x.mp4", "/mnt/lab/day 1/x.mp4"),
        ("C:/lab", "/mnt", "C:\\lab\\x.mp4", "/mnt/x.mp4"),
        ("\\\\Srv\\share", "/mnt", "\\\\srv\\share\\a\\x.mp4", "/mnt/a/x.mp4"),
        ("//srv/share", "/mnt", "\\\\srv\\share\\x.mp4", "/mnt/x.mp4"),
        ("/mnt/lab", "Z:\\", "/mnt/lab/a/x.mp4", "Z:\\a\\x.mp4"),
        ("/mnt/lab", "Z:", "/mnt/lab/a/x.mp4", "Z:\\a\\x.mp4"),
        ("/mnt/lab", "Z:/data", "/mnt/lab/a/x.mp4", "Z:/data/a/x.mp4"),
        ("/mnt", "\\\\srv\\share", "/mnt/a/x.mp4", "\\\\srv\\share\\a\\x.mp4"),
        ("/a/x.mp4", "/b/y.mp4", "/a/x.mp4", "/b/y.mp4"),
        ("/a/./b", "/c", "/a/b/x.mp4", "/c/x.mp4"),
        ("/e\u0301", "/c", "/\u00e9/x.mp4", "/c/x.mp4"),
    ],
)
def test_a_beginning_is_replaced_part_by_part(
    old: str, new: str, stored: str, expected: str | None
) -> None:
    assert Prefix(old, new).apply(stored) == expected


@pytest.mark.parametrize(
    ("stored", "found", "old", "new"),
    [
        ("/home/a/v/x.mp4", "/mnt/v/x.mp4", "/home/a", "/mnt"),
        ("/home/a/v/x.mp4", "/v/x.mp4", "/home/a", "/"),
        ("/v/x.mp4", "/mnt/v/x.mp4", "/v", "/mnt/v"),
        ("C:\\lab\\v\\x.mp4", "/mnt/lab/v/x.mp4", "C:", "/mnt"),
        ("C:\\Lab\\v\\X.mp4", "/mnt/lab/v/x.mp4", "C:", "/mnt"),
        ("C:\\lab\\x.mp4", "D:\\lab\\x.mp4", "C:", "D:"),
        ("\\\\srv\\share\\a\\x.mp4", "/mnt/share/a/x.mp4", "\\\\srv\\share", "/mnt/share"),
        ("/mnt/share/a/x.mp4", "\\\\srv\\share\\a\\x.mp4", "/mnt/share", "\\\\srv\\share"),
        ("/home/a/./v/x.mp4", "/mnt/v/x.mp4", "/home/a", "/mnt"),
    ],
)
def test_one_video_found_teaches_a_prefix(stored: str, found: str, old: str, new: str) -> None:
    learned = learn(stored, found)
    assert learned == Prefix(old, new)
    assert prefixes.split(learned.apply(stored) or "")[-1].lower() == "x.mp4"


@pytest.mark.parametrize(
    ("stored", "found"),
    [
        ("/a/x.mp4", "/b/y.mp4"),  # renamed
        ("/a/x.mp4", "/a/x.mp4"),
        ("v/x.mp4", "/b/v/x.mp4"),  # of many projects
        ("x.mp4", "/b/x.mp4"),
        ("/x.mp4", "/b/x.mp4"),
    ],
)
def test_what_says_nothing_of_others_teaches_nothing(stored: str, found: str) -> None:
    assert learn(stored, found) is None


PARTS = st.lists(st.sampled_from(["a", "b", "data", "été", "x y"]), min_size=1, max_size=5)


@given(PARTS, PARTS)
def test_what_is_learned_leads_to_the_video_it_was_learned_from(
    one: list[str], other: list[str]
) -> None:
    stored, found = "/" + "/".join([*one, "v.mp4"]), "/" + "/".join([*other, "v.mp4"])
    learned = learn(stored, found)
    assert (learned is None) == (stored == found)
    if learned is not None:
        assert learned.apply(stored) == found


def test_the_longest_beginning_goes_first() -> None:
    known = [Prefix("/a", "/1"), Prefix("/a/b", "/2"), Prefix("/c", "/3")]
    assert [path for _, path in apply_all(known, "/a/b/x")] == ["/2/x", "/1/b/x"]


def test_a_prefix_is_written_with_an_equals_sign() -> None:
    assert parse("C:\\lab=/mnt/lab") == Prefix("C:\\lab", "/mnt/lab")
    assert str(parse("/a=/b=c")) == "/a=/b=c" and parse("/a=/b=c").new == "/b=c"
    for text in ("", "/a", "=/b", "/a=", "/=/b"):
        with pytest.raises(OptionError, match="OLD=NEW"):
            parse(text)


def test_prefixes_are_remembered_newest_first(own_config: Path) -> None:
    assert prefixes.remembered() == []
    assert not own_config.exists()
    prefixes.remember(Prefix("C:\\lab", "/mnt/lab"))
    prefixes.remember(Prefix("/b", "/c"))
    prefixes.remember(Prefix("c:/LAB", "/mnt/other"))
    assert prefixes.remembered() == [Prefix("c:/LAB", "/mnt/other"), Prefix("/b", "/c")]
    assert [path.name for path in own_config.iterdir()] == [prefixes.FILENAME]
    assert prefixes.forget("/b") and not prefixes.forget("/b")
    assert prefixes.remembered() == [Prefix("c:/LAB", "/mnt/other")]


def test_only_so_many_are_remembered(own_config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefixes, "MAX_REMEMBERED", 3)
    for number in range(5):
        prefixes.remember(Prefix(f"/{number}", "/x"))
    assert [prefix.old for prefix in prefixes.remembered()] == ["/4", "/3", "/2"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"prefixes": 3}', '{"prefixes": [3]}'],
)
def test_a_damaged_file_counts_as_empty(
    text: str, own_config: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own_config.mkdir()
    (own_config / prefixes.FILENAME).write_text(text, encoding="utf-8")
    assert prefixes.remembered() == []
    assert "Cannot read the remembered video prefixes" in caplog.text
    prefixes.remember(Prefix("/a", "/b"))
    assert prefixes.remembered() == [Prefix("/a", "/b")]
    saved = json.loads((own_config / prefixes.FILENAME).read_text(encoding="utf-8"))
    assert saved == {"version": 1, "prefixes": [{"old": "/a", "new": "/b"}]}


def test_damaged_bytes_are_set_aside(own_config: Path) -> None:
    own_config.mkdir()
    (own_config / prefixes.FILENAME).write_bytes(b"\xff\x00")
    prefixes.remember(Prefix("/a", "/b"))
    assert (own_config / "video_prefixes.damaged.json").read_bytes() == b"\xff\x00"


def test_a_folder_that_cannot_be_made_is_told(own_config: Path) -> None:
    own_config.write_bytes(b"")
    assert prefixes.remembered() == []
    with pytest.raises(FileError, match="Cannot remember where videos lie"):
        prefixes.remember(Prefix("/a", "/b"))


def test_the_folder_is_that_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLEAP_CONFIG")
    monkeypatch.setattr(Path, "home", lambda: Path("/home/me"))
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    expected = {
        "linux": "/home/me/.config/sleap",
        "darwin": "/home/me/Library/Application Support/sleap",
        "win32": "/home/me/AppData/Roaming/sleap",
    }
    for system, folder in expected.items():
        monkeypatch.setattr("sys.platform", system)
        assert prefixes.config_folder() == Path(folder)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", os.fspath(Path("/x")))
    assert prefixes.config_folder() == Path("/x/sleap")
