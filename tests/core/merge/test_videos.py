import numpy as np
import pytest

from sleap.core.merge.videos import count_unseen, match_videos
from sleap.core.video import Video
from sleap.errors import LabelsError


@pytest.mark.parametrize(
    ("base", "new", "numbers"),
    [
        (["/home/me/fly.mp4"], ["D:\\data\\fly.mp4"], [0]),
        (["a/x.mp4", "b/x.mp4"], ["c\\b\\x.mp4", "c\\a\\x.mp4"], [1, 0]),
        (["a/x.mp4", "a/x.mp4"], ["a/x.mp4", "a\\x.mp4", "a/x.mp4"], [0, 1, 2]),
        (["a/x.mp4"], ["a/y.mp4"], [1]),
        (["a/x.mp4"], ["a/x.mp4", "b/x.mp4"], [0, 1]),
        ([], ["a.mp4", "b.mp4"], [0, 1]),
        (["a.mp4"], [], []),
    ],
)
def test_paths_decide_where_names_are_the_same(
    base: list[str], new: list[str], numbers: list[int]
) -> None:
    found = match_videos([*map(Video, base)], [*map(Video, new)], {})
    assert [match.number for match in found] == numbers
    assert [match.is_added for match in found] == [number >= len(base) for number in numbers]
    assert not any(match.candidates for match in found)


def test_what_is_in_doubt_is_added_and_said() -> None:
    base = [Video("a/x.mp4"), Video("b/x.mp4")]
    (match,) = match_videos(base, [Video("c/x.mp4")], {})
    assert match.is_added and match.number == 2 and match.candidates == (0, 1)
    one, other = match_videos(base[:1], [Video("c/x.mp4"), Video("d/x.mp4")], {})
    assert one.candidates == other.candidates == (0,) and (one.number, other.number) == (1, 2)
    assert [m.number for m in match_videos(base, [Video("c/x.mp4")], {0: 1})] == [1]
    assert [m.number for m in match_videos(base, [Video("b/x.mp4")], {0: None})] == [2]
    with pytest.raises(LabelsError, match="no video 7"):
        match_videos(base, [Video("c/x.mp4")], {0: 7})


def test_sizes_must_fit() -> None:
    small, large = Video("x.mp4", shape=(5, 4, 4, 1)), Video("x.mp4", shape=(9, 8, 8, 1))
    assert match_videos([small], [large], {})[0].is_added
    found = match_videos([small, large], [Video("y/x.mp4", shape=(9, 8, 8, 1))], {})
    assert found[0].number == 1 and not found[0].candidates


def test_the_same_content_outweighs_the_path() -> None:
    shape = (9, 8, 8, 1)
    base = [Video(f"{k}/x.mp4", shape=shape, fingerprint=f"v1:{k}") for k in "ab"]
    (match,) = match_videos(base, [Video("c/b/x.mp4", shape=shape, fingerprint="v1:a")], {})
    assert match.number == 0
    (match,) = match_videos(base, [Video("renamed.mp4", fingerprint="v1:b")], {})
    assert match.number == 1


def test_packages_are_known_by_their_sources() -> None:
    def packed(package: str, number: int, source: str) -> Video:
        where = f"video{number}/video"
        return Video(package, dataset=where, source=Video(source), is_embedded=True)

    base = [Video("a/x.mp4"), Video("b/x.mp4")]
    new = [packed("one.pkg.slp", 0, "z/b/x.mp4"), packed("one.pkg.slp", 1, "z/a/x.mp4")]
    assert [match.number for match in match_videos(base, new, {})] == [1, 0]
    again = [packed("two.pkg.slp", 4, "z/a/x.mp4")]
    assert [match.number for match in match_videos(new, again, {})] == [1]


def test_frames_without_an_image_in_a_package_are_counted() -> None:
    packed = Video("a.pkg.slp", frame_numbers=[2, 5], is_embedded=True)
    assert count_unseen(packed, np.array([1, 2, 3])) == 2
    assert count_unseen(Video("a.mp4"), np.array([1, 2, 3])) == 0


def test_sequences_of_images() -> None:
    base = [Video(["a/1.png", "a/2.png"])]
    found = match_videos(base, [Video(["a/1.png"]), Video(["b\\1.png", "b\\2.png"])], {})
    assert [match.number for match in found] == [1, 0]


def test_the_same_object_comes_first() -> None:
    twins = [Video("x.mp4"), Video("x.mp4")]
    assert [match.number for match in match_videos(twins, twins[::-1], {})] == [1, 0]
