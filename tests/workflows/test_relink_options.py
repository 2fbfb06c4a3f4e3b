from pathlib import Path

from sleap.workflows.relink_options import RelinkOptions


def test_options_take_lists_and_texts() -> None:
    options = RelinkOptions(prefixes=["/a=/b"], folders=["x"])
    assert options.prefixes == ("/a=/b",)
    assert options.folders == (Path("x"),)
    assert options.must_exist and options.check and not options.force
