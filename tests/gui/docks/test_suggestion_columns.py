from sleap.core.labels import Labels
from sleap.gui.docks.suggestion_columns import VIDEO, suggestion_columns
from sleap.suggestions.table import SuggestionTable


def test_a_row_as_it_is_read(labels: Labels) -> None:
    columns = suggestion_columns(SuggestionTable(labels))
    assert columns[VIDEO].title == "Video"
    assert [column.text(1) for column in columns] == ["first.mp4", "11", "", "✓", "0.80"]
    assert [column.text(0) for column in columns] == ["first.mp4", "6", "", "", ""]
    tips = [column.tip(0) for column in columns if column.tip is not None]
    assert tips == ["Of no group", "Not labeled yet", "No predictions here"]
    assert all(column.keys is not None and len(column.keys()) == 3 for column in columns)
