"""The door ``python -m sleap.info.labels``: count what a labels file holds."""

import sys

from sleap.cli.main import labels_info

if __name__ == "__main__":
    sys.exit(labels_info())
