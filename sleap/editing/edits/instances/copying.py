"""Instances copied from one frame and pasted on others."""

from sleap.core.instance import Instance
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.editing.edits.instances.drafts import Draft
from sleap.editing.edits.instances.placement import move_to
from sleap.editing.edits.instances.sources import XY
from sleap.editing.transaction import Transaction
from sleap.errors import LabelsError


def copy_instance(instance: Instance) -> Instance:
    """Return a free-standing user instance with the points and track of another.

    Its skeleton is a copy, too: should nodes be changed later, it still knows their names.
    """
    copy = Instance(instance.skeleton.copy(), instance.numpy(), instance.track)
    copy.points["visible"] = instance.points["visible"]
    return copy


def paste_instance(
    tx: Transaction, video: Video, frame_idx: int, copied: Instance, *, at: XY | None = None
) -> Instance:
    """Add a copied instance to a frame; no node of it is complete.

    It keeps its track unless a user instance of that frame has it. Points go to the nodes of
    their names, in the skeleton of the labels that has most of them.

    Args:
        tx: The transaction.
        video: A video of the labels.
        frame_idx: Index of the frame in the video.
        copied: Made by ``copy_instance``; may be pasted again.
        at: (x, y) pixels of the middle of the new one; None: where the copied one was.

    Returns:
        The new instance.

    Raises:
        LabelsError: If there is no skeleton with nodes of these names.
    """
    number = tx.number_of(video)
    draft = Draft.empty(_find_skeleton(tx, copied))
    names = copied.skeleton.node_names
    for place, name in enumerate(draft.skeleton.node_names):
        if name in names:
            point = copied.points[names.index(name)]
            draft.points[place] = point["x"], point["y"]
            draft.visible[place] = point["visible"]
    if at is not None:
        draft.points = move_to(draft.points, *at)
    if any(copied.track is one for one in tx.labels.tracks):
        draft.track = copied.track
    return draft.put(tx, number, int(frame_idx))


def _find_skeleton(tx: Transaction, copied: Instance) -> Skeleton:
    """Return the skeleton that has most nodes of an instance; of several that of its name."""
    wanted, best = copied.skeleton, (0, False)
    result = None
    for one in tx.labels.skeletons:
        n_common = len({*one.node_names} & {*wanted.node_names})
        if n_common and (n_common, one.name == wanted.name) > best:
            result, best = one, (n_common, one.name == wanted.name)
    if result is None:
        raise LabelsError(
            f"Cannot paste {copied}: no skeleton of this project has a node of its names "
            f"({', '.join(wanted.node_names)})."
        )
    return result
