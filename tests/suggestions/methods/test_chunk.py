import sleap
from sleap.progress import Progress
from sleap.suggestions.options import ChunkOptions, SuggestionOptions
from sleap.suggestions.suggest import suggest


def frames_of(
    labels: sleap.Labels, first: int, last: int, progress: Progress | None = None
) -> list[int]:
    options = SuggestionOptions(method="chunk", chunk=ChunkOptions(frame_from=first, frame_to=last))
    new = suggest(labels, [labels.videos[1]], options, progress or Progress())
    return [one.frame_idx for one in new]


def test_frames_are_counted_from_one_and_both_ends_included(project: sleap.Labels) -> None:
    assert frames_of(project, 1, 3) == [0, 1, 2]
    assert frames_of(project, 25, 28) == [24, 26, 27]  # 25 is labeled
    assert frames_of(project, 118, 1000) == [117, 118, 119]


def test_a_chunk_behind_the_end_is_told(project: sleap.Labels) -> None:
    class Listener(Progress):
        text = ""

        def say(self, text: str) -> None:
            self.text = text

    listener = Listener()
    assert frames_of(project, 121, 130, listener) == []
    assert listener.text.endswith("has no frames 121 to 130: it ends with frame 120.")
