import numpy as np

from sleap.core.labels import Labels
from sleap.core.merge.around import add_anchors, add_provenance, add_suggestions
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video


def test_suggestions_are_appended_once() -> None:
    base, new = Labels(videos=[Video("a.mp4"), Video("b.mp4")]), Labels(videos=[Video("b.mp4")])
    base.suggestions.append(SuggestionFrame(base.videos[1], 3))
    new.suggestions += [
        SuggestionFrame(new.videos[0], 3, group=1),
        SuggestionFrame(new.videos[0], 5, group=2, metadata={"why": 1}),
        SuggestionFrame(new.videos[0], 5),
    ]
    added = add_suggestions(base, new, np.array([1]))
    assert [(one.video, one.frame_idx, one.group) for one in added] == [(base.videos[1], 5, 2)]
    assert base.suggestions[1:] == added and added[0].metadata == {"why": 1}
    assert add_suggestions(base, new, np.array([1])) == []


def test_anchors_are_united_by_video() -> None:
    base, new = Labels(videos=[Video("a.mp4"), Video("b.mp4")]), Labels(videos=[Video("b.mp4")])
    base.negative_anchors.update({0: [(1, 1.0, 1.0)], 1: [(2, 2.0, 2.0)]})
    new.negative_anchors.update({0: [(2, 2.0, 2.0), (2, 3.0, 3.0)], 9: [(0, 0.0, 0.0)]})
    assert add_anchors(base, new, np.array([1])) == {1: [(2, 3.0, 3.0)]}
    assert base.negative_anchors == {0: [(1, 1.0, 1.0)], 1: [(2, 2.0, 2.0), (2, 3.0, 3.0)]}
    assert len(new.negative_anchors[0]) == 2 and not add_anchors(base, new, np.array([1]))


def test_provenance_of_all_is_kept_once() -> None:
    base, new = Labels(provenance={"by": "me"}), Labels(provenance={"by": "you"})
    assert add_provenance(base, new) == [{"by": "you"}] and not add_provenance(base, new)
    assert not add_provenance(base, base.copy())
    third = Labels(provenance={"merged": [{"by": "you"}, {"by": "her"}]})
    assert add_provenance(base, third) == [{"by": "her"}]
    assert base.provenance == {"by": "me", "merged": [{"by": "you"}, {"by": "her"}]}
    assert third.provenance["merged"] == [{"by": "you"}, {"by": "her"}]
