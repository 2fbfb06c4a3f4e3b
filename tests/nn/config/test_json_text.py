"""JSON with comments."""

import pytest

from sleap.errors import ProfileError
from sleap.nn.config.json_text import parse


def test_comments_are_ignored() -> None:
    text = '{ // first\n "a": 1, /* two\nlines */ "b": [2] } // last'
    assert parse(text, "x") == {"a": 1, "b": [2]}


def test_comment_marks_inside_strings_stay() -> None:
    text = r'{"url": "http://x/*y*/", "quote": "\"//", "c": "\\"} // "'
    assert parse(text, "x") == {"url": "http://x/*y*/", "quote": '"//', "c": "\\"}


def test_an_error_names_the_line_in_the_file() -> None:
    with pytest.raises(ProfileError, match=r"mine\.json is not JSON: .* \(line 3, column 3\)"):
        parse("{ /* one\ntwo */\n }}", "mine.json")


def test_a_key_given_twice_is_an_error() -> None:
    with pytest.raises(ProfileError, match="'a' is given twice"):
        parse('{"a": 1, "a": 2}', "x")
