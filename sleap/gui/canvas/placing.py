"""Placing one node after the other with clicks, in the order of the skeleton."""

import numpy as np

from sleap.core.skeleton import Skeleton
from sleap.gui.overlays.poses import Pose


class Placing:
    """Knows which node is placed next: the first that the user neither placed nor passed over.

    With an instance just added, whose nodes were guessed, it begins with the first; with one half
    done it goes on where the user stopped.
    """

    def __init__(self) -> None:
        self._row = -1
        self._passed: list[int] = []
        self._again: set[int] = set()

    def next_node(self, pose: Pose | None, skeleton: Skeleton | None) -> int:
        """Return the node to place; -1 if all are.

        Args:
            pose: The selected instance; None if one is yet to be made.
            skeleton: That of the instance to be made.
        """
        if pose is None:
            return 0 if skeleton is not None and skeleton.n_nodes else -1
        self._turn_to(pose.row)
        open_nodes = ~(pose.complete & pose.is_present)
        open_nodes[[node for node in self._again if node < len(open_nodes)]] = True
        open_nodes[[node for node in self._passed if node < len(open_nodes)]] = False
        found = np.flatnonzero(open_nodes)
        return int(found[0]) if len(found) else -1

    def pass_over(self, pose: Pose | None) -> None:
        """Go on to the node after the next."""
        node = self.next_node(pose, None)
        if node >= 0:
            self._passed.append(node)

    def placed(self, pose: Pose | None, node: int) -> None:
        """Note that a node was placed, whether the labels say so or not."""
        if pose is not None:
            self._turn_to(pose.row)
            self._again.discard(node)
            self._passed.append(node)

    def go_back(self, pose: Pose | None) -> None:
        """Return to the node passed over or placed last."""
        if pose is not None:
            self._turn_to(pose.row)
            if self._passed:
                self._again.add(self._passed.pop())

    def hint(self, pose: Pose | None, skeleton: Skeleton | None) -> str:
        """Say what the next click does."""
        node = self.next_node(pose, skeleton)
        names = pose.skeleton.node_names if pose is not None else []
        if pose is None and skeleton is not None:
            names = skeleton.node_names
        if node < 0:
            return "All nodes are placed  ·  Esc ends" if names else "The skeleton has no nodes"
        return (
            f"Click to place {names[node]} ({node + 1} of {len(names)})"
            "  ·  right-click passes over  ·  Backspace goes back  ·  Esc ends"
        )

    def _turn_to(self, row: int) -> None:
        if row != self._row:
            self._row, self._passed, self._again = row, [], set()
