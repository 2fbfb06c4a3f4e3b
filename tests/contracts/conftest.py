"""Labels that use what a format holds and nothing else, and what two labels must agree in."""

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video

N_FRAMES = 12

names = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,5}", fullmatch=True)
pixels = st.one_of(st.floats(0, 60), st.integers(0, 60).map(float))
scores = st.floats(0.0625, 1, width=32)


@st.composite
def labels_of(draw: st.DrawFn, holds: frozenset[str]) -> Labels:
    """Draw labels that use what a format holds, and nothing else."""
    skeletons = [draw(skeletons_of(holds))]
    if "skeletons" in holds and draw(st.booleans()):
        skeletons.append(draw(skeletons_of(holds, name="second")))
    n_videos = draw(st.integers(1, 2)) if "videos" in holds else 1
    videos = [Video(f"clip{n}.mp4", shape=(N_FRAMES, 64, 64, 1)) for n in range(n_videos)]
    tracks = [Track(name) for name in draw(st.lists(names, min_size=3, max_size=3, unique=True))]
    frames = []
    for video in videos:
        smallest = 0 if "empty frames" in holds else 1
        indices = draw(st.lists(st.integers(0, N_FRAMES - 1), min_size=1, max_size=3, unique=True))
        for index in sorted(indices):
            instances = [
                draw(instances_of(holds, draw(st.sampled_from(skeletons)), track))
                for track in tracks[: draw(st.integers(smallest, 3))]
            ]
            frames.append(LabeledFrame(video, index, instances))
    suggested = draw(st.lists(st.integers(0, N_FRAMES - 1), max_size=2, unique=True))
    has = {facet: facet in holds for facet in ("suggestions", "provenance")}
    return Labels(
        frames,
        videos=videos,
        skeletons=skeletons,
        suggestions=[SuggestionFrame(videos[0], i) for i in suggested]
        if has["suggestions"]
        else (),
        provenance={"note": draw(names)} if has["provenance"] else None,
    )


@st.composite
def skeletons_of(draw: st.DrawFn, holds: frozenset[str], name: str = "first") -> Skeleton:
    """Draw a skeleton of one to four nodes."""
    nodes = draw(st.lists(names, min_size=1, max_size=4, unique_by=str.lower))
    pairs = [(0, place) for place in range(1, len(nodes))]
    edges = pairs if "edges" in holds else ()
    symmetries = [(1, 2)] if "symmetries" in holds and len(nodes) > 2 else ()
    return Skeleton(nodes, edges, symmetries, name=name)


@st.composite
def instances_of(
    draw: st.DrawFn, holds: frozenset[str], skeleton: Skeleton, track: Track
) -> Instance:
    """Draw an instance with at least one point."""
    size = len(skeleton)
    points = np.array(draw(st.lists(pixels, min_size=2 * size, max_size=2 * size))).reshape(-1, 2)
    missing = draw(st.sets(st.integers(0, size - 1), max_size=size - 1))
    points[list(missing)] = np.nan
    given_track = track if "tracks" in holds else None
    is_predicted = draw(st.booleans()) if "user" in holds else "scores" in holds
    made: Instance
    if is_predicted:
        values = {"score": 1.0, "point_scores": np.where(np.isnan(points[:, 0]), 0.0, 1.0)}
        if "scores" in holds:
            values["score"] = draw(scores)
            values["point_scores"][~np.isnan(points[:, 0])] = draw(scores)
        made = PredictedInstance(skeleton, points, given_track, **values)
    else:
        made = Instance(skeleton, points, given_track)
    if "visibility" in holds and draw(st.booleans()):
        made.points["visible"] = False
    return made


def content(labels: Labels, holds: frozenset[str]) -> dict[str, Any]:
    """Return what two labels must agree in, in an order that does not matter."""
    facts: dict[str, Any] = {}
    frames: dict[Any, list[Any]] = {}
    for frame in labels:
        place = labels.videos.index(frame.video), frame.frame_idx
        frames.setdefault(place, []).extend(describe(one, holds) for one in frame.instances)
    facts["frames"] = {
        place: sorted(found, key=repr)
        for place, found in frames.items()
        if found or "empty frames" in holds
    }
    if "edges" in holds:
        facts["edges"] = sorted(sorted(one.edge_names) for one in labels.skeletons)
    if "symmetries" in holds:
        facts["symmetries"] = [
            {frozenset(pair) for pair in one.symmetry_names} for one in labels.skeletons
        ]
    if "suggestions" in holds:
        facts["suggestions"] = sorted(one.frame_idx for one in labels.suggestions)
    if "provenance" in holds:
        facts["note"] = labels.provenance["note"]
    return facts


def describe(instance: Instance, holds: frozenset[str]) -> Any:
    """Return an instance as plain data, without what its format does not hold."""
    facts: dict[str, Any] = {}
    for name, point in zip(instance.skeleton.node_names, instance.points, strict=True):
        if np.isnan(point["x"]):
            continue
        facts[name] = [float(point["x"]), float(point["y"])]
        if "visibility" in holds:
            facts[name].append(bool(point["visible"]))
        if "scores" in holds and instance.is_predicted:
            facts[name].append(float(np.float32(point["score"])))
    if "tracks" in holds:
        facts["track"] = instance.track and instance.track.name
    if "user" in holds:
        facts["is predicted"] = instance.is_predicted
    if "scores" in holds and instance.is_predicted:
        facts["score"] = float(np.float32(instance.score))
    return facts


@pytest.fixture(scope="session")
def draw_labels() -> Callable[[frozenset[str]], st.SearchStrategy[Labels]]:
    """Return the strategy of labels, by what they may hold."""
    return labels_of


@pytest.fixture(scope="session")
def describe_labels() -> Callable[[Labels, frozenset[str]], dict[str, Any]]:
    """Return what describes labels, by what they may hold."""
    return content


@pytest.fixture(scope="session")
def through_sleap_io() -> Callable[..., None]:
    """Read a file with the field's own library, and write it again with that."""

    def copy(source: Path, target: Path) -> None:
        import sleap_io

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            labels = sleap_io.load_slp(str(source), open_videos=False)
            sleap_io.save_slp(labels, str(target), verbose=False)

    return copy


@pytest.fixture
def one_frame() -> Callable[[], Labels]:
    """Make labels that every format can hold."""

    def make() -> Labels:
        skeleton = Skeleton(["head", "tail"], [("head", "tail")])
        video = Video("clip.mp4", shape=(N_FRAMES, 64, 64, 1))
        found = PredictedInstance(
            skeleton,
            np.array([[1.5, 2], [3, 4.25]]),
            Track("one"),
            score=0.5,
            point_scores=[0.5, 0.75],
        )
        return Labels([LabeledFrame(video, 3, [found])])

    return make
