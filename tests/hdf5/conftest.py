"""HDF5 files that use all that the format has, and the sound ones of other libraries."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

VERSIONS = ["earliest", "v108", "v110", "latest"]


def fill(file: h5py.File) -> None:
    """Write one of each structure."""
    rng = np.random.default_rng(0)
    grid = rng.random((50, 70))
    packed = {"compression": "gzip", "shuffle": True, "fletcher32": True}
    file.create_dataset("growing", data=grid, chunks=(1, 70), maxshape=(None, 70))
    file.create_dataset("growing_packed", data=grid, chunks=(1, 7), maxshape=(None, 70), **packed)
    file.create_dataset("long", data=np.arange(9000), chunks=(2,), maxshape=(None,))
    file.create_dataset("tree", data=grid, chunks=(3, 7), maxshape=(None, None))
    file.create_dataset("tree_packed", data=grid, chunks=(3, 7), maxshape=(None, None), **packed)
    file.create_dataset("fixed", data=grid, chunks=(3, 7))
    file.create_dataset("fixed_lzf", data=grid, chunks=(3, 7), compression="lzf")
    file.create_dataset("pages", data=rng.random((1500, 2)), chunks=(1, 2), compression="gzip")
    file.create_dataset("single", data=grid, chunks=grid.shape, compression="gzip")
    file.create_dataset("sparse", shape=(5000,), chunks=(1,))
    file["sparse"][[3, 4000]] = 1
    file.create_dataset("never", shape=(5000,))
    file["scalar"], file["empty"], file["text"] = 3.0, h5py.Empty("f4"), "hello"
    texts = [f"text {number}" for number in range(300)]
    kind = h5py.string_dtype()
    file.create_dataset("texts", data=texts, dtype=kind)
    file.create_dataset(
        "texts_packed", data=texts, dtype=kind, chunks=(64,), compression="gzip", shuffle=True
    )
    file["rows"] = np.zeros(3, [("a", "f4"), ("b", "S5"), ("c", "?"), ("d", ">f8", (2, 3))])
    file["mixed"] = np.array([("x", 1), ("yy", 2)], [("s", kind), ("i", "i4")])
    file["complex"], file["half"] = np.zeros(3, "c16"), np.zeros(3, "f2")
    file["references"] = np.array([file["rows"].ref, file["mixed"].ref], h5py.ref_dtype)
    file["type"] = np.dtype([("a", "f4")])
    file.create_dataset("of_type", (3,), file["type"])
    file["soft"], file["hard"] = h5py.SoftLink("/rows"), file["rows"]
    file["circle/up"] = file["/"]
    for count in (5, 9, 300):
        group = file.create_group(f"members{count}", track_order=count == 9)
        for number in range(count):
            group[f"a member with a long name {number}"] = h5py.SoftLink("/rows")
        group["last"] = file["rows"]
    attrs = file.create_group("attributes").attrs
    for number in range(30):
        attrs[f"a{number}"] = "x" * number
    attrs["names"] = ["head", "tail"]


@pytest.fixture(scope="session", params=VERSIONS)
def rich(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of one version of the format that holds one of each structure."""
    path = tmp_path_factory.mktemp("rich") / f"{request.param}.h5"
    with h5py.File(path, "w", libver=request.param) as file:
        fill(file)
        if request.param != "earliest":
            file["attributes"].attrs["long"] = "y" * 5000
            file["attributes"].attrs["huge"] = np.arange(50_000)
    return path


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of the older kind: ``make(name=values, ...)``."""

    def write(**datasets: Any) -> Path:
        path = tmp_path / "made.h5"
        with h5py.File(path, "w") as file:
            for name, values in datasets.items():
                file[name] = values
        return path

    return write


@pytest.fixture
def patch() -> Callable[[Path, int, bytes], None]:
    """Overwrite bytes of a file."""

    def write(path: Path, place: int, data: bytes) -> None:
        whole = bytearray(path.read_bytes())
        whole[place : place + len(data)] = data
        path.write_bytes(whole)

    return write
