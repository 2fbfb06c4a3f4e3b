"""The merge beside a slow one, written with plain lists over the views."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.merge import MergePlan, MergeRules, apply_merge, plan_merge
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.tables import PREDICTED, USER
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError

KEEPS = {"both": (True, True), "base": (True, False), "new": (False, True), "neither": (0, 0)}
words = st.sampled_from(sorted(KEEPS))
coordinates = st.sampled_from([np.nan, 0.0, 1.0])


@st.composite
def skeletons(draw: st.DrawFn) -> Skeleton:
    names = draw(st.permutations("abcd"))[: draw(st.integers(1, 4))]
    pairs = [(x, y) for x in names for y in names if x < y]
    edges = draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True)) if pairs else []
    return Skeleton(names, edges, pairs[:1])


@st.composite
def projects(draw: st.DrawFn) -> Labels:
    """Small labels full of coincidences: equal poses, missing nodes, several tracks of a name."""
    known = draw(st.lists(skeletons(), min_size=1, max_size=2))
    paths = ["x/a.mp4", "y\\a.mp4", "b.mp4"]
    videos = [Video(p) for p in draw(st.lists(st.sampled_from(paths), min_size=1, max_size=3))]
    names = draw(st.lists(st.sampled_from("12"), max_size=3))
    tracks = [Track(name, draw(st.integers(0, 2))) for name in names]
    labels = Labels(videos=videos, skeletons=known, tracks=tracks)
    for _ in range(draw(st.integers(0, 4))):
        frame = labels.add_frame(draw(st.sampled_from(videos)), draw(st.integers(0, 2)))
        for predicted in draw(st.lists(st.booleans(), max_size=3)):
            skeleton = draw(st.sampled_from(known))
            xy = [(draw(coordinates), 1.0) for _ in range(len(skeleton))]
            track = draw(st.sampled_from([None, *tracks]))
            if predicted:
                score = draw(st.sampled_from([0.5, np.nan]))
                frame.append(PredictedInstance(skeleton, xy, track, score=score))
            else:
                origins = [None, *frame.predicted_instances]
                frame.append(Instance(skeleton, xy, track, draw(st.sampled_from(origins))))
    for _ in range(draw(st.integers(0, 2))):
        if len(labels) and draw(st.booleans()):
            rows = labels.instance_rows()
            labels.remove_instances(rows[: draw(st.integers(0, len(rows)))])
    for video in draw(st.lists(st.sampled_from(videos), max_size=2)):
        labels.suggestions.append(SuggestionFrame(video, draw(st.integers(0, 1))))
    if draw(st.booleans()):
        labels.negative_anchors[0] = [(0, 1.0, draw(coordinates.filter(lambda x: x == x)))]
    labels.provenance = draw(st.sampled_from([{}, {"by": "me"}, {"by": "you", "n": 1}]))
    return labels


Pose = dict[str, tuple[float, ...]]
Animal = tuple[bool, int, Pose, int, float]
"""Kind, skeleton and track by number, points by name of those that are there, score."""


def animal(one: Instance, skeleton: int, track: int) -> Animal:
    pose = {
        name: tuple(map(float, point.item()))
        for name, point in zip(one.skeleton.node_names, one.points, strict=True)
        if not np.isnan(point["x"])
    }
    score = -1.0 if not one.is_predicted or np.isnan(one.score) else one.score
    return one.is_predicted, skeleton, dict(sorted(pose.items())), track, score


def contents(labels: Labels) -> dict[tuple[int, int], list[Animal]]:
    return {
        (labels.videos.index(frame.video), frame.frame_idx): [
            animal(
                one,
                labels.skeletons.index(one.skeleton),
                -1 if one.track is None else labels.tracks.index(one.track),
            )
            for one in frame.instances
        ]
        for frame in labels
    }


def links(labels: Labels) -> Counter[tuple[Any, ...]]:
    """Count the links from instance to prediction, by what both hold."""
    found = contents(labels)
    result: Counter[tuple[Any, ...]] = Counter()
    for (place, animals), frame in zip(found.items(), labels, strict=True):
        for one, what in zip(frame.instances, animals, strict=True):
            if one.from_predicted is not None:
                origin = animals[frame.instances.index(one.from_predicted)]
                result[(place, str(what), str(origin))] += 1
    return result


def translate(plan: MergePlan) -> dict[tuple[int, int], list[Animal]]:
    """Return the contents of the new labels in the numbers of the merged ones."""
    tracks, videos = plan.tracks.numbers, plan.video_numbers
    common = [plan.skeletons[k].number for k in range(len(plan.skeletons))]
    result: dict[tuple[int, int], list[Animal]] = {}
    for (video, index), animals in contents(plan.new).items():
        for predicted, skeleton, pose, track, score in animals:
            result.setdefault((int(videos[video]), index), []).append(
                (predicted, common[skeleton], pose, int(tracks[track]), score)
            )
        result.setdefault((int(videos[video]), index), [])
    return result


def twin(skeletons: Sequence[Skeleton], one: Animal) -> Animal:
    """Name the first skeleton of the same nodes in place of its own."""
    names = [set(skeleton.node_names) for skeleton in skeletons]
    return (one[0], names.index(names[one[1]]), *one[2:])


def slow_merge(base: Labels, plan: MergePlan, resolve: list[str]) -> dict[Any, list[Animal]]:
    merged = contents(base)
    pending = list(resolve)
    for place, news in translate(plan).items():
        if place not in merged:
            merged[place] = news
            continue
        olds = merged[place]
        extra_old, extra_new = list(olds), []
        for one in news:
            key = twin(plan.merged_skeletons, one)
            equal = [k for k in extra_old if twin(plan.merged_skeletons, k) == key]
            if equal:
                extra_old = [k for k in extra_old if k is not equal[0]]
            else:
                extra_new.append(one)
        gone: list[Animal] = []
        for predicted in (False, True):
            a = [one for one in extra_old if one[0] == predicted]
            b = [one for one in extra_new if one[0] == predicted]
            keep_a, keep_b = True, True
            if predicted and plan.rules.replace_predictions and any(one[0] for one in news):
                keep_a = False
            elif a and b:
                keep_a, keep_b = KEEPS[pending.pop(0)]  # type: ignore[assignment]
            gone += ([] if keep_a else a) + ([] if keep_b else b)
        merged[place] = [k for k in [*olds, *extra_new] if all(k is not one for one in gone)]
        if gone and not merged[place]:
            del merged[place]
    assert not pending
    return merged


def tables(labels: Labels) -> list[bytes]:
    return [table.tobytes() for table in labels.to_tables()]


def surroundings(labels: Labels) -> list[Any]:
    return [
        [(one.video, one.frame_idx) for one in labels.suggestions],
        {key: list(value) for key, value in labels.negative_anchors.items()},
        [track.spawned_on for track in labels.tracks],
        [one.edge_names + one.symmetry_names for one in labels.skeletons],
        str(labels.provenance),
        (*labels.videos, *labels.skeletons, *labels.tracks),
    ]


@settings(max_examples=150)
@given(projects(), projects(), st.data(), st.booleans())
def test_equals_the_slow_merge(base: Labels, new: Labels, data: st.DataObject, rep: bool) -> None:
    before = tables(base), surroundings(base), tables(new), surroundings(new)
    plan = plan_merge(base, new, MergeRules(replace_predictions=rep))
    plan.lines()
    assert before == (tables(base), surroundings(base), tables(new), surroundings(new))
    resolve = [data.draw(words) for _ in range(plan.n_conflicts)]
    expected = slow_merge(base, plan, resolve)
    orders = [list(skeleton.node_names) for skeleton in base.skeletons]
    n_before, n_rows = len(base), base.store.n_instances
    result = apply_merge(base, plan, resolve)

    assert contents(base) == expected
    kept = zip(base.skeletons, orders, strict=False)
    assert [one.node_names[: len(order)] for one, order in kept] == orders
    assert n_before + len(result.frames_added) - len(result.frames_removed) == len(base)
    n_changed = len(result.instances_added) - len(result.instances_removed)
    assert n_rows + n_changed == base.store.n_instances
    assert before[2] == tables(new)
    assert contents(base.copy()) == expected  # the tables are whole


@given(projects(), projects())
def test_both_loses_nothing(base: Labels, new: Labels) -> None:
    plan = plan_merge(base, new)
    old, theirs = contents(base), translate(plan)
    old_links = links(base)
    apply_merge(base, plan)
    merged = contents(base)
    for before in (old, theirs):
        for place, animals in before.items():
            known = [str(twin(base.skeletons, one)) for one in merged[place]]
            for key, n in Counter(str(twin(base.skeletons, one)) for one in animals).items():
                assert known.count(key) >= n
    assert not old_links - links(base)
    assert links(new).total() <= links(base).total()


def test_no_two_skeletons_come_to_have_the_same_nodes() -> None:
    @given(projects(), projects())
    def check(base: Labels, new: Labels) -> None:
        before = Counter(frozenset(one.node_names) for one in base.skeletons)
        apply_merge(base, plan_merge(base, new))
        after = Counter(frozenset(one.node_names) for one in base.skeletons)
        assert all(n == 1 or n == before[key] for key, n in after.items())

    check()


@given(projects(), words)
def test_merging_what_is_there_changes_nothing(labels: Labels, word: str) -> None:
    before = tables(labels), surroundings(labels)
    twin_labels = labels.copy()
    twin_labels.suggestions = list(labels.suggestions)
    plan = plan_merge(labels, twin_labels)
    assert plan.n_conflicts == 0
    result = apply_merge(labels, plan, word)
    assert (tables(labels), surroundings(labels)) == before
    # Only a suggestion given twice, or tracks given twice, could differ; they are one object here.
    assert not result and result.lines() == ["Nothing to change: all of it is there already."]


@given(projects(), projects())
def test_merging_twice_is_merging_once(base: Labels, new: Labels) -> None:
    first = plan_merge(base, new)
    numbers = [match.number for match in first.skeletons]
    apply_merge(base, first)
    before = tables(base), surroundings(base)
    plan = plan_merge(base, new)
    # A skeleton may share as many nodes with two others, once one of them has grown.
    assume([match.number for match in plan.skeletons] == numbers)
    result = apply_merge(base, plan, "base")
    assert plan.n_conflicts == 0 and not result
    assert (tables(base), surroundings(base)) == before


@given(projects(), projects(), words)
def test_the_result_names_the_rows(base: Labels, new: Labels, word: str) -> None:
    store = base.store
    frames, instances = set(store.live_frames.tolist()), set(store.live_instances.tolist())
    result = apply_merge(base, plan_merge(base, new), word)
    assert set(store.live_frames.tolist()) == (frames | set(result.frames_added.tolist())) - set(
        result.frames_removed.tolist()
    )
    assert set(store.live_instances.tolist()) == (
        instances | set(result.instances_added.tolist())
    ) - set(result.instances_removed.tolist())
    if word in ("both", "base"):
        assert not len(result.instances_removed) and not len(result.frames_removed)


def make(kind: int, x: float, skeleton: Skeleton, track: Track | None = None) -> Instance:
    xy = np.full((len(skeleton), 2), x)
    return (PredictedInstance if kind == PREDICTED else Instance)(skeleton, xy, track)


@pytest.fixture
def pair(skeleton: Skeleton, video: Video) -> tuple[Labels, Labels]:
    """Two labels that disagree on frame 0, in user and predicted instances."""
    made = []
    for x in (1.0, 2.0):
        instances = [make(USER, 0, skeleton), make(USER, x, skeleton), make(PREDICTED, x, skeleton)]
        made.append(Labels([LabeledFrame(video, 0, instances)]))
    return made[0], made[1]


@pytest.mark.parametrize(
    ("resolve", "values"),
    [
        ("both", [0, 1, 1, 2, 2]),
        ("base", [0, 1, 1]),
        ("new", [0, 2, 2]),
        ("neither", [0]),
        (["new", "base"], [0, 1, 2]),
        (["neither", "both"], [0, 1, 2]),
    ],
)
def test_conflicts_are_resolved(
    pair: tuple[Labels, Labels], resolve: str | list[str], values: list[float]
) -> None:
    base, new = pair
    plan = plan_merge(base, new)
    assert plan.conflicts["kind"].tolist() == [USER, PREDICTED]
    result = apply_merge(base, plan, resolve)
    assert [one["head"][0] for one in base[0].instances] == values
    assert len(result.instances_added) + len(result.instances_removed) > 0 or resolve == "base"


def test_a_wrong_resolution_is_refused(pair: tuple[Labels, Labels]) -> None:
    base, new = pair
    plan = plan_merge(base, new)
    with pytest.raises(LabelsError, match="resolve is 'newer'; expected both, base"):
        apply_merge(base, plan, "newer")
    with pytest.raises(LabelsError, match="2 conflicts and 1 resolutions"):
        apply_merge(base, plan, ["new"])
    assert len(base[0]) == 3


def test_an_old_plan_is_refused(pair: tuple[Labels, Labels]) -> None:
    base, new = pair
    plan = plan_merge(base, new)
    base[0].append(make(USER, 5, base.skeleton))
    with pytest.raises(LabelsError, match="plan it again"):
        apply_merge(base, plan)


def test_a_frame_left_empty_goes(skeleton: Skeleton, video: Video) -> None:
    base, new = (Labels([LabeledFrame(video, 0, [make(USER, x, skeleton)])]) for x in (1.0, 2.0))
    result = apply_merge(base, plan_merge(base, new), "neither")
    assert len(base) == 0 and result.frames_removed.tolist() == [0]


def test_new_predictions_replace_old_ones(skeleton: Skeleton, video: Video) -> None:
    base = Labels([LabeledFrame(video, k, [make(PREDICTED, 1, skeleton)]) for k in range(3)])
    origin = base[0].instances[0]
    assert isinstance(origin, PredictedInstance)
    base[0].append(Instance(skeleton, np.full((4, 2), 9.0), from_predicted=origin))
    new = Labels([LabeledFrame(video, 0, [found := make(PREDICTED, 2, skeleton)])])
    assert isinstance(found, PredictedInstance)
    new[0].append(Instance(skeleton, np.full((4, 2), 9.0), from_predicted=found))
    new.add_frame(video, 1)
    result = apply_merge(base, plan_merge(base, new, MergeRules(replace_predictions=True)))
    assert [[one["head"][0] for one in frame.instances] for frame in base] == [[9, 2], [1], [1]]
    assert base[0].instances[0].from_predicted is base[0].instances[1]
    assert result.linked.tolist() == [3] and result.instances_removed.tolist() == [0]


def test_points_follow_their_names(video: Video) -> None:
    base = Labels([LabeledFrame(video, 0, [Instance(Skeleton("ab"), {"a": (1, 1)})])])
    new = Labels([LabeledFrame(video, 1, [Instance(Skeleton("cba"), {"a": (2, 2), "c": (3, 3)})])])
    result = apply_merge(base, plan_merge(base, new))
    assert base.skeleton.node_names == ["a", "b", "c"] and len(base.skeletons) == 1
    assert base[1].instances[0].numpy()[[0, 2]].tolist() == [[2, 2], [3, 3]]
    assert np.isnan(base[0].instances[0].numpy()[1:]).all()
    assert result.skeletons_before[0].node_names == ["a", "b"]
    assert result.layout_before is not None and len(result.layout_before.points) == 2


def test_provenance_and_anchors_of_both_are_kept(skeleton: Skeleton) -> None:
    base = Labels(videos=[Video("a.mp4")], provenance={"by": "me"})
    new = Labels(videos=[Video("b.mp4")], provenance={"by": "you", "merged": [{"by": "them"}]})
    new.negative_anchors[0] = [(3, 1.0, 2.0)]
    result = apply_merge(base, plan_merge(base, new))
    assert base.provenance == {"by": "me", "merged": [{"by": "you"}, {"by": "them"}]}
    assert base.negative_anchors == {1: [(3, 1.0, 2.0)]}
    assert result.lines() == [
        "0 frames and 0 instances added, 0 frames and 0 instances removed.",
        "1 negative anchors added.",
    ]
