"""The public names of the samples."""

import pytest

from sleap import samples


def test_public_names_are_loaded_on_demand() -> None:
    from sleap.samples.folder import labels, write
    from sleap.samples.recording import Recording

    assert samples.Recording is Recording
    assert samples.labels is labels and samples.write is write
    with pytest.raises(AttributeError, match="no attribute 'recordings'"):
        samples.recordings  # noqa: B018
