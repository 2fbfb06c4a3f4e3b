"""How the rows of labels being edited and those of their saved file belong together.

Rows never move while labels are edited, but a file holds only what is alive, numbered anew. A
journal goes on with the old numbers; to replay it over the file, the rows of that are spread to
the places they had (``Base.spread``), and the dead places between stay empty.
"""

import hashlib

import numpy as np
from attrs import field, frozen

from sleap.core.arrays import frames_of
from sleap.core.labels import Labels
from sleap.core.store import Store
from sleap.core.tables import IntArray
from sleap.editing.changes.rows import mark_frames, pad_frames, pad_instances

TABLES = ("frames", "instances", "points", "pred_points")


@frozen(eq=False)
class Base:
    """Which rows of labels went into a file, in the order of the file.

    Args:
        n_frames: How many frame rows there were, dead ones too.
        n_instances: How many instance rows there were.
        frames: (n,) the row of each frame of the file.
        instances: (n,) the row of each instance of the file.
        digest: Of the contents of the file.
    """

    n_frames: int
    n_instances: int
    frames: IntArray = field(repr=False)
    instances: IntArray = field(repr=False)
    digest: str = ""

    @classmethod
    def of(cls, labels: Labels) -> "Base":
        """Make that of labels about to be saved, and compact them: their rows move.

        Args:
            labels: Labels that nobody edits.
        """
        store = labels.store
        frames, instances = store.live_frames, store.live_instances
        owners = frames_of(store, instances)
        if store.n_dead_frames:
            alive = ~store.dead_frames.rows[owners]
            instances, owners = instances[alive], owners[alive]
        if (owners[1:] < owners[:-1]).any():
            instances = instances[np.argsort(owners, kind="stable")]
        n_rows = len(store.frames), len(store.instances)
        tables = dict(zip(TABLES, labels.to_tables(), strict=True))
        labels.use_store(Store(labels.videos, labels.skeletons, labels.tracks, **tables))
        return cls(*n_rows, frames, instances, contents_digest(labels))

    def spread(self, labels: Labels) -> None:
        """Give the rows of labels just read from the file the numbers they had before.

        Raises:
            ValueError: If the file holds other numbers of rows.
        """
        frames, instances, points, pred_points = labels.to_tables()
        if (len(frames), len(instances)) != (len(self.frames), len(self.instances)):
            raise ValueError("the rows of a file are not those that a journal tells of")
        store = Store(
            labels.videos,
            labels.skeletons,
            labels.tracks,
            points=points.copy(),
            pred_points=pred_points.copy(),
        )
        pad_frames(store, self.n_frames)
        pad_instances(store, self.n_instances)
        owners = self.frames[instances["frame_id"].astype(np.int64)]
        rows = store.frames.writable
        for name in ("video", "frame_idx"):
            rows[name][self.frames] = frames[name]
        instances = instances.copy()
        instances["instance_id"] = self.instances
        instances["frame_id"] = owners
        origins = instances["from_predicted"]
        instances["from_predicted"] = np.append(self.instances, -1)[origins]
        store.instances.writable[self.instances] = instances
        store.revive_instances(self.instances)
        mark_frames(store, self.frames, dead=False)
        link(store, self.instances)
        store.occupancy.forget()
        labels.use_store(store)


def link(store: Store, rows: IntArray) -> None:
    """Make instances, whose ``frame_id`` is set, members of their frames.

    Args:
        store: The tables.
        rows: (n,) rows; those that are members already stay so.
    """
    rows = np.sort(rows)
    owners = frames_of(store, rows)
    order = np.argsort(owners, kind="stable")
    rows, owners = rows[order], owners[order]
    frames = store.frames.writable
    is_first = np.r_[True, owners[1:] != owners[:-1]][: len(rows)]
    breaks = is_first | np.r_[True, np.diff(rows) != 1][: len(rows)]
    begins, run_begins = np.flatnonzero(is_first), np.flatnonzero(breaks)
    n_runs = np.diff(np.r_[np.searchsorted(run_begins, begins), len(run_begins)])
    counts = np.diff(np.r_[begins, len(rows)])
    chosen = owners[begins]
    is_simple = (n_runs == 1) & (
        frames["instance_id_start"][chosen] == frames["instance_id_end"][chosen]
    )
    simple = chosen[is_simple]
    frames["instance_id_start"][simple] = rows[begins[is_simple]]
    frames["instance_id_end"][simple] = rows[begins[is_simple]] + counts[is_simple]
    for frame, begin, count in zip(
        chosen[~is_simple].tolist(),
        begins[~is_simple].tolist(),
        counts[~is_simple].tolist(),
        strict=True,
    ):
        _relink(store, frame, rows[begin : begin + count])


def _relink(store: Store, frame: int, rows: IntArray) -> None:
    """Add members to a frame: the first that follow one another are its range."""
    record = store.frames.rows[frame]
    present = np.arange(int(record["instance_id_start"]), int(record["instance_id_end"]))
    extras = np.array(store.extras.pop(frame, []), np.int64)
    members = np.unique(np.concatenate([present, extras, rows]))
    gaps = np.flatnonzero(np.diff(members) != 1)
    n_first = int(gaps[0]) + 1 if len(gaps) else len(members)
    frames = store.frames.writable
    frames["instance_id_start"][frame] = members[0]
    frames["instance_id_end"][frame] = members[n_first - 1] + 1
    if n_first < len(members):
        store.extras[frame] = members[n_first:].tolist()


def contents_digest(labels: Labels) -> str:
    """Return what tells the contents of labels apart from others, saved or read."""
    digest = hashlib.blake2b(digest_size=16)
    for table in labels.to_tables():
        digest.update(str(len(table)).encode())
        digest.update(np.ascontiguousarray(table).view(np.uint8).data)
    # A file lists the videos that only suggestions name behind the others.
    videos = {id(one): one for one in (*labels.videos, *(s.video for s in labels.suggestions))}
    names = (
        [one.name for one in videos.values()],
        [(one.name, one.node_names, one.edges) for one in labels.skeletons],
        [(one.name, one.spawned_on) for one in labels.tracks],
        [one.frame_idx for one in labels.suggestions],
    )
    digest.update(repr(names).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
