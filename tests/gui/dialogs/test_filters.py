from sleap.gui.dialogs.filters import filter_for, patterns, readable, reading_filters, writable
from sleap.io.format import FORMATS


def test_every_format_is_offered_as_far_as_it_goes():
    assert {name for name, _ in readable()} == {
        name for name in FORMATS if FORMATS.get(name).read is not None
    }
    assert {name for name, _ in writable()} == {
        name for name in FORMATS if FORMATS.get(name).can_write
    }


def test_files_are_offered_under_the_names_others_give_them():
    coco = dict(readable())["coco"]
    assert patterns(coco) == ["*.coco.json", "*.json"]
    assert filter_for(coco) == "COCO keypoints (*.coco.json *.json)"


def test_all_labels_come_first():
    first, *each, last = reading_filters().split(";;")
    assert first.startswith("All labels (")
    assert all(f"*{suffix}" in first for _, one in readable() for suffix in one.suffixes)
    assert len(each) == len(list(readable()))
    assert last == "All files (*)"
