"""The one place that knows which library computes the networks.

Networks are written against Keras, and Keras computes with TensorFlow unless ``KERAS_BACKEND``
names another. Both libraries read their settings from the environment when they are first
imported; :func:`prepare` is called when ``sleap.nn`` is, hence always in time, and imports nothing.
"""

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from types import ModuleType

CPUINFO = Path("/proc/cpuinfo")
BFLOAT16_FLAGS = frozenset({"avx512_bf16", "amx_bf16"})


def prepare() -> None:
    """Choose TensorFlow and silence its start-up notices, where nobody chose otherwise."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("GRPC_VERBOSITY", "ERROR")


def load_keras() -> ModuleType:
    """Import Keras and its backend, without the notices that native code prints at its start.

    Returns:
        The module ``keras``.

    Raises:
        ImportError: If it cannot be imported; what native code said of it goes to stderr.
    """
    if "keras" in sys.modules:
        return sys.modules["keras"]
    prepare()
    sys.stderr.flush()
    stderr = os.dup(2)
    with tempfile.TemporaryFile() as notices:
        os.dup2(notices.fileno(), 2)
        try:
            keras: ModuleType = import_module("keras")
            keras.ops.zeros(1)  # the first operation prints notices, too
        except BaseException:
            notices.seek(0)
            os.write(stderr, notices.read())
            raise
        finally:
            os.dup2(stderr, 2)
            os.close(stderr)
    return keras


def set_threads(n_threads: int) -> None:
    """Bound the threads of the network library.

    Args:
        n_threads: Threads for one operation. Only has an effect before Keras is first imported.

    Raises:
        ValueError: If ``n_threads`` is not positive.
    """
    if n_threads < 1:
        raise ValueError(f"n_threads must be at least 1, not {n_threads}")
    for name in ("TF_NUM_INTRAOP_THREADS", "OMP_NUM_THREADS"):
        os.environ[name] = str(n_threads)
    os.environ["TF_NUM_INTEROP_THREADS"] = "1"


def has_bfloat16(cpuinfo: Path = CPUINFO) -> bool:
    """Tell whether the processor computes in bfloat16 itself.

    Args:
        cpuinfo: The kernel's description of the processors.

    Returns:
        True if it says so; False also where it cannot be known (no such file).
    """
    try:
        text = cpuinfo.read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    flags = next((line for line in text.splitlines() if line.startswith("flags")), "")
    return not BFLOAT16_FLAGS.isdisjoint(flags.split())
