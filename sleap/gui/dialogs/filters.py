"""What file dialogs offer, out of the table of formats."""

from collections.abc import Iterator

from sleap.io.format import FORMATS, Format

ALL_FILES = "All files (*)"


def readable() -> Iterator[tuple[str, Format]]:
    """Yield names and formats that can be read, by title."""
    yield from sorted(
        ((name, one) for name, one in _formats() if one.read is not None), key=_by_title
    )


def writable() -> Iterator[tuple[str, Format]]:
    """Yield names and formats that can be written, by title."""
    yield from sorted(((name, one) for name, one in _formats() if one.can_write), key=_by_title)


def patterns(entry: Format) -> list[str]:
    """Return patterns of filenames: of ``.coco.json`` also ``*.json``, as others call them."""
    found = []
    for suffix in entry.suffixes:
        found += [f"*{suffix}", f"*.{suffix.rpartition('.')[2]}"]
    return list(dict.fromkeys(found))


def title(entry: Format) -> str:
    """Return what a format is called at the beginning of a line."""
    return entry.title[:1].upper() + entry.title[1:]


def filter_for(entry: Format) -> str:
    """Return the entry of a file dialog for one format: "COCO keypoints (*.coco.json *.json)"."""
    return f"{title(entry)} ({' '.join(patterns(entry))})"


def reading_filters() -> str:
    """Return the entries of a dialog that opens labels of any format: all known, each, all."""
    entries = [entry for _, entry in readable()]
    known = dict.fromkeys(pattern for entry in entries for pattern in patterns(entry))
    first = f"All labels ({' '.join(known)})"
    return ";;".join([first, *(filter_for(entry) for entry in entries), ALL_FILES])


def _formats() -> Iterator[tuple[str, Format]]:
    import sleap.io.formats  # noqa: F401  (enters the formats into the registry)

    for name in FORMATS:
        yield name, FORMATS.get(name)


def _by_title(item: tuple[str, Format]) -> str:
    return item[1].title.lower()
