"""The door ``python -m sleap.nn.training``, another name of ``sleap-train``."""

import sys

from sleap.cli.main import train

if __name__ == "__main__":
    sys.exit(train())
