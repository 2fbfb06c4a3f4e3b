"""One edit in the making: every change goes through here, so that it can be undone."""

from sleap.editing.primitives.items import ItemPrimitives


class Transaction(ItemPrimitives):
    """What an edit is given: labels to look at, and the ways to change them.

    Every primitive does its work at once, so that later ones of the same edit see it, and
    remembers the change. One that would change nothing does nothing and leaves no trace.

    - frames: ``add_frame``, ``add_frames``, ``remove_frames``
    - instances: ``add_instances``, ``add_poses``, ``remove_instances``
    - values: ``set_points``, ``set_point_values``, ``point_values``, ``set_tracks``, ``set_values``
    - lists: ``add_video``, ``add_skeleton``, ``add_track``, ``remove_videos``,
      ``remove_skeletons``, ``remove_tracks``, ``number_of``
    - what is listed: ``set_attributes``, ``set_skeleton``
    - around: ``set_suggestions``, ``set_negative_anchors``, ``set_provenance``
    - beyond that: ``record`` a change of ``sleap.editing.changes``; let code of ``sleap.core`` that
      only appends run within ``appending``; ``adopt`` changes that such code has made already.
    """
