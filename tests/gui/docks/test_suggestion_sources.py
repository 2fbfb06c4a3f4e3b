from pathlib import Path

from sleap.core.labels import Labels
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video
from sleap.editing.document import Document
from sleap.gui.docks.suggestion_sources import of_other, reading, renew_suggestions, search
from sleap.progress import SILENT
from sleap.suggestions.options import ChunkOptions, SuggestionOptions


def test_what_is_found_is_of_the_live_videos(labels: Labels) -> None:
    second = labels.videos[1]
    options = SuggestionOptions(method="chunk", chunk=ChunkOptions(frame_from=3, frame_to=5))
    work = search(Document(labels), [second], options)
    labels.suggestions.clear()
    assert work(SILENT) == [SuggestionFrame(second, frame_idx) for frame_idx in (2, 3, 4)]


def test_of_another_project_only_common_videos_count(labels: Labels, tmp_path: Path) -> None:
    twin, strange = Video("elsewhere/second.mp4"), Video("third.mp4")
    other = Labels(videos=[strange, twin])
    other.suggestions += [SuggestionFrame(strange, 1), SuggestionFrame(twin, 7, 2)]
    other.save(tmp_path / "other.slp")
    found, unknown = of_other(labels, reading(tmp_path / "other.slp")(SILENT))
    assert found == [SuggestionFrame(labels.videos[1], 7, 2)]
    assert found[0].video is labels.videos[1]
    assert [video.name for video in unknown] == ["third.mp4"]


def test_labeled_ones_and_those_of_other_videos_stay(labels: Labels) -> None:
    first, second = labels.videos
    labels.suggestions.append(SuggestionFrame(second, 3))
    gone = Video("gone.mp4")
    found = [SuggestionFrame(first, 30), SuggestionFrame(gone, 1)]
    Document(labels).run(renew_suggestions, found, [first, gone])
    there = [(one.video.name, one.frame_idx) for one in labels.suggestions]
    assert there == [("first.mp4", 10), ("second.mp4", 3), ("first.mp4", 30)]
