import csv
from pathlib import Path

import numpy as np
import pytest

import sleap
from sleap.errors import FormatError, LabelsError
from sleap.io.formats import analysis_csv
from sleap.io.formats.analysis_csv import ANALYSIS_CSV, read, write

FLY = sleap.Skeleton(["head", "tail.tip"])
XY = np.array([[1.0, 2], [np.nan, np.nan]])


def found(value: float, track: sleap.Track | None = None) -> sleap.PredictedInstance:
    return sleap.PredictedInstance(FLY, XY + value, track, point_scores=[0.5, 0.25], score=0.75)


@pytest.fixture
def labels() -> sleap.Labels:
    a, b = sleap.Track("a"), sleap.Track('b, "big"')
    video = sleap.Video("clip.mp4", shape=(4, 8, 8, 1))
    return sleap.Labels(
        [
            sleap.LabeledFrame(video, 1, [found(10, a), found(20, b)]),
            sleap.LabeledFrame(video, 3, [sleap.Instance(FLY, XY, a), found(30)]),
        ]
    )


HEADER = "track,frame_idx,instance.score,head.x,head.y,head.score,tail.tip.x,tail.tip.y,"
HEADER += "tail.tip.score\n"


def test_a_row_per_instance(labels: sleap.Labels, tmp_path: Path) -> None:
    path = tmp_path / "x.analysis.csv"
    write(labels, path, labels.video, all_frames=False)
    assert path.read_text(encoding="utf-8") == (
        HEADER + "a,1,0.75,11.0,12.0,0.5,,,0.25\n"
        '"b, ""big""",1,0.75,21.0,22.0,0.5,,,0.25\n'
        "a,3,,1.0,2.0,,,,\n"
        ",3,0.75,31.0,32.0,0.5,,,0.25\n"
    )


def test_a_row_per_frame_and_track(labels: sleap.Labels, tmp_path: Path) -> None:
    path = tmp_path / "x.analysis.csv"
    write(labels, path, labels.video)
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert [(row[0], int(row[1])) for row in rows] == [
        (track, frame) for frame in range(4) for track in ("a", 'b, "big"', "")
    ]
    assert {len(row) for row in rows} == {len(header)}
    filled = {(row[0], int(row[1])) for row in rows if any(row[2:])}
    assert filled == {("a", 1), ('b, "big"', 1), ("a", 3), ("", 3)}


@pytest.mark.parametrize("all_frames", [True, False])
def test_all_comes_back(labels: sleap.Labels, tmp_path: Path, all_frames: bool) -> None:
    path = tmp_path / "project.000_clip.analysis.csv"
    write(labels, path, labels.video, all_frames=all_frames)
    back = read(path, ())
    assert [frame.frame_idx for frame in back] == [1, 3]
    for frame, other in zip(labels, back, strict=True):
        for one, two in zip(frame.instances, other.instances, strict=True):
            assert type(one) is type(two)
            np.testing.assert_array_equal(one.numpy(), two.numpy())
            assert (one.track and one.track.name) == (two.track and two.track.name)
            np.testing.assert_equal(one.score, two.score)
            if one.is_predicted:
                assert one.points["score"].tolist() == two.points["score"].tolist()
    assert back.skeleton.node_names == ["head", "tail.tip"]
    assert back.video.filename == "clip"


def test_blocks_make_the_same_file(
    labels: sleap.Labels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(labels, tmp_path / "a.csv", labels.video)
    monkeypatch.setattr(analysis_csv, "N_FRAMES", 3)
    monkeypatch.setattr(analysis_csv, "N_ROWS", 2)
    write(labels, tmp_path / "b.csv", labels.video)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert len(read(tmp_path / "b.csv", ())) == 2


def test_tracks_of_one_name_stay_two(tmp_path: Path) -> None:
    video = sleap.Video("a.mp4", shape=(1, 8, 8, 1))
    tracks = [sleap.Track("x"), sleap.Track("x"), sleap.Track(""), sleap.Track("x_1")]
    instances = [found(number, track) for number, track in enumerate(tracks)]
    write(sleap.Labels([sleap.LabeledFrame(video, 0, instances)]), tmp_path / "a.csv", video)
    back = read(tmp_path / "a.csv", ())
    assert [track.name for track in back.tracks] == ["x", "x_1", "track_2", "x_1_1"]
    assert [one["head"][0] for one in back[0].instances] == [1, 2, 3, 4]


def test_columns_in_another_order(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "\ufefftrack,frame_idx,head.score,head.y,head.x\r\n,7,0.5,2,1\r\n\r\nm,8.0,,4,3\r\n",
        encoding="utf-8",
    )
    back = sleap.load_file(tmp_path / "a.csv")
    assert [frame.frame_idx for frame in back] == [7, 8]
    first, second = (frame.instances[0] for frame in back)
    assert (first["head"], first.is_predicted, first.track) == ((1, 2), True, None)
    assert (second["head"], second.is_predicted) == ((3, 4), False)
    assert second.track is not None and second.track.name == "m"


def test_as_the_original_wrote_it(tmp_path: Path) -> None:
    (tmp_path / "x.analysis.csv").write_text(
        "track,frame_idx,instance.score,a.x,a.y,a.score,b.x,b.y,b.score\n"
        ",0,nan,205.93,187.88,,278.63,203.36,\n"
    )
    instance = sleap.load_file(tmp_path / "x.analysis.csv")[0].instances[0]
    assert not instance.is_predicted
    np.testing.assert_array_equal(instance.numpy(), [[205.93, 187.88], [278.63, 203.36]])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "first line should name"),
        ("track,frame_idx,score\n", "first line should name"),
        ("track,frame_idx,a.x,a.y\nm,1,2\n", "has 3 columns, the first line 4: 'm,1,2'"),
        ("track,frame_idx,a.x,a.y\nm,1,2,here\n", "Before line 3: could not convert .*'here'"),
        ("track,frame_idx,a.x,a.y\nm,-1,2,3\n", "no index of a frame"),
        ("track,frame_idx,a.x,a.y\nm,1.5,2,3\n", "no index of a frame"),
        ("track,frame_idx,a.x,a.y\nm,,2,3\n", "no index of a frame"),
        ('track,frame_idx,a.x,a.y\n"' + "m" * 200_000, "field larger than"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "x.analysis.csv").write_text(text)
    with pytest.raises(FormatError, match=message) as error:
        sleap.load_file(tmp_path / "x.analysis.csv")
    assert "x.analysis.csv" in str(error.value)


def test_text_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "x.analysis.csv").write_bytes(b"track,frame_idx,\xff\xfe.x")
    with pytest.raises(FormatError, match="decode"):
        sleap.load_file(tmp_path / "x.analysis.csv")


def test_rows_without_end_are_refused(tmp_path: Path) -> None:
    video = sleap.Video("a.mp4")
    labels = sleap.Labels([sleap.LabeledFrame(video, 1 << 38, [found(1)])])
    with pytest.raises(LabelsError, match="for 1 instances"):
        write(labels, tmp_path / "x.csv", video)
    write(labels, tmp_path / "x.csv", video, all_frames=False)
    assert read(tmp_path / "x.csv", ())[0].frame_idx == 1 << 38


def test_a_foreign_video_is_refused(labels: sleap.Labels, tmp_path: Path) -> None:
    with pytest.raises(LabelsError, match="not a video of these labels"):
        write(labels, tmp_path / "x.csv", sleap.Video("other.mp4"))


def test_other_tables_are_not_recognized(tmp_path: Path) -> None:
    assert not ANALYSIS_CSV.recognizes(tmp_path / "x.analysis.csv", b"scorer,net,net\nbodyparts,")


def test_a_real_recording(data_dir: Path, tmp_path: Path) -> None:
    labels = sleap.load_file(data_dir / "flies_tutorial" / "sleap_predictions.slp")
    labels.save(tmp_path / "x.analysis.csv")
    back = sleap.load_file(tmp_path / "x.analysis.csv")
    np.testing.assert_array_equal(back.numpy(return_scores=True), labels.numpy(return_scores=True))


def test_sleap_io_reads_the_same(data_dir: Path, tmp_path: Path) -> None:
    sleap_io = pytest.importorskip("sleap_io", reason="compares with sleap-io")
    labels = sleap.load_file(data_dir / "flies_tutorial" / "sleap_predictions.slp")
    write(labels, tmp_path / "x.analysis.csv", labels.video, all_frames=False)
    theirs = sleap_io.load_csv(str(tmp_path / "x.analysis.csv"), format="sleap")
    order = [theirs.skeleton.node_names.index(name) for name in labels.skeleton.node_names]
    np.testing.assert_array_equal(theirs.numpy()[:, :, order], labels.numpy())
