"""The door ``python -m sleap.nn.tracking``: track again, without predicting again."""

import sys

from sleap.cli.main import retrack

if __name__ == "__main__":
    sys.exit(retrack())
