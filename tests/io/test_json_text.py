import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleap.errors import FileError, FormatError
from sleap.io import json_text
from sleap.io.json_text import first_keys, members, read_json, reading


def parse(text: str | bytes, listed: Sequence[str] = ()) -> list[tuple[str, Any]]:
    data = text.encode() if isinstance(text, str) else text
    return [
        (key, list(value) if isinstance(value, Iterator) else value)
        for key, value in members(io.BytesIO(data), listed)
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@settings(max_examples=50)
@given(st.dictionaries(st.text(), JSON), st.integers(1, 30), st.booleans())
def test_members_are_those_of_the_standard_reader(
    data: dict[str, Any], block: int, is_indented: bool
) -> None:
    text = json.dumps(data, indent=1 if is_indented else None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "BLOCK", block)
        assert dict(parse(text)) == json.loads(text)


@given(st.lists(st.integers() | st.lists(st.floats(0, 1)) | st.text()), st.integers(1, 9))
def test_items_are_read_one_by_one(items: list[Any], block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "BLOCK", block)
        text = json.dumps({"a": 1, "list": items, "b": [2]})
        assert parse(text, ["list"]) == [("a", 1), ("list", items), ("b", [2])]


def test_items_nobody_asked_for_are_skipped() -> None:
    found = [key for key, _ in members(io.BytesIO(b'{"a": [1, 2, 3], "b": 2}'), ["a"])]
    assert found == ["a", "b"]


def test_a_byte_order_mark_is_no_hindrance() -> None:
    assert parse(b'\xef\xbb\xbf{"a": 1}') == [("a", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1]",
        "3",
        "{",
        '{"a"',
        '{"a": ',
        '{"a": 1',
        '{"a": 1,}',
        '{"a": [1, 2',
        '{"a": nope}',
        '{"a": 1} x',
        "{1: 2}",
        '{"a" 1}',
        '{"a": "\\u12"}',
        '{"a": [1 2]}',
    ],
)
def test_damaged_json_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        parse(text, ["a"])


def test_every_trouble_becomes_one_error_with_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with pytest.raises(FileError, match=r"a\.json': no such file"):
        read_json(path)
    with pytest.raises(FileError, match="is a folder"):
        read_json(tmp_path)
    for data in (b"{", b"\xff\xfe", b"[" * 200_000, b"1" * 10_000):
        path.write_bytes(data)
        with pytest.raises(FormatError, match=r"a\.json"):
            read_json(path)
    for trouble in (KeyError("x"), OverflowError(), MemoryError(), FormatError("odd.")):
        with pytest.raises(FormatError, match=r"Cannot read '.*a\.json'"), reading(path):
            raise trouble
    with pytest.raises(FormatError, match=r"^Cannot read 'b': why$"), reading(path):
        raise FormatError("Cannot read 'b': why")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('{"yes": 1}', True),
        ('{"x": {"no": 1}, "yes": 2}', True),
        ('{"x": [{"no": "no"}], "no": 2, "yes": 3}', False),
        ('{"x": "\\"yes\\":", "y": "yes"}', False),
        ('{"x": "a\\\\", "yes": 1}', True),
        (' \n{"x": 1}', False),
        ('[{"yes": 1}]', False),
        ('"yes"', False),
        ('{"x": {}} {"yes": 1}', False),
        ('{"x": "yes', False),
        ("", False),
    ],
)
def test_the_first_keys_tell_what_a_file_is(tmp_path: Path, text: str, answer: bool) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    assert first_keys(path, {"yes": True, "no": False}.get) is answer
    assert first_keys(tmp_path / "nothing", {}.get) is False
