from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.errors import FormatError
from sleap.hdf5.files import open_checked


@pytest.mark.parametrize("signature", [b"FAHD", b"FADB", b"EAHD", b"EAIB", b"EASB", b"EADB"])
def test_damaged_arrays_are_refused(tmp_path: Path, signature: bytes) -> None:
    path = tmp_path / "a.h5"
    limit = (None,) if signature.startswith(b"EA") else None
    with h5py.File(path, "w", libver="latest") as file:
        file.create_dataset("a", data=np.arange(4000), chunks=(2,), maxshape=limit)
    whole = path.read_bytes()
    place = whole.index(signature)
    with open_checked(path) as file:
        assert file["a"][3999] == 3999
    for offset in (4, 5, 6, 8, 13):
        at = place + offset
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x21]) + whole[at + 1 :])
        with pytest.raises(FormatError, match="'/a' is damaged"):
            open_checked(path)
