"""Merging labels into others: plan first (``plan_merge``), look at the plan, then apply it.

The plan is data and changes nothing. It says which skeletons, nodes, videos and tracks are the
same, which instances both sides have, and where they differ::

    plan = plan_merge(base, new)
    print(*plan.lines(), sep="; ")
    result = apply_merge(base, plan, resolve="both")
"""

from sleap.core.merge.apply import MergeResult, apply_merge
from sleap.core.merge.plan import MergePlan, plan_merge
from sleap.core.merge.rules import MergeRules

__all__ = ["MergePlan", "MergeResult", "MergeRules", "apply_merge", "plan_merge"]
