import json
from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.errors import FileError, FormatError, SleapError
from sleap.io import skeleton_json
from sleap.io.files import save_file
from sleap.video.encode import encode_image
from sleap.workflows.inspect import Inspection, InspectOptions
from sleap.workflows.inspection.kinds import look


def see(path: Path) -> Inspection:
    return look(InspectOptions(path=path))


@pytest.fixture
def labels(tmp_path: Path) -> Labels:
    np.save(tmp_path / "a.npy", np.zeros((9, 8, 6, 1), np.uint8))
    video = Video(tmp_path / "a.npy", shape=(9, 8, 6, 1))
    return Labels([LabeledFrame(video, 4, [Instance(Skeleton(["x"]), [[1, 2]])])])


@pytest.mark.parametrize(
    ("name", "format", "kind"),
    [
        ("a.slp", "slp", "labels"),
        ("a.json", "json", "labels"),
        ("a.analysis.h5", "analysis", "analysis"),
    ],
)
def test_labels_of_any_format_are_known(
    labels: Labels, tmp_path: Path, name: str, format: str, kind: str
) -> None:
    save_file(labels, tmp_path / name)
    facts = see(tmp_path / name).facts
    assert (facts["kind"], facts["format"]) == (kind, format)
    assert facts["totals"]["frames"] == 1


def test_a_package_is_known(labels: Labels, tmp_path: Path) -> None:
    from sleap.workflows.package import package

    package(labels, tmp_path / "a.pkg.slp")
    found = see(tmp_path / "a.pkg.slp")
    assert found.facts["kind"] == "package"
    assert found.facts["videos"][0]["embedded_images"] == 1
    assert "1 images in the package" in "\n".join(found.lines)


def test_unfinished_predictions_are_known(labels: Labels, tmp_path: Path) -> None:
    from sleap.io.slp.append import PredictionWriter

    path = tmp_path / "p.slp"
    with (
        pytest.raises(RuntimeError, match="killed"),
        PredictionWriter(path, video=labels.video, skeleton=labels.skeleton) as writer,
    ):
        writer.write(Poses(3, [[[1, 2]]], [[0.5]], [0.5]))
        raise RuntimeError("killed")
    facts = see(tmp_path / "p.slp.partial").facts
    assert facts["kind"] == "unfinished"
    assert facts["totals"]["videos"] == 1


def test_videos_are_known(labels: Labels, tmp_path: Path) -> None:
    facts = see(tmp_path / "a.npy").facts
    assert (facts["kind"], facts["shape"]) == ("video", [9, 8, 6, 1])
    with h5py.File(tmp_path / "box.h5", "w") as file:
        file["box"] = np.zeros((5, 8, 6, 1), np.uint8)
    facts = see(tmp_path / "box.h5").facts
    assert (facts["kind"], facts["dataset"]) == ("video", "box")
    folder = tmp_path / "images"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.png").write_bytes(encode_image(np.zeros((8, 6, 1), np.uint8)))
    assert see(folder).facts["shape"] == [3, 8, 6, 1]


def test_models_and_profiles_are_known(tmp_path: Path) -> None:
    job = {"model": {"output_type": 2, "backbone_name": "UNet"}, "trainer": {"scale": 0.5}}
    (tmp_path / "profile.json").write_text(json.dumps(job))
    assert see(tmp_path / "profile.json").facts["kind"] == "profile"
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "training_job.json").write_text(json.dumps(job))
    found = see(tmp_path / "run")
    assert found.facts["kind"] == "model"
    assert "Output: centroids" in found.lines


def test_a_skeleton_file_is_known(tmp_path: Path) -> None:
    graph = skeleton_json.encode(Skeleton(["head", "tail"], [(0, 1)]))
    (tmp_path / "fly.json").write_text(json.dumps(graph))
    found = see(tmp_path / "fly.json")
    assert found.facts["kind"] == "skeleton"
    assert found.facts["skeletons"][0]["edges"] == [["head", "tail"]]
    assert found.lines[1:] == ("Skeleton 'Skeleton-0': 2 nodes, 1 edges", "  head", "    tail")


def test_what_is_nothing_known_is_explained(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        see(tmp_path / "lost")
    with pytest.raises(FormatError, match="neither a model folder"):
        see(tmp_path)
    (tmp_path / "a.txt").write_text("hello")
    with pytest.raises(FormatError, match="its format is not known"):
        see(tmp_path / "a.txt")
    (tmp_path / "a.slp").write_bytes(b"\x89HDF\r\n\x1a\n damaged")
    with pytest.raises(FormatError, match=r"a\.slp"):
        see(tmp_path / "a.slp")
    (tmp_path / "a.mp4").write_bytes(b"damaged")
    with pytest.raises(SleapError, match=r"a\.mp4"):
        see(tmp_path / "a.mp4")
