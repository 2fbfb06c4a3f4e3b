"""The identity that an animal keeps from frame to frame."""

from attrs import define


@define(eq=False)
class Track:
    """One identity. Two tracks are the same only if they are the same object.

    Args:
        name: What the user calls it; need not be unique.
        spawned_on: Index of the frame on which it first appeared.
    """

    name: str = ""
    spawned_on: int = 0
