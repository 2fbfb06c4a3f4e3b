"""The door ``python -m sleap.info.trackcleaner``: join broken tracks."""

import sys

from sleap.cli.main import clean_tracks

if __name__ == "__main__":
    sys.exit(clean_tracks())
