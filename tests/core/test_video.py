from pathlib import Path

import pytest

from sleap.core.video import Video, basename


@pytest.mark.parametrize(
    "path", ["a/b/clip.mp4", "C:\\b\\clip.mp4", "tests/data\\clip.mp4", "clip.mp4"]
)
def test_basename_of_paths_of_any_system(path: str) -> None:
    assert basename(path) == "clip.mp4"


def test_shape_is_told_in_words() -> None:
    video = Video(Path("x") / "clip.mp4", shape=[5, 4, 3, 1])  # type: ignore[arg-type]
    assert video.shape == (5, 4, 3, 1) and video.name == "clip.mp4"
    assert (video.n_frames, video.height, video.width, video.channels) == (5, 4, 3, 1)
    unknown = Video("clip.mp4")
    assert unknown.n_frames is unknown.height is unknown.width is unknown.channels is None
    assert unknown.n_indices == 0


def test_videos_match_by_name_and_size() -> None:
    video = Video("C:\\data\\clip.mp4", shape=(5, 4, 3, 3))
    assert video.matches(Video("/home/clip.mp4"))
    assert video.matches(Video("clip.mp4", shape=(5, 4, 3, 1)))
    assert not video.matches(Video("clip.mp4", shape=(6, 4, 3, 3)))
    assert not video.matches(Video("other.mp4"))
    assert video != Video("C:\\data\\clip.mp4", shape=(5, 4, 3, 3))


def test_datasets_of_one_file_are_different_videos() -> None:
    box = Video("data.h5", dataset="/box")
    assert box.matches(Video("copy/data.h5", dataset="/box"))
    assert not box.matches(Video("data.h5", dataset="/mask"))


def test_image_sequences_match_by_all_names() -> None:
    images = Video(["a/0.png", "a/1.png"])
    assert images.name == "0.png" and images.matches(Video(["b/0.png", "b/1.png"]))
    assert not images.matches(Video(["a/0.png"]))
    assert not images.matches(Video(["a/0.png", "a/2.png"]))
    assert Video(["a/0.png"]).matches(Video("b/0.png")) and Video([]).matches(Video([]))


def test_embedded_images_match_their_source() -> None:
    source = Video("flies.mp4", shape=(1350, 8, 8, 1))
    package = {"dataset": "video0/video", "is_embedded": True}
    train = Video(
        "train.pkg.slp", source=source, frame_numbers=[0, 9], shape=(2, 8, 8, 1), **package
    )  # type: ignore[arg-type]
    test = Video("test.pkg.slp", source=Video("flies.mp4"), frame_numbers=[1200], **package)  # type: ignore[arg-type]
    assert train.matches(source) and source.matches(train) and train.matches(test)
    assert not Video("train.pkg.slp", **package).matches(Video("test.pkg.slp", **package))  # type: ignore[arg-type]
    assert (train.n_frames, train.n_indices, test.n_indices) == (2, 1350, 1201)


def test_equal_fingerprints_decide() -> None:
    video = Video("a/x.mp4", shape=(5, 4, 3, 3), fingerprint="1:9:ab")
    assert video.matches(Video("b/y.mp4", fingerprint="1:9:ab"))
    assert video.matches(Video("copy.mp4", shape=(5, 4, 3, 1), fingerprint="1:9:ab"))
    assert video.matches(Video("b/x.mp4", shape=(5, 4, 3, 3)))
    assert not video.matches(Video("b/y.mp4", shape=(5, 4, 3, 3)))


def test_of_other_content_only_what_was_encoded_anew_matches() -> None:
    video = Video("C:\\day1\\x.mp4", shape=(5, 4, 3, 3), fingerprint="1:9:ab")
    anew = Video("/day1/x.mp4", shape=(5, 4, 3, 3), fingerprint="1:7:cd")
    assert video.matches(anew)
    assert not video.matches(Video("/day1/x.mp4", shape=(6, 4, 3, 3), fingerprint="1:7:cd"))
    assert not video.matches(Video("/day1/x.mp4", fingerprint="1:7:cd"))
    assert not video.matches(Video("/day2/x.mp4", shape=(5, 4, 3, 3), fingerprint="1:7:cd"))


def test_fingerprints_of_other_rules_say_nothing() -> None:
    video = Video("x.mp4", fingerprint="1:9:ab")
    assert video.matches(Video("x.mp4", fingerprint="2:9:ef"))
    assert video.compare_fingerprint("2:9:ef") is None
    assert video.compare_fingerprint(None) is None
    assert video.compare_fingerprint("1:9:ab") is True
    assert video.compare_fingerprint("1:9:ac") is False
