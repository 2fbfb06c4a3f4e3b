"""Random edits of labels that use all kinds of changes, and what labels are, to be compared."""

import hashlib
import random
from collections.abc import Callable
from typing import Any

import numpy as np

from sleap import Instance, Labels, PredictedInstance, Skeleton, SuggestionFrame, Track, Video
from sleap.core.tables import PREDICTED, USER
from sleap.editing.transaction import Transaction

Edit = Callable[[Transaction, random.Random], None]


def contents(labels: Labels) -> str:
    """Return a digest of all that a project is, whatever row it lies in."""
    frames, instances, points, pred_points = labels.to_tables()
    digest = hashlib.blake2b()
    for name in ("video", "frame_idx", "instance_id_start", "instance_id_end"):
        digest.update(frames[name].tobytes())
    for name in instances.dtype.names or ():
        if not name.startswith("point_id"):
            digest.update(instances[name].tobytes())
    for record in instances:
        table = pred_points if record["instance_type"] == PREDICTED else points
        digest.update(table[int(record["point_id_start"]) : int(record["point_id_end"])].tobytes())
    digest.update(repr(around(labels)).encode())
    return digest.hexdigest()


def around(labels: Labels) -> list[Any]:
    """Return all that lies around the tables, as plain values."""
    number = {id(video): place for place, video in enumerate(labels.videos)}
    return [
        [(v.filename, v.shape, v.grayscale, v.fingerprint) for v in labels.videos],
        [
            (s.name, s.node_names, s.weights, s.edges, s.symmetries, s.description, s.preview_image)
            for s in labels.skeletons
        ],
        [(t.name, t.spawned_on) for t in labels.tracks],
        [(number[id(s.video)], s.frame_idx, s.group, s.metadata) for s in labels.suggestions],
        sorted(labels.provenance.items()),
        sorted(
            (key, [tuple(p) for p in places]) for key, places in labels.negative_anchors.items()
        ),
    ]


def start() -> Labels:
    """Return labels to begin with."""
    skeleton = Skeleton(["a", "b", "c"], [("a", "b"), ("b", "c")], [("a", "c")], name="fly")
    return Labels(videos=[Video("a.mp4", shape=(99, 8, 8, 1))], skeletons=[skeleton])


def _some(rng: random.Random, rows: np.ndarray) -> list[int]:
    rows = rows.tolist()
    return sorted(rng.sample(rows, rng.randint(0, min(len(rows), 4))))


def _instance(tx: Transaction, rng: random.Random) -> Instance:
    labels = tx.labels
    skeleton = rng.choice(labels.skeletons)
    points = np.array([[rng.random(), rng.random()] for _ in range(skeleton.n_nodes)])
    points = points.reshape(-1, 2)
    points[[rng.random() < 0.2 for _ in range(len(points))]] = np.nan
    track = rng.choice([None, *labels.tracks, Track(f"t{rng.randint(0, 9)}")])
    if rng.random() < 0.5:
        scores = np.array([rng.random() for _ in range(len(points))])
        return PredictedInstance(skeleton, points, track, None, scores, rng.random())
    return Instance(skeleton, points, track)


def add_instances(tx: Transaction, rng: random.Random) -> None:
    if not tx.labels.skeletons:
        tx.add_skeleton(Skeleton(["x", "y"]))
    if not tx.labels.videos:
        tx.add_video(Video("new.mp4"))
    video = rng.choice(tx.labels.videos)
    rows = [tx.add_frame(video, rng.randint(0, 9)) for _ in range(rng.randint(1, 3))]
    given = [_instance(tx, rng) for _ in rows]
    predicted = [one for one in given if isinstance(one, PredictedInstance)]
    for one in given:
        if not one.is_predicted and predicted:
            one.from_predicted = rng.choice(predicted)
    tx.add_instances(rows, given)


def add_frames(tx: Transaction, rng: random.Random) -> None:
    video = Video(f"v{rng.randint(0, 99)}.mp4") if rng.random() < 0.1 else None
    if video is None and not tx.labels.videos:
        return
    indices = [rng.randint(0, 30) for _ in range(rng.randint(1, 100 if rng.random() < 0.2 else 3))]
    tx.add_frames(video or rng.choice(tx.labels.videos), indices)


def move_points(tx: Transaction, rng: random.Random) -> None:
    rows = tx.store.live_instances
    for row in _some(rng, rows):
        skeleton = tx.labels.skeletons[int(tx.store.instances.rows["skeleton"][row])]
        if skeleton.n_nodes:
            node = rng.randrange(skeleton.n_nodes)
            tx.set_points(row, {node: (rng.random(), rng.random(), rng.random() < 0.5)})


def move_one(tx: Transaction, rng: random.Random) -> None:
    rows = tx.store.live_instances
    if len(rows) and tx.labels.skeletons:
        xy = tx.point_values([int(rows[0])], [0]) if len(tx.store.points_of(int(rows[0]))) else None
        if xy is not None:
            xy["x"] = rng.random()
            tx.set_point_values([int(rows[0])], [0], xy)


def set_values(tx: Transaction, rng: random.Random) -> None:
    rows = _some(rng, tx.store.live_instances)
    tx.set_values("instances", "score", rows, rng.random())
    tx.set_values("instances", "tracking_score", rows, rng.choice([np.nan, 0.5]))
    tx.set_tracks(rows, rng.randint(-1, len(tx.labels.tracks) - 1))
    kinds = tx.store.instances.rows["instance_type"]
    live = tx.store.live_instances
    predicted = live[kinds[live] == PREDICTED]
    for row in rows:
        if kinds[row] == USER and len(predicted):
            tx.set_values("instances", "from_predicted", [row], rng.choice(predicted.tolist()))


def remove_instances(tx: Transaction, rng: random.Random) -> None:
    rows = tx.store.live_instances
    many = rng.random() < 0.2
    tx.remove_instances(rows if many else _some(rng, rows), with_frames=rng.random() < 0.5)


def remove_frames(tx: Transaction, rng: random.Random) -> None:
    tx.remove_frames(_some(rng, tx.store.live_frames))


def change_lists(tx: Transaction, rng: random.Random) -> None:
    match rng.randrange(5):
        case 0:
            tx.add_video(Video(f"b{rng.randint(0, 99)}.mp4", metadata={"k": [1, {"x": None}]}))
        case 1:
            tx.add_track(Track("later", rng.randint(0, 9)))
        case 2:
            tx.remove_tracks(
                _some(rng, np.arange(len(tx.labels.tracks))), with_instances=bool(rng.randrange(2))
            )
        case 3:
            tx.remove_videos(_some(rng, np.arange(len(tx.labels.videos)))[:1])
        case 4:
            used = tx.store.instances.rows["skeleton"][tx.store.live_instances]
            tx.remove_skeletons(np.setdiff1d(np.arange(len(tx.labels.skeletons)), used)[:1])


def add_skeleton(tx: Transaction, rng: random.Random) -> None:
    names = [f"n{number}" for number in range(rng.randint(1, 4))]
    tx.add_skeleton(Skeleton(names, name=f"s{rng.randint(0, 9)}"))


def change_skeleton(tx: Transaction, rng: random.Random) -> None:
    if not tx.labels.skeletons:
        return
    skeleton = rng.choice(tx.labels.skeletons)
    draft = skeleton.copy()
    match rng.randrange(6):
        case 0:
            draft.add_node(_free_name(draft, "new"))
        case 1 if draft.n_nodes > 1:
            draft.remove_node(rng.randrange(draft.n_nodes))
        case 2:
            order = list(range(draft.n_nodes))
            rng.shuffle(order)
            draft.reorder_nodes(order)
        case 3 if draft.n_nodes:
            draft.rename_node(draft.node_names[0], _free_name(draft, "renamed"))
        case 4:
            draft.edges = draft.edges[1:]
            draft.symmetries = []
            draft.description, draft.preview_image = "text", b"\x00image"
        case 5:
            draft.name = f"name{rng.randint(0, 9)}"
    tx.set_skeleton(skeleton, draft)


def _free_name(skeleton: Skeleton, stem: str) -> str:
    names = (f"{stem}{number}" for number in range(skeleton.n_nodes + 1))
    return next(name for name in names if name not in skeleton)


def change_suggestions(tx: Transaction, rng: random.Random) -> None:
    suggestions = list(tx.labels.suggestions)
    match rng.randrange(3):
        case 0 if tx.labels.videos:
            for _ in range(rng.randint(1, 4)):
                video, place = rng.choice(tx.labels.videos), rng.randint(0, len(suggestions))
                group, metadata = rng.choice([(None, {}), (3, {"k": "v"})])
                suggestions.insert(
                    place, SuggestionFrame(video, rng.randint(0, 9), group, metadata)
                )
        case 1:
            suggestions = suggestions[rng.randint(0, 3) :: rng.randint(1, 2)]
        case 2:
            rng.shuffle(suggestions)
    tx.set_suggestions(suggestions)


def change_metadata(tx: Transaction, rng: random.Random) -> None:
    labels = tx.labels
    if rng.random() < 0.5:
        tx.set_provenance({**labels.provenance, rng.choice("abc"): [rng.random(), None, "x"]})
    elif labels.videos:
        number = rng.randrange(len(labels.videos))
        places = [*labels.negative_anchors.get(number, []), (rng.randint(0, 9), 1.5, 2.5)]
        tx.set_negative_anchors({**labels.negative_anchors, number: places})


def set_attributes(tx: Transaction, rng: random.Random) -> None:
    labels = tx.labels
    if labels.tracks:
        tx.set_attributes(rng.choice(labels.tracks), name=f"r{rng.randint(0, 9)}")
    if labels.videos and rng.random() < 0.5:
        video = rng.choice(labels.videos)
        tx.set_attributes(video, filename=f"moved{rng.randint(0, 9)}.mp4", grayscale=True)


EDITS: list[Edit] = [
    add_instances,
    add_frames,
    move_points,
    set_values,
    remove_instances,
    remove_frames,
    change_lists,
    add_skeleton,
    change_skeleton,
    change_suggestions,
    change_metadata,
    set_attributes,
]


def mixed(tx: Transaction, rng: random.Random) -> None:
    """Do several edits as one."""
    for _ in range(rng.randint(2, 4)):
        rng.choice(EDITS)(tx, rng)


def failing(tx: Transaction, rng: random.Random) -> None:
    """Do several edits, then fail."""
    mixed(tx, rng)
    raise ZeroDivisionError
