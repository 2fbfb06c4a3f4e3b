"""Every format gives back what it says it holds, and refuses what is damaged in one sentence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sleap.io.formats  # noqa: F401
from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import SleapError
from sleap.io.files import load_file, save_file
from sleap.io.format import FORMATS

SAMPLES = Path(__file__).parent.parent / "fixtures" / "formats"

WRITTEN = [name for name in FORMATS if FORMATS.get(name).can_write]
READ_BACK = [name for name in WRITTEN if FORMATS.get(name).read is not None]
ONLY_READ = [name for name in FORMATS if not FORMATS.get(name).can_write]

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


@pytest.mark.parametrize("name", READ_BACK)
def test_what_a_format_holds_comes_back(name: str, tmp_path: Path) -> None:
    form = FORMATS.get(name)

    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(labels=labels_of(form.holds))
    def check(labels: Labels) -> None:
        before = content(labels, form.holds)
        path = tmp_path / f"file{form.suffixes[0]}"
        save_file(labels, path, format=name)
        assert content(labels, form.holds) == before, "writing changed the labels"
        assert content(load_file(path), form.holds) == before

    check()


@pytest.mark.parametrize("name", WRITTEN)
def test_a_written_file_is_known_by_its_name_and_by_its_content(
    name: str, tmp_path: Path, one_frame: Callable[[], Labels]
) -> None:
    form = FORMATS.get(name)
    for suffix in form.suffixes:
        path = tmp_path / f"file{suffix}"
        save_file(one_frame(), path, format=name)
        assert path.is_file()
        if form.read is None:
            continue
        head = path.read_bytes()[:64]
        assert form.recognizes(path, head)
        by_name = {
            other
            for other in FORMATS
            if FORMATS.get(other).find_suffix(path) and FORMATS.get(other).read is not None
        }
        others = [other for other in by_name if FORMATS.get(other).recognizes(path, head)]
        assert others == [name], f"{path.name} is taken for {others}"


@pytest.mark.parametrize("name", WRITTEN)
def test_a_failed_write_leaves_the_old_file(
    name: str, tmp_path: Path, one_frame: Callable[[], Labels]
) -> None:
    form = FORMATS.get(name)
    with pytest.raises(SleapError, match=r"(?s)missing.*does not exist"):
        save_file(one_frame(), tmp_path / "missing" / f"file{form.suffixes[0]}", format=name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", READ_BACK)
def test_a_damaged_file_is_refused_in_one_sentence(
    name: str, tmp_path: Path, one_frame: Callable[[], Labels]
) -> None:
    form = FORMATS.get(name)
    path = tmp_path / f"file{form.suffixes[0]}"
    save_file(one_frame(), path, format=name)
    whole = path.read_bytes()
    for share in (0.0, 0.3, 0.7):
        path.write_bytes(whole[: int(share * len(whole))])
        try:
            load_file(path)
        except SleapError as error:
            assert path.name in str(error)
            assert "\n" not in str(error)


@pytest.mark.parametrize("name", ONLY_READ)
def test_a_format_that_is_only_read_has_a_sample(name: str) -> None:
    samples = sorted((SAMPLES / name).glob("*"))
    assert samples, f"put a small file into {SAMPLES / name}"
    for sample in samples:
        labels = load_file(sample)
        assert sum(len(frame.instances) for frame in labels) > 0, sample


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
