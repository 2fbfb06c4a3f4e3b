import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.io.slp import kept
from sleap.io.slp.read import read
from sleap.io.slp.write import write


def contents(path: Path) -> dict[str, Any]:
    """All datasets and attributes of a file, by name."""
    found: dict[str, Any] = {}

    def note(name: str, item: Any) -> None:
        for key, value in item.attrs.items():
            found[f"{name}@{key}"] = np.asarray(value).tolist()
        if isinstance(item, h5py.Dataset):
            found[name] = repr(item[()])

    with h5py.File(path) as file:
        file.visititems(note)
    return found


def modern_labels(folder: Path) -> dict[str, Any]:
    """Files of sleap-io with all that it writes today beside poses, by name."""
    import sleap_io as sio

    skeleton = sio.Skeleton(["a", "b"], edges=[("a", "b")])
    video, other = sio.Video("v.mp4"), sio.Video("w.mp4")

    def frame(**extra: Any) -> Any:
        instance = sio.Instance.from_numpy(
            np.array([[1.0, 2.0], [3.0, 4.0]]), skeleton=skeleton, track=sio.Track("t")
        )
        return sio.LabeledFrame(video, 3, [instance], **extra)

    identified = frame()
    identified.instances[0].identity = sio.Identity("mouse")
    identified.instances[0].category = "male"
    cameras = sio.Camera(name="c1"), sio.Camera(name="c2")
    session = sio.RecordingSession(sio.CameraGroup(list(cameras)))
    session.add_video(video, cameras[0])
    session.add_video(other, cameras[1])
    mask = sio.UserSegmentationMask.from_numpy(np.eye(5, dtype=bool))
    return {
        "plain": sio.Labels([frame()]),
        "negative": sio.Labels([frame(), sio.LabeledFrame(video, 5, [], is_negative=True)]),
        "identity": sio.Labels([identified]),
        "centroids": sio.Labels([frame(centroids=[sio.UserCentroid(1.0, 2.0)])]),
        "boxes": sio.Labels([frame(bboxes=[sio.UserBoundingBox(1.0, 2.0, 3.0, 4.0)])]),
        "masks": sio.Labels([frame(masks=[mask])]),
        "images": sio.Labels([frame(label_images=[sio.UserLabelImage(np.eye(5, dtype=int))])]),
        "events": sio.Labels([frame()], events=[sio.UserEvent("walk", video, 1, 5)]),
        "sessions": sio.Labels([frame()], videos=[video, other], sessions=[session]),
    }


PARTS = {
    "plain": set(),
    "negative": {"negative_frames"},
    "identity": {"identity/links", "categories/links"},
    "centroids": {"centroids/x"},
    "boxes": {"bboxes/x1"},
    "masks": {"masks", "mask_rle"},
    "images": {"label_images", "label_image_data"},
    "events": {"events/type"},
    "sessions": {"sessions_json"},
}


@pytest.mark.parametrize("name", PARTS)
def test_what_sleap_io_writes_today_is_read_and_kept(
    tmp_path: Path,
    name: str,
    save_with_sleap_io: Callable[..., None],
    load_with_sleap_io: Callable[[Path], Any],
    assert_same_as_sleap_io: Callable[[Labels, Any], None],
) -> None:
    path, again = tmp_path / "a.slp", tmp_path / "b.slp"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        save_with_sleap_io(modern_labels(tmp_path)[name], path)
    labels = read(path)
    theirs = load_with_sleap_io(path)
    assert_same_as_sleap_io(labels, theirs)
    write(labels, again)
    before, after = contents(path), contents(again)
    assert PARTS[name] <= before.keys()
    ours = {"metadata@json", "metadata@format_id", "videos_json", "tracks_json", "suggestions_json"}
    ours |= {"frames", "instances", "points", "pred_points", "provenance_json"}
    for key in before.keys() - ours:
        if key != "sessions_json" or name == "sessions":
            assert after[key] == before[key]
    theirs_again = load_with_sleap_io(again)
    assert_same_as_sleap_io(labels, theirs_again)
    if name == "identity":
        assert theirs_again[0].instances[0].identity.name == "mouse"
    if name == "masks":
        assert len(theirs_again[0].masks) == 1
    if name == "negative":
        assert [frame.is_negative for frame in theirs_again] == [False, True]


@pytest.fixture
def strange(labels: Labels, tmp_path: Path) -> Path:
    """A file with parts that no one knows."""
    path = tmp_path / "strange.slp"
    write(labels, path)
    with h5py.File(path, "a") as file:
        file["extra/rows"] = np.arange(3)
        file["extra"].attrs["unit"] = "px"
        file["extra/texts"] = ["a", "b"]
        file["negative_frames"] = np.array([(0, 5)], [("video_id", "u4"), ("frame_idx", "u8")])
        wide = file["instances"][()]
        extra = np.zeros(len(wide), [*wide.dtype.descr, ("mood", "i4")])
        for name in wide.dtype.names:
            extra[name] = wide[name]
        extra["mood"] = [5, 6, 7]
        del file["instances"]
        file["instances"] = extra
    return path


def test_unknown_parts_and_columns_are_written_back(strange: Path, tmp_path: Path) -> None:
    labels = read(strange)
    labels[0].instances[0]["head"] = (50, 60)  # moves a point, not a row
    write(labels, tmp_path / "again.slp")
    with h5py.File(tmp_path / "again.slp") as file:
        assert file["extra/rows"][()].tolist() == [0, 1, 2]
        assert file["extra"].attrs["unit"] == "px"
        assert file["extra/texts"].asstr()[()].tolist() == ["a", "b"]
        assert file["negative_frames"][0].tolist() == (0, 5)
        assert file["instances"]["mood"].tolist() == [5, 6, 7]
    assert read(tmp_path / "again.slp").n_user_instances == 2


def test_what_names_rows_that_have_changed_is_reported(
    strange: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    labels = read(strange)
    labels[0].append(Instance(labels.skeletons[0], {"head": (1, 1)}))
    write(labels, tmp_path / "again.slp")
    assert "extra, instances.mood" in caplog.text
    with h5py.File(tmp_path / "again.slp") as file:
        assert "extra" not in file
        assert "negative_frames" in file
    assert labels.metadata["hdf5"].parts.keys() == {"extra", "negative_frames"}


def test_what_names_videos_that_have_changed_is_reported(
    strange: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    labels = read(strange)
    both = Labels(videos=labels.videos[::-1], metadata=labels.metadata)
    write(both, tmp_path / "again.slp")
    assert "negative_frames" in caplog.text


@pytest.fixture
def large(strange: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with parts that do not fit into the memory set aside for them."""
    monkeypatch.setattr(kept, "MAX_KEPT", 40)
    with h5py.File(strange, "a") as file:
        file.create_dataset("extra/deep/packed", data=np.arange(1000), chunks=(10,), compression=4)
        file["extra/deep/packed"].attrs["made_by"] = "somebody"
    return strange


def test_what_is_too_large_for_the_memory_is_copied_from_file_to_file(
    large: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    labels = read(large)
    assert labels.metadata["hdf5"].parts["extra"].members is None
    before = contents(large)
    write(labels, tmp_path / "again.slp")
    large.unlink()  # the new file holds it all now
    write(labels, tmp_path / "again.slp")
    write(labels, tmp_path / "third.slp")
    after = contents(tmp_path / "third.slp")
    assert {key for key in before if key.startswith("extra")} == {
        key for key in after if key.startswith("extra")
    }
    for key in before:
        if key.startswith("extra"):
            assert after[key] == before[key]
    with h5py.File(tmp_path / "third.slp") as file:
        assert file["extra/deep/packed"].compression == "gzip"
    assert not caplog.text
    assert kept.find_unsaved(labels) == []


def test_a_large_part_whose_file_is_gone_is_reported(
    large: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    labels = read(large)
    with h5py.File(large, "a") as file:
        file["extra/more"] = np.arange(9)
    write(labels, tmp_path / "again.slp")
    assert "cannot be copied any more: 'extra'" in caplog.text
    assert "changed" in caplog.text
    large.unlink()
    assert kept.find_unsaved(labels) == ["extra"]
    caplog.clear()
    write(labels, tmp_path / "again.slp")
    assert "no such file" in caplog.text
    assert read(tmp_path / "again.slp").n_user_instances == 2


def test_what_the_next_save_leaves_out_can_be_asked_before(
    strange: Path, caplog: pytest.LogCaptureFixture
) -> None:
    labels = read(strange)
    assert kept.find_unsaved(labels) == []
    labels[0].append(Instance(labels.skeletons[0], {"head": (1, 1)}))
    assert kept.find_unsaved(labels) == ["extra", "instances.mood"]
    assert kept.find_unsaved(Labels()) == []
    assert not caplog.text


def test_a_group_that_holds_itself_is_kept_once(
    strange: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with h5py.File(strange, "a") as file:
        file["extra/self"] = file["extra"]
        file["extra/nowhere"] = h5py.SoftLink("/lost")
    labels = read(strange)
    assert "'self'" in caplog.text
    write(labels, tmp_path / "again.slp")
    with h5py.File(tmp_path / "again.slp") as file:
        assert set(file["extra"]) == {"rows", "texts"}


def test_links_out_of_the_file_are_not_kept(strange: Path) -> None:
    from sleap.errors import FormatError

    with h5py.File(strange, "a") as file:
        file["extra/out"] = h5py.ExternalLink("/etc/secret.h5", "/")
    with pytest.raises(FormatError, match="leads out of the file"):
        read(strange)
