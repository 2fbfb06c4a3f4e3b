"""Takes from a damaged labels file all that is left, and writes a new one.

Run as a program, for HDF5 may crash or never return::

    python -m sleap.io.slp.salvage DAMAGED REPAIRED [PIECE TO LEAVE OUT ...]

It writes JSON lines: ``{"part": name}`` before each piece, at the end ``{"result": {...}}`` or
``{"error": text, "kind": class}``. ``sleap.workflows.repair`` runs it.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sleap.core.labels import Labels
from sleap.core.suggestion import SuggestionFrame
from sleap.core.tables import PREDICTED, USER
from sleap.errors import FormatError, SleapError
from sleap.io.atomic import replacing
from sleap.io.slp import damaged, mending, spec, videos
from sleap.io.slp.findings import Found, find_in_journal, find_in_labels
from sleap.io.slp.journal import is_journal
from sleap.io.slp.mending import Mended
from sleap.io.slp.pieces import Pieces
from sleap.io.slp.read import read
from sleap.io.slp.sink import created
from sleap.io.slp.write import write_labels, write_source


def salvage(
    path: Path,
    output: Path,
    announce: Callable[[str], None] = lambda name: None,
    skipped: Sequence[str] = (),
) -> dict[str, Any]:
    """Write a new labels file with what a damaged one still holds.

    Args:
        path: The damaged file; it is only read.
        output: The new file; an old one is replaced whole or not at all.
        announce: Told the name of each piece before it is read.
        skipped: Names of pieces to leave out.

    Returns:
        ``path``, ``lines`` (sentences for a person), ``saved`` and ``lost`` (counts).

    Raises:
        FormatError: If there is nothing to save.
        FileError: If the new file cannot be written.
    """
    with damaged.opened(path) as (data, file):
        pieces = Pieces(data, file, announce, frozenset(skipped))
        find = find_in_journal if is_journal(bytes(data.raw[:64])) else find_in_labels
        found = find(pieces)
        announce("the new file")
        mended = mending.mend(found.parts, len(found.videos), found.skeletons, len(found.tracks))
        if not len(mended.frames) and not found.skeletons and not found.images:
            raise FormatError(
                f"Cannot repair '{path}': no labels are left in it. If there are backups beside "
                "it, use one of them."
            )
        labels = _assemble(found, mended)
        _write(labels, found, output)
    announce("the new file, to check it")
    written = read(output)
    return _report(found, mended, written, output, skipped)


def _assemble(found: Found, mended: Mended) -> Labels:
    suggestions = []
    for item in found.suggestions:
        try:
            video = found.videos[int(item["video"])]
            group = item.get("group")
            suggestions.append(
                SuggestionFrame(
                    video, int(item["frame_idx"]), group if isinstance(group, int) else None
                )
            )
        except (LookupError, TypeError, ValueError):
            found.lost["suggestions"] += 1
    provenance = found.header.get("provenance")
    return Labels.from_tables(
        frames=mended.frames,
        instances=mended.instances,
        points=mended.points,
        pred_points=mended.pred_points,
        videos=found.videos,
        skeletons=found.skeletons,
        tracks=found.tracks,
        suggestions=suggestions,
        provenance=provenance if isinstance(provenance, dict) else None,
        negative_anchors=_anchors(found),
    )


def _anchors(found: Found) -> dict[int, list[tuple[int, float, float]]]:
    value = found.header.get("negative_anchors")
    try:
        return {
            int(video): [(int(frame), float(x), float(y)) for frame, x, y in places]
            for video, places in dict(value or {}).items()
        }
    except (TypeError, ValueError):
        found.lost["negative anchors"] += 1
        return {}


def _write(labels: Labels, found: Found, output: Path) -> None:
    with replacing(output) as temporary, created(temporary) as (file, sink):
        entries = []
        for number, video in enumerate(found.videos):
            images = found.images.get(number)
            if images is None:
                entries.append(videos.encode(video))
                continue
            group = file.create_group(spec.image_group(number))
            images.write(group)
            sink.check()
            write_source(group, video)
            entries.append(
                videos.encode(video, dataset=f"{spec.image_group(number)}/{spec.IMAGES}")
            )
        write_labels(file, labels, entries)


def _report(
    found: Found, mended: Mended, written: Labels, output: Path, skipped: Sequence[str]
) -> dict[str, Any]:
    types = written.to_tables()[1]["instance_type"]
    saved = {
        "frames": len(written),
        "user instances": int(np.count_nonzero(types == USER)),
        "predicted instances": int(np.count_nonzero(types == PREDICTED)),
        "images": sum(len(images) for images in found.images.values()),
        "videos": len(written.videos),
        "tracks": len(written.tracks),
        "suggestions": len(written.suggestions),
    }
    lost = Counter(found.lost)
    lost["frames"] += found.n_frames - len(mended.frames)
    lost["instances"] += len(found.parts.instances.rows) - len(mended.instances)
    lost.update(mended.notes)
    tables = (getattr(found.parts, name) for name in spec.TABLES)
    lost["rows of tables"] = sum(int(np.count_nonzero(~table.is_there)) for table in tables)
    lost["parts"] = sum(note.startswith("The table") for note in found.notes)
    lines = [
        "Saved: " + ", ".join(f"{n} {what}" for what, n in saved.items() if n) + ".",
        *found.notes,
        *(f"{n} {what}." for what, n in mended.notes.items()),
        *(f"Left out, as reading it never ends or crashes: {part}." for part in skipped),
    ]
    whole = {what: n for what, n in lost.items() if n > 0}
    if whole:
        summary = {what: whole[what] for what in ("frames", "instances", "images") if what in whole}
        if summary:
            lines.insert(
                1, "Lost: " + ", ".join(f"{n} {what}" for what, n in summary.items()) + "."
            )
    elif not found.notes and not skipped:
        lines.insert(1, "Nothing is known to be lost.")
    return {"path": str(output), "lines": lines, "saved": saved, "lost": whole}


def main(arguments: Sequence[str]) -> None:
    """Run as a program."""

    def tell(**news: Any) -> None:
        sys.stdout.write(json.dumps(news) + "\n")
        sys.stdout.flush()

    path, output, *skipped = arguments
    try:
        result = salvage(Path(path), Path(output), lambda part: tell(part=part), skipped)
    except SleapError as error:
        tell(error=str(error), kind=type(error).__name__)
    except Exception as error:  # a kind of damage that nobody thought of: still a message
        why = f"{type(error).__name__}: {error}"
        text = f"Cannot repair '{path}': the damage is not understood ({why:.200})."
        tell(error=text, kind="FormatError")
    else:
        tell(result=result)


if __name__ == "__main__":
    main(sys.argv[1:])
