"""What ``import sleap`` offers, asserted, so that it changes only on purpose."""

import sleap

PUBLIC = {
    "Instance",
    "LabeledFrame",
    "Labels",
    "PredictedInstance",
    "Skeleton",
    "SuggestionFrame",
    "Track",
    "Video",
    "__version__",
    "load_file",
    "load_video",
    "open_video",
    "save_file",
}


def test_public_names_are_these() -> None:
    assert set(sleap.__all__) == PUBLIC
    assert set(dir(sleap)) == PUBLIC


def test_every_public_name_resolves() -> None:
    for name in PUBLIC:
        assert getattr(sleap, name) is not None
