"""In which precision a network computes while it learns."""

from sleap.nn import backend

POLICIES = {"float32": "float32", "bfloat16": "mixed_bfloat16"}


def choose_policy(precision: str) -> str:
    """Choose the Keras dtype policy.

    With "auto" it is bfloat16 where the processor computes in it itself, which is about twice as
    fast and needs no loss scaling; weights and outputs are float32 with either.

    Args:
        precision: "auto", "float32" or "bfloat16".

    Returns:
        "float32" or "mixed_bfloat16".
    """
    if precision == "auto":
        precision = "bfloat16" if backend.has_bfloat16() else "float32"
    return POLICIES[precision]
