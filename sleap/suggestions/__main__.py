"""The door ``python -m sleap.suggestions``: choose frames worth labeling."""

import sys

from sleap.cli.main import suggest

if __name__ == "__main__":
    sys.exit(suggest())
