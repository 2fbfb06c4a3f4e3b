"""The page on videos: what it says is what the program does."""

import re
from pathlib import Path
from typing import Any

import pytest

from sleap.video.fingerprint import of_file

PAGE = Path(__file__).parent.parent.parent / "docs" / "formats" / "videos.md"


@pytest.mark.parametrize("size", [0, 5, 256 * 1024, 256 * 1024 + 1, 1_000_001])
def test_the_fingerprint_of_the_page_is_that_of_the_program(size: int, tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(program, names)
    path = tmp_path / "a.mp4"
    path.write_bytes(bytes(number * 37 % 251 for number in range(size)))
    assert names["fingerprint"](path) == of_file(path)


def test_the_places_are_in_the_order_of_the_program() -> None:
    from sleap.video import places

    text = PAGE.read_text(encoding="utf-8")
    rules = [places.RELATIVE, places.STORED, places.BESIDE, "Remembered prefixes", places.HERE]
    positions = [text.lower().index(f"*{rule.lower()}*") for rule in rules]
    assert positions == sorted(positions)
