"""The how-to about converting names what the programs print and take."""

from pathlib import Path

import attrs

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.workflows.convert import ConvertOptions
from sleap.workflows.inspection.labels import describe_labels
from sleap.workflows.inspection.models import describe_model

REPOSITORY = Path(__file__).parent.parent.parent
PAGE = (REPOSITORY / "docs" / "how-tos" / "convert-files.md").read_text(encoding="utf-8")


def test_every_key_of_the_json_is_explained() -> None:
    frame = LabeledFrame(Video("a.mp4", source=Video("b.mp4")), 4, [Instance(Skeleton(["x"]))])
    facts = describe_labels(Labels([frame]))
    profile = describe_model(REPOSITORY / "sleap" / "training_profiles" / "default_topdown.json")
    keys = [*facts, *facts["totals"], *facts["videos"][0], *facts["videos"][0]["source"]]
    keys += [*facts["skeletons"][0], *profile]
    missing = [key for key in keys if f"`{key}`" not in PAGE]
    assert not missing


def test_the_flags_that_it_shows_exist() -> None:
    flags = [
        flag
        for field in attrs.fields(ConvertOptions)
        for flag in (*field.metadata.get("flags", ()), f"--{field.name}")
    ]
    for flag in ("--video-prefix", "--dry-run", "--no-empty-frames", "--search", "--resolve"):
        assert flag in PAGE
        assert flag in flags
