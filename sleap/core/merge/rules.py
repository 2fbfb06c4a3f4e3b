"""What a merge should take for the same, where that is not for it to find out."""

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from sleap.errors import LabelsError

Map = Mapping[int, int | None]


@frozen(kw_only=True)
class MergeRules:
    """How labels are matched.

    The three maps go from a number in the merged (new) labels to the number of the same thing in
    the base, or to None to add it as another one. What they do not name is matched by itself.

    Args:
        videos: Videos that are the same.
        skeletons: Skeletons that are the same.
        tracks: Tracks that are the same.
        match_tracks: Whether tracks of the same name are one identity; else all tracks of the new
            labels are added, so that merging twice adds them twice.
        replace_predictions: Whether the predictions of the new labels replace all older ones on
            their frames, as the results of a new run of inference should. Frames without a
            prediction in the new labels stay as they are.
    """

    videos: Map = field(factory=dict)
    skeletons: Map = field(factory=dict)
    tracks: Map = field(factory=dict)
    match_tracks: bool = True
    replace_predictions: bool = False


def check_map(pairs: Map, what: str, new: Sequence[object], base: Sequence[object]) -> None:
    """Refuse numbers that name nothing.

    Raises:
        LabelsError: If a number lies outside of its list.
    """
    for key, value in pairs.items():
        if not 0 <= key < len(new):
            raise LabelsError(f"The merged labels have no {what} {key}: they have {len(new)}.")
        if value is not None and not 0 <= value < len(base):
            raise LabelsError(f"The base has no {what} {value}: it has {len(base)}.")
