from pathlib import Path

import pytest

from sleap.video.places import HERE, Clues, places
from sleap.video.prefixes import Prefix

SEARCH = (Path("/p"),)


def listed(filename: str, **clues: object) -> list[str]:
    """Name the places outside of the working directory."""
    given = {"search": SEARCH, "known": (), **clues}
    named = places(Clues(filename, **given))  # type: ignore[arg-type]
    return [str(place.path) for place in named if place.rule != HERE]


@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        ("x.mp4", ["/p/x.mp4"]),
        ("v/x.mp4", ["/p/v/x.mp4", "/p/x.mp4"]),
        ("../v/x.mp4", ["/v/x.mp4", "/p/v/x.mp4", "/p/x.mp4"]),
        ("./v//x.mp4", ["/p/v/x.mp4", "/p/x.mp4"]),
        ("/d/v/x.mp4", ["/d/v/x.mp4", "/p/d/v/x.mp4", "/p/v/x.mp4", "/p/x.mp4"]),
        ("C:\\d\\x.mp4", ["/p/d/x.mp4", "/p/x.mp4"]),
        ("C:x.mp4", ["/p/x.mp4"]),
        ("", []),
        (".", []),
        ("/", []),
    ],
)
def test_places_of_paths_of_any_system(filename: str, expected: list[str]) -> None:
    assert listed(filename) == expected


def test_a_server_is_a_folder_where_no_servers_are_known() -> None:
    named = listed("\\\\server\\share\\x.mp4")
    assert named[-3:] == ["/p/server/share/x.mp4", "/p/share/x.mp4", "/p/x.mp4"]


def test_each_place_is_named_once() -> None:
    named = [place.path for place in places(Clues("b/a.mp4", (*SEARCH, *SEARCH), known=()))]
    assert len(named) == len(set(named))
    assert named[-1] == Path.cwd() / "a.mp4"


def test_noted_paths_and_prefixes() -> None:
    named = listed(
        "/d/x.mp4", relative="../v/x.mp4", absolute="/e/x.mp4", known=[Prefix("/e", "/f")]
    )
    assert named == ["/v/x.mp4", "/d/x.mp4", "/e/x.mp4", "/p/d/x.mp4", "/p/x.mp4", "/f/x.mp4"]


def test_a_noted_relative_path_that_is_not_relative_is_left_out() -> None:
    assert listed("/d/x.mp4", relative="/etc/passwd") == ["/d/x.mp4", "/p/d/x.mp4", "/p/x.mp4"]
