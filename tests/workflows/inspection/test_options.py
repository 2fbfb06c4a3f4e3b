from pathlib import Path

from sleap.workflows.inspection.options import InspectOptions


def test_a_folder_to_search_may_be_one() -> None:
    assert InspectOptions(path="a", search="b").search == (Path("b"),)
    assert InspectOptions(path="a", search=["b", "c"]).search == (Path("b"), Path("c"))
