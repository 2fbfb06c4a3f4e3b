import json
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
import scipy.io

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.errors import FileError, FormatError
from sleap.io import skeleton_json
from sleap.io.files import save_file
from sleap.io.skeleton_files import load_skeleton, load_skeletons, save_skeleton


def fly() -> Skeleton:
    return Skeleton(
        ["head", "thorax", "wingL", "wingR"],
        [("thorax", "head"), ("thorax", "wingL"), ("thorax", "wingR")],
        [("wingL", "wingR")],
        name="fly",
    )


@pytest.mark.parametrize("description", [None, "seen from above"])
def test_a_skeleton_goes_there_and_back(tmp_path: Path, description: str | None) -> None:
    skeleton = fly()
    skeleton.description = description
    skeleton.preview_image = b"\x89PNG" if description else None
    save_skeleton(skeleton, tmp_path / "fly.json")
    again = load_skeleton(str(tmp_path / "fly.json"))
    assert again.matches(skeleton)
    assert (again.name, again.description) == ("fly", description)
    assert again.preview_image == skeleton.preview_image
    data = json.loads((tmp_path / "fly.json").read_text())
    assert ("nx_graph" in data) == bool(description)


def test_the_file_is_the_graph_with_sorted_keys(tmp_path: Path) -> None:
    save_skeleton(fly(), tmp_path / "fly.json")
    text = (tmp_path / "fly.json").read_text()
    assert text == json.dumps(skeleton_json.encode(fly()), sort_keys=True)
    assert text.startswith('{"directed": true, "graph": {"name": "fly", "num_edges_inserted": 3}')


@pytest.mark.parametrize("name", ["a.slp", "a.h5", "a.json", "a.json.zip", "a.pkg.slp"])
def test_the_first_skeleton_of_labels_is_read(labels: Labels, tmp_path: Path, name: str) -> None:
    save_file(labels, tmp_path / name)
    assert load_skeleton(tmp_path / name).matches(labels.skeletons[0])
    assert [one.name for one in load_skeletons(tmp_path / name)] == ["fly", "worm"]


def test_labels_without_a_skeleton_are_told(tmp_path: Path) -> None:
    save_file(Labels(), tmp_path / "a.slp")
    with pytest.raises(FormatError, match=r"a\.slp': it holds none"):
        load_skeleton(tmp_path / "a.slp")


def test_skeletons_lie_in_attributes_of_hdf5(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        text = json.dumps(skeleton_json.encode(fly()))
        file.create_group("skeleton").attrs["fly"] = np.bytes_(text)
        file["skeleton"].attrs["other"] = text
    first, second = load_skeletons(tmp_path / "a.h5")
    assert first.matches(fly())
    assert second.matches(fly())


@pytest.mark.parametrize("is_struct", [False, True])
def test_skeletons_of_leap_are_read(tmp_path: Path, is_struct: bool) -> None:
    nodes = np.array([["head"], ["tail"]], object)
    fields: dict[str, Any] = {"nodes": nodes, "edges": np.array([[1.0, 2.0]]), "pos": np.eye(2)}
    scipy.io.savemat(tmp_path / "a.mat", {"skeleton": fields} if is_struct else fields)
    skeleton = load_skeleton(tmp_path / "a.mat")
    assert skeleton.edge_names == [("head", "tail")]


def test_the_skeleton_of_a_training_profile_is_read(data_dir: Path) -> None:
    folder = data_dir / "flies_tutorial" / "models" / "211229_075510.centroid"
    skeleton = load_skeleton(folder / "training_config.json")
    assert skeleton.edge_names == [("thorax", "head"), ("thorax", "abdomen")]


def test_the_first_profiles_kept_skeletons_with_the_model(tmp_path: Path) -> None:
    path = tmp_path / "training_job.json"
    path.write_text(json.dumps({"model": {"skeletons": [skeleton_json.encode(fly())]}}))
    assert load_skeleton(path).matches(fly())
    path.write_text(json.dumps({"model": {}}))
    with pytest.raises(FormatError, match="holds none"):
        load_skeleton(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"nodes": 3}',
        '{"directed": true, "nodes": [{"id": 0}], "links": []}',
        '{"nx_graph": ' + '{"nx_graph":' * 50_000,
        '{"nx_graph": ' + '{"a":' * 900 + "1" + "}" * 901,
        '{"directed": true, "nodes": [{"id": "a"}], "links": [{"source": "a", "target": "b"}]}',
        '{"labels": [], "skeletons": 3}',
        "not JSON at all",
    ],
)
def test_what_holds_no_skeleton_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text)
    with pytest.raises(FormatError, match=r"odd\.json"):
        load_skeleton(path)


def test_trouble_with_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        load_skeleton(tmp_path / "gone.json")
    with pytest.raises(FileError, match=r"ends in \.json"):
        save_skeleton(fly(), tmp_path / "fly.yaml")
    with pytest.raises(FileError, match="does not exist"):
        save_skeleton(fly(), tmp_path / "gone" / "fly.json")
