"""Tables as DeepLabCut makes them: data frames that pandas writes."""

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

Index = Sequence[int] | Sequence[str] | Sequence[tuple[str, ...]]
Save = Callable[..., Path]


@pytest.fixture(scope="session")
def save() -> Save:
    """Write a data frame with the columns and rows of DeepLabCut; the suffix says how."""
    pandas = pytest.importorskip("pandas", reason="pandas writes the tables of DeepLabCut")

    def write(
        path: Path,
        index: Index,
        values: Any,
        *,
        parts: Sequence[str] = ("nose", "tail base"),
        individuals: dict[str, Sequence[str]] | None = None,
        coords: Sequence[str] = ("x", "y"),
        scorer: str = "me",
        layout: str = "fixed",
    ) -> Path:
        if individuals is None:
            names: list[tuple[str, ...]] = [(scorer, p, c) for p in parts for c in coords]
            levels = ["scorer", "bodyparts", "coords"]
        else:
            names = [
                (scorer, i, p, c) for i, own in individuals.items() for p in own for c in coords
            ]
            levels = ["scorer", "individuals", "bodyparts", "coords"]
        rows = pandas.MultiIndex.from_tuples(index) if isinstance(index[0], tuple) else list(index)
        table = np.asarray(values, float).reshape(len(index), len(names))
        frame = pandas.DataFrame(
            table, columns=pandas.MultiIndex.from_tuples(names, names=levels), index=rows
        )
        if path.suffix == ".csv":
            frame.to_csv(path)
        else:
            pytest.importorskip("tables", reason="pandas writes HDF5 through PyTables")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                frame.to_hdf(path, key="df_with_missing", mode="w", format=layout)
        return path

    return write


@pytest.fixture
def project(tmp_path: Path, save: Save) -> Path:
    """A project of two videos, one of them not labeled yet, and what their programs leave there."""
    (tmp_path / "config.yaml").write_text(
        "    # Project definitions (do not edit)\n"
        "Task: reaching\nscorer: me\ndate: Jan1\nmultianimalproject: false\n"
        "video_sets:\n  C:\\data\\vid1.avi:\n    crop: 0, 640, 0, 480\n"
        "bodyparts:\n- nose\n- ear\n- tail base\n"
        "skeleton:\n- - nose\n  - ear\n  - tail base\n  - nose\n- - nose\n  - wing\n"
    )
    data = tmp_path / "labeled-data"
    for folder, numbers in (("vid1", (0, 5, 12, 101)), ("vid2", (3,)), ("vid1_labeled", (0,))):
        (data / folder).mkdir(parents=True)
        for number in numbers:
            (data / folder / f"img{number:02d}.png").touch()
    index = [("labeled-data", "vid1", f"img{number:02d}.png") for number in (101, 0, 5)]
    values = [[1, 2, 3, 4], [5, 6, np.nan, np.nan], [np.nan] * 4]
    for suffix in (".csv", ".h5"):
        save(data / "vid1" / f"CollectedData_me{suffix}", index, values)
    return tmp_path
