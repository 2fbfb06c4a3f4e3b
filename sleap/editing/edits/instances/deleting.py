"""Instances deleted one by one."""

from collections.abc import Iterable

from sleap.core.instance import Instance
from sleap.editing.edits.lookup import instance_row
from sleap.editing.transaction import Transaction


def delete_instance(tx: Transaction, instance: Instance) -> None:
    """Delete an instance, and its frame if that is left without any by this.

    The prediction that a deleted user instance was made from is shown again.

    Raises:
        LabelsError: If it is not in the labels.
    """
    delete_instances(tx, [instance])


def delete_instances(tx: Transaction, instances: Iterable[Instance]) -> int:
    """Delete instances of any kind and on any frames, as ``delete_instance``.

    Returns:
        How many were deleted.

    Raises:
        LabelsError: If one is not in the labels.
    """
    rows = {instance_row(tx.store, instance) for instance in instances}
    tx.remove_instances(sorted(rows), with_frames=True)
    return len(rows)
