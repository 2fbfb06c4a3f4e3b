"""Makes the harness beside the tests importable: ``from fuzzing.run import fuzz``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
