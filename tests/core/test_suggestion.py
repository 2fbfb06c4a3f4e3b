from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video


def test_suggestions_of_the_same_frame_are_equal() -> None:
    video = Video("a.mp4")
    assert SuggestionFrame(video, 3) == SuggestionFrame(video, 3)
    assert SuggestionFrame(video, 3) != SuggestionFrame(Video("a.mp4"), 3)
    assert SuggestionFrame(video, 3, group=2).group == 2
