import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.errors import CancelledError, FileError, ModelError, OptionError, VideoError
from sleap.io.files import load_file, save_file
from sleap.nn.config.output_type import OutputType
from sleap.progress import Progress
from sleap.tracking.options import TrackingOptions
from sleap.workflows import predict as module
from sleap.workflows.predict import PredictOptions, check_output, predict

pytest.importorskip("openvino")
CONFMAPS, PAFS, CENTROIDS, TOPDOWN = OutputType


@pytest.fixture
def make_options(blob_video: Any, blob_models: Any, tmp_path: Path) -> Any:
    def make(**changes: Any) -> PredictOptions:
        settings = {
            "data_path": blob_video.path,
            "models": blob_models(TOPDOWN, CENTROIDS),
            "output": str(tmp_path / "found.h5"),
            "engine": "openvino",
        }
        return PredictOptions(**settings | changes)

    return make


def check_points(labels: Labels, truth: np.ndarray) -> None:
    """Assert that each frame has just the animals of the truth, to a tenth of a pixel."""
    assert len(labels) == len(truth)
    for frame, animals in zip(labels, truth, strict=True):
        found = frame.numpy()
        order = np.argsort(found[:, 0, 1])
        np.testing.assert_allclose(found[order], animals, atol=0.1)


def test_from_a_video_to_tracks(make_options: Any, blob_video: Any) -> None:
    options = make_options(tracking=TrackingOptions(tracker="simple", similarity="centroid"))
    labels = load_file(predict(options))
    check_points(labels, blob_video.points)
    assert [track.name for track in labels.tracks] == ["track_0", "track_1"]
    tracks = labels.numpy()
    assert tracks.shape == (8, 2, 3, 2)
    steps = np.diff(tracks, axis=0)
    np.testing.assert_allclose(steps, np.broadcast_to([3, 0.5], steps.shape), atol=0.1)
    scores = np.array([i.score for frame in labels for i in frame.predicted_instances])
    assert (scores > 0.9).all()


def test_tracking_by_flow_sees_the_images(make_options: Any) -> None:
    options = make_options(tracking=TrackingOptions(tracker="flow", of_max_levels=1))
    assert len(load_file(predict(options)).tracks) == 2


def test_where_it_comes_from_is_written(make_options: Any, blob_video: Any) -> None:
    options = make_options()
    facts = load_file(predict(options)).provenance
    assert facts["model_paths"] == [str(Path(model).absolute()) for model in options.models]
    assert facts["data_path"] == str(blob_video.path)
    assert facts["predictor"] == "top-down"
    assert facts["total_elapsed"] >= 0
    assert facts["start_timestamp"] < facts["finish_timestamp"]
    assert facts["args"]["topdown"]["peak_thresh"] == 0.3
    assert "command" in facts and "sleap_version" in facts


@pytest.mark.parametrize(
    ("frames", "expected"), [("1,2,5", [1, 2, 5]), ("2-4,7", [2, 3, 4, 7]), ("5,-7", [5, 6, 7])]
)
def test_some_frames(make_options: Any, frames: str, expected: list[int]) -> None:
    labels = load_file(predict(make_options(frames=frames)))
    assert [frame.frame_idx for frame in labels] == expected


def test_default_output_lies_beside_the_video(make_options: Any, blob_video: Any) -> None:
    options = make_options(output="")
    path = Path(f"{blob_video.path}.predictions.h5")
    assert options.output_path == path
    assert predict(options) == path
    assert path.is_file()
    path.unlink()


def test_frames_without_animals_are_not_written(
    make_options: Any, blob_video: Any, tmp_path: Path
) -> None:
    images = blob_video.images.copy()
    images[3:5] = 0
    np.save(tmp_path / "gaps.npy", images)
    labels = load_file(predict(make_options(data_path=tmp_path / "gaps.npy")))
    assert [frame.frame_idx for frame in labels] == [0, 1, 2, 5, 6, 7]


def test_an_hdf5_video_with_its_channels_first(
    make_options: Any, blob_video: Any, tmp_path: Path
) -> None:
    import h5py

    path = tmp_path / "box.h5"
    with h5py.File(path, "w") as file:
        file["images"] = blob_video.images.transpose(0, 3, 2, 1)
    video = module.VideoOptions(dataset="images", input_format="channels_first")
    check_points(load_file(predict(make_options(data_path=path, video=video))), blob_video.points)


@pytest.fixture
def project(blob_video: Any, tmp_path: Path) -> Path:
    """A project of two videos; user labels on one frame of the first, a suggestion in each."""
    from sleap.core.instance import Instance
    from sleap.core.skeleton import Skeleton
    from sleap.core.suggestion import SuggestionFrame
    from sleap.video import load_video

    second = tmp_path / "second.npy"
    np.save(second, blob_video.images[:5])
    videos = [load_video(blob_video.path), load_video(second)]
    skeleton = Skeleton(["a", "b", "c"])
    labels = Labels(
        videos=videos,
        skeletons=[skeleton],
        suggestions=[SuggestionFrame(videos[0], 4), SuggestionFrame(videos[1], 2)],
    )
    frame = labels.add_frame(videos[0], 6)
    frame.append(Instance(skeleton, blob_video.points[6, 0]))
    path = tmp_path / "project.slp"
    save_file(labels, path)
    return path


def test_all_videos_of_a_project(make_options: Any, project: Path, blob_video: Any) -> None:
    tracking = TrackingOptions(tracker="simple", similarity="centroid")
    options = make_options(data_path=project, tracking=tracking)
    labels = load_file(predict(options))
    assert len(labels.videos) == 2
    assert [len(labels[video]) for video in labels.videos] == [8, 5]
    assert [track.name for track in labels.tracks] == [f"track_{n}" for n in range(4)]
    for frame in labels[labels.videos[1]]:
        truth = blob_video.points[frame.frame_idx]
        found = frame.numpy()
        np.testing.assert_allclose(found[np.argsort(found[:, 0, 1])], truth, atol=0.1)
        assert {instance.track.name for instance in frame.instances} == {"track_2", "track_3"}
    assert sorted(path.name for path in options.output_path.parent.glob("found*")) == ["found.h5"]


def test_marked_frames_of_a_project(make_options: Any, project: Path) -> None:
    labels = load_file(predict(make_options(data_path=project, only_suggested_frames=True)))
    assert [(labels.videos.index(f.video), f.frame_idx) for f in labels] == [(0, 4), (1, 2)]


def test_labeled_frames_of_a_project(make_options: Any, project: Path) -> None:
    labels = load_file(predict(make_options(data_path=project, only_labeled_frames=True)))
    assert [frame.frame_idx for frame in labels] == [6]


def test_a_training_package(
    make_options: Any, project: Path, blob_video: Any, tmp_path: Path
) -> None:
    embed = pytest.importorskip("sleap.io.slp.embed")
    package = tmp_path / "project.pkg.slp"
    embed.write_package(load_file(project), package, "user+suggested")
    labels = load_file(predict(make_options(data_path=package)))
    found = {(labels.videos.index(frame.video), frame.frame_idx) for frame in labels}
    assert found == {(0, 4), (0, 6), (1, 2)}


def test_what_was_found_before_a_stop_is_kept(make_options: Any) -> None:
    class Stop(Progress):
        def advance(self, steps: int = 1, **facts: float | int | str) -> None:
            self.is_cancelled = True

    options = make_options()
    with pytest.raises(CancelledError):
        predict(options, Stop())
    assert not options.output_path.exists()
    left = load_file(options.output_path.with_name("found.h5.partial"))
    assert [frame.frame_idx for frame in left] == [0]


def test_options_reach_their_stage(make_options: Any) -> None:
    from sleap.inference.options import CentroidOptions, RegionOptions

    high = make_options(centroid=CentroidOptions(peak_thresh=1.0))
    assert len(load_file(predict(high))) == 0
    options = PredictOptions(
        data_path=high.data_path,
        models=high.models,
        output=high.output,
        engine="openvino",
        max_instances=1,
        region=RegionOptions(instance_box_length=70),
    )
    assert [len(frame) for frame in load_file(predict(options))] == [1] * 8


class TestErrors:
    """What is wrong is told before the networks are loaded."""

    @pytest.fixture(autouse=True)
    def _no_engine(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: Any) -> None:
            raise AssertionError("the networks were loaded")

        import sleap.inference.loading

        monkeypatch.setattr(sleap.inference.loading, "choose_predictor", refuse)

    @pytest.mark.parametrize(
        ("changes", "error", "message"),
        [
            ({"data_path": "nowhere.mp4"}, FileError, "nowhere.mp4"),
            ({"frames": "3-"}, OptionError, "expected numbers and ranges"),
            ({"frames": "3-9"}, OptionError, "does not have the frames 8-9"),
            ({"models": ["models/none"]}, ModelError, "models/none"),
            ({"models": []}, ModelError, "No model given"),
            ({"output": "nowhere/found.h5"}, FileError, "nowhere"),
            ({"output": "found.csv"}, OptionError, "found.csv"),
            ({"only_labeled_frames": True}, OptionError, "is a video"),
        ],
    )
    def test_message(
        self, make_options: Any, changes: dict[str, Any], error: type, message: str
    ) -> None:
        with pytest.raises(error, match=message):
            predict(make_options(**changes))

    def test_a_model_missing_from_the_set(self, make_options: Any) -> None:
        options = make_options()
        with pytest.raises(ModelError, match="Missing model"):
            predict(attrs.evolve(options, models=options.models[:1]))

    def test_a_missing_video_of_a_project(
        self, make_options: Any, project: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "second.npy").unlink()
        with pytest.raises(VideoError, match=r"second\.npy"):
            predict(make_options(data_path=project))

    def test_the_input_as_output(self, make_options: Any, project: Path) -> None:
        with pytest.raises(OptionError, match="is the input itself"):
            predict(make_options(data_path=project, output=str(project)))

    def test_a_folder_as_output(self, tmp_path: Path) -> None:
        (tmp_path / "box.h5").mkdir()
        with pytest.raises(FileError, match="is a folder"):
            check_output(tmp_path / "box.h5", tmp_path / "video.mp4")

    def test_a_folder_that_cannot_be_written_to(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "access", lambda path, mode: False)
        with pytest.raises(FileError, match="cannot be written to"):
            check_output(tmp_path / "found.h5", tmp_path / "video.mp4")


def test_the_options_are_light() -> None:
    heavy = {"tensorflow", "keras", "openvino", "cv2", "h5py", "scipy", "av", "numpy"}
    program = (
        "import sys, sleap.workflows.predict, sleap.inference.options\n"
        f"assert not {heavy} & set(sys.modules), sorted({heavy} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
