from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.errors import FileError, FormatError
from sleap.io.files import load_file
from sleap.io.formats.deeplabcut.project import (
    find_tables,
    is_config,
    is_folder,
    read_config,
    read_folder,
    read_project,
    read_table,
)

Save = Callable[..., Path]


def check(labels: Labels, folder: Path) -> None:
    images = [str(folder / "vid1" / f"img{n:02d}.png") for n in (0, 5, 12, 101)]
    assert labels.videos[0].filename == images
    assert [(frame.video, frame.frame_idx) for frame in labels] == [
        (labels.videos[0], 0),
        (labels.videos[0], 3),
    ]
    assert labels[0].instances[0]["nose"][0] == 5
    suggested = [s.frame_idx for s in labels.suggestions if s.video is labels.videos[0]]
    assert suggested == [1, 2]


def test_a_project(project: Path) -> None:
    labels = read_project(project / "config.yaml")
    check(labels, project / "labeled-data")
    assert [video.name for video in labels.videos] == ["img00.png", "img03.png"]
    assert labels.skeleton.node_names == ["nose", "ear", "tail base"]
    edges = [("nose", "ear"), ("ear", "tail base"), ("tail base", "nose")]
    assert labels.skeleton.edge_names == edges
    assert labels.provenance["deeplabcut_videos"] == {"vid1": "C:/data/vid1.avi"}
    assert [s.frame_idx for s in labels.suggestions if s.video is labels.videos[1]] == [0]


def test_folders(project: Path) -> None:
    data = project / "labeled-data"
    for folder in (project, data, data / "vid1"):
        assert is_folder(folder)
        labels = read_folder(folder)
        check(labels, data)
        assert labels.skeleton.node_names == ["nose", "ear", "tail base"]
    (project / "config.yaml").unlink()
    for folder in (project, data, data / "vid1"):
        labels = read_folder(folder)
        check(labels, data)
        assert labels.skeleton.node_names == ["nose", "tail base"]
    assert not is_folder(data / "vid2")
    assert not is_folder(data / "gone")
    with pytest.raises(FormatError, match=r"vid2.*no project"):
        read_folder(data / "vid2")


def test_several_animals(tmp_path: Path, save: Save) -> None:
    (tmp_path / "config.yaml").write_text(
        "bodyparts: MULTI!\nindividuals: [a, b]\n"
        "multianimalbodyparts: [tail, nose]\nuniquebodyparts: [corner]\n"
        "skeleton: [[nose, tail]]\nvideo_sets:\n"
    )
    folder = tmp_path / "labeled-data" / "v"
    folder.mkdir(parents=True)
    index = [("labeled-data", "v", "img0.png")]
    animals = {"a": ["nose", "tail"], "b": ["nose", "tail"], "single": ["corner"]}
    save(folder / "CollectedData_me.h5", index, np.arange(10.0), individuals=animals)
    labels = read_project(tmp_path / "config.yaml")
    assert [s.node_names for s in labels.skeletons] == [["tail", "nose"], ["corner"]]
    assert labels.skeleton.edge_names == [("nose", "tail")]
    assert [track.name for track in labels.tracks] == ["a", "b"]
    assert labels[0].instances[1]["tail"][0] == 6


def test_tables_of_a_folder(tmp_path: Path) -> None:
    for name in ("a.csv", "a.h5", "b.csv", "c.h5"):
        (tmp_path / f"CollectedData_{name}").touch()
    names = [path.name[len("CollectedData_") :] for path in find_tables(tmp_path, "b")]
    assert names == ["b.csv", "a.h5", "c.h5"]


def test_what_a_configuration_is(project: Path, tmp_path: Path) -> None:
    assert is_config(project / "config.yaml")
    other = tmp_path / "other.yaml"
    other.write_text("model:\n  bodyparts: 5\n")
    assert not is_config(other)
    assert not is_config(tmp_path / "gone.yaml")
    assert not is_config(tmp_path / "a.csv")


@pytest.mark.parametrize(
    "text", ["a: [", "- a\n- b", "", "!!python/object/apply:os.system ['x']", "\x00", "[" * 600]
)
def test_configurations_that_are_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text)
    with pytest.raises(FormatError, match=r"config\.yaml"):
        read_config(path)


def test_what_is_missing_or_too_long(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileError):
        read_config(project / "gone.yaml")
    (project / "labeled-data").rename(project / "elsewhere")
    with pytest.raises(FormatError, match="not beside it"):
        read_project(project / "config.yaml")
    monkeypatch.setattr("sleap.io.formats.deeplabcut.project.MAX_CONFIG", 10)
    with pytest.raises(FormatError, match="bytes long"):
        read_config(project / "config.yaml")


def test_damaged_tables_are_named(project: Path) -> None:
    for suffix in (".h5", ".csv"):
        path = project / "labeled-data" / "vid1" / f"CollectedData_me{suffix}"
        path.write_bytes(path.read_bytes()[:60])
        with pytest.raises(FormatError, match=rf"CollectedData_me\{suffix}"):
            read_table(path)
        with pytest.raises(FormatError, match="CollectedData_me"):
            read_project(project / "config.yaml")


def test_aliases_that_unfold_into_very_much(project: Path) -> None:
    """A text of what is named so would not fit into any memory."""
    levels = "".join(f"b{n}: &b{n} [{','.join([f'*b{n - 1}'] * 9)}]\n" for n in range(1, 60))
    (project / "config.yaml").write_text(
        f"b0: &b0 [x]\n{levels}scorer: *b59\nbodyparts: [nose, *b59]\nskeleton: [*b59]\n"
        "video_sets: *b59\nTask: *b59\n"
    )
    labels = read_project(project / "config.yaml")
    assert labels.skeleton.node_names == ["nose", "tail base"]


def test_a_project_folder_is_opened_like_a_file(project: Path) -> None:
    check(load_file(project), project / "labeled-data")
