"""The door ``python -m sleap.io.visuals``: a video with the poses drawn on it."""

import sys

from sleap.cli.main import visuals

if __name__ == "__main__":
    sys.exit(visuals())
