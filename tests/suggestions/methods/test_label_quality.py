import sleap
from sleap.progress import Progress
from sleap.suggestions.doubts import DISAGREEMENT, DUPLICATE, FLIP, SHAPE
from sleap.suggestions.options import LabelQualityOptions, SuggestionOptions
from sleap.suggestions.suggest import suggest
from tests.suggestions import planted
from tests.suggestions.planted import make_planted


class Listener(Progress):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)


def run(labels: sleap.Labels, progress: Progress | None = None, **options: float) -> dict[int, int]:
    chosen = LabelQualityOptions(**options)  # type: ignore[arg-type]
    found = suggest(
        labels,
        None,
        SuggestionOptions(method="label_quality", label_quality=chosen),
        progress or Progress(),
    )
    return {one.frame_idx: one.group or 0 for one in found}


def test_groups_tell_the_kind_of_doubt_and_the_worst_is_first() -> None:
    found = run(make_planted())
    assert {index: found[index] for index in list(found)[:5]} == {
        planted.OUTLIER: SHAPE,
        planted.FLIP: FLIP,
        planted.PAIR_FLIP: FLIP,
        planted.DUPLICATE: DUPLICATE,
        planted.DISAGREEMENT: DISAGREEMENT,
    }
    assert list(run(make_planted(), per_video=2)) == list(found)[:2]
    assert list(found) != sorted(found)


def test_reasons_are_told() -> None:
    listener = Listener()
    run(make_planted(), listener)
    text = "\n".join(listener.said)
    assert f"a.mp4, frame {planted.FLIP + 1}: left and right seem swapped" in text


def test_suggested_frames_are_left_out_and_videos_are_apart() -> None:
    labels = make_planted()
    other = sleap.Video("b.mp4", shape=(9, 8, 8, 1))
    labels.videos.append(other)
    labels.suggestions = [sleap.SuggestionFrame(labels.videos[0], planted.FLIP)]
    assert planted.FLIP not in run(labels)
    options = SuggestionOptions(method="label_quality")
    assert suggest(labels, [other], options) == []


def test_nothing_labeled_is_nothing_doubtful() -> None:
    assert run(sleap.Labels(videos=[sleap.Video("a.mp4", shape=(9, 8, 8, 1))])) == {}
