"""Partial predictions of which records are damaged: all whole ones, also behind a bad one."""

import json
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import frozen

from sleap.io.slp.journal import HEAD, MAGIC, ROWS, TABLES, TRACKS, split_rows
from sleap.io.slp.mending import Part, Parts

_RECORD = struct.Struct("<4sII")


@frozen
class RescuedJournal:
    """What is left of partial predictions.

    Args:
        header: Skeleton, video and provenance; empty if lost.
        tracks: Entries of the tracks.
        parts: The tables.
        n_lost: How many stretches of the file are damaged; half a record at the end is no damage.
    """

    header: dict[str, Any]
    tracks: list[Any]
    parts: Parts
    n_lost: int


def rescue(raw: Any) -> RescuedJournal:
    """Read the whole records of a journal.

    Args:
        raw: The bytes of the file.
    """
    header: dict[str, Any] = {}
    tracks: list[Any] = []
    collected: tuple[list[Any], ...] = ([], [], [])
    n_frames = n_instances = n_points = n_lost = 0
    for kind, payload in find_records(raw):
        if kind == b"":
            n_lost += 1
        elif kind == HEAD:
            header = json.loads(payload)
        elif kind == TRACKS:
            tracks = json.loads(payload)
        elif kind == ROWS:
            frames, instances, points = (rows.copy() for rows in split_rows(payload))
            # Records count from the beginning of the run; behind a lost one that is too much.
            if len(frames):
                shift = int(frames["instance_id_start"][0]) - n_instances
                frames["instance_id_start"] -= np.uint64(shift)
                frames["instance_id_end"] -= np.uint64(shift)
                shift = int(frames["frame_id"][0]) - n_frames
                frames["frame_id"] -= np.uint64(shift)
                instances["frame_id"] -= np.uint64(shift)
            if len(instances):
                shift = int(instances["point_id_start"][0]) - n_points
                instances["point_id_start"] -= np.uint64(shift)
                instances["point_id_end"] -= np.uint64(shift)
                instances["instance_id"] = n_instances + np.arange(len(instances))
            n_frames, n_instances = n_frames + len(frames), n_instances + len(instances)
            n_points += len(points)
            for part, rows in zip(collected, (frames, instances, points), strict=True):
                part.append(rows)
    tables = [
        np.concatenate([np.zeros(0, dtype), *rows])
        for dtype, rows in zip(TABLES, collected, strict=True)
    ]
    whole = [Part(table, np.ones(len(table), bool)) for table in tables]
    return RescuedJournal(
        header, tracks, Parts(frames=whole[0], instances=whole[1], pred_points=whole[2]), n_lost
    )


def find_records(raw: Any) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and payload of all whole records; (b"", b"") where something is damaged."""
    place = len(MAGIC)
    while place + _RECORD.size <= len(raw):
        kind, length, checksum = _RECORD.unpack_from(raw, place)
        start = place + _RECORD.size
        payload = bytes(raw[start : start + length]) if start + length <= len(raw) else None
        if (
            payload is not None
            and kind in (HEAD, TRACKS, ROWS)
            and (zlib.crc32(payload) == checksum)
        ):
            yield kind, payload
            place = start + length
            continue
        following = [found for mark in (ROWS, TRACKS) if (found := raw.find(mark, place + 1)) >= 0]
        if not following:
            return
        if payload is not None or kind not in (HEAD, TRACKS, ROWS):
            yield b"", b""
        place = min(following)
