"""The door ``python -m sleap.nn.inference``, another name of ``sleap-track``."""

import sys

from sleap.cli.main import track

if __name__ == "__main__":
    sys.exit(track())
