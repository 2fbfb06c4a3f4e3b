from collections.abc import Callable, Iterator
from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.errors import FormatError
from sleap.hdf5.files import open_checked
from sleap.hdf5.objects import CheckedDataset, CheckedFile, CheckedGroup


@pytest.fixture
def file(make: Callable[..., Path]) -> Iterator[CheckedFile]:
    path = make(a=np.arange(6).reshape(2, 3))
    with h5py.File(path, "a") as made:
        made["group/near"] = h5py.SoftLink("../a")
        made["group/b"] = np.arange(3)
        made["soft"] = h5py.SoftLink("/group/b")
        made["none"] = h5py.SoftLink("/nothing")
        made["circle"] = h5py.SoftLink("/circle")
        made["out"] = h5py.ExternalLink("other.h5", "/a")
        made["references"] = np.array([made["a"].ref, made["group"].ref], h5py.ref_dtype)
        layout = h5py.VirtualLayout((3,), "f8")
        layout[:] = h5py.VirtualSource("other.h5", "a", (3,))
        made.create_virtual_dataset("virtual", layout)
        made.create_dataset("external", (3,), "u1", external=[("/etc/passwd", 0, 3)])
    with open_checked(path) as opened:
        yield opened


def test_whatever_is_opened_is_checked(file: CheckedFile) -> None:
    assert isinstance(file["group"], CheckedGroup)
    ways = (file["a"], file["group/b"], file["group"]["b"], file["soft"], file.get("a"), file[b"a"])
    found = [*ways, file["group"].file["a"], file["group/b"].parent["b"], file["group"]["/a"]]
    found += [file[reference] for reference in file["references"][()][:1]]
    assert all(isinstance(one, CheckedDataset) for one in found)
    assert all(
        isinstance(one, CheckedGroup) for one in (file["/"], file["a"].file, file["a"].parent)
    )


@pytest.mark.parametrize("name", ["out", "circle", "virtual", "external"])
def test_what_leads_out_or_in_circles_is_refused(file: CheckedFile, name: str) -> None:
    with pytest.raises(FormatError):
        file[name]
    with pytest.raises(FormatError):
        dict(file.items())


def test_what_is_not_there(file: CheckedFile) -> None:
    assert file.find_address("none") is None and file.find_address("a/b") is None
    assert file.get("nothing") is None
    with pytest.raises(KeyError):
        file["nothing"]


def test_datasets_that_may_be_opened_are_listed(file: CheckedFile) -> None:
    assert file.list_datasets() == [("/a", (2, 3)), ("/group/b", (3,)), ("/references", (2,))]


def test_selections(file: CheckedFile) -> None:
    dataset, plain = file["a"], np.arange(6).reshape(2, 3)
    for selection in (0, -1, (1, 2), slice(1, 2), (slice(None), 1), ..., (..., 0), ([0, 1], 1)):
        np.testing.assert_array_equal(dataset[selection], plain[selection])
    target = np.zeros((2, 3), int)
    dataset.read_direct(target)
    np.testing.assert_array_equal(target, plain)
