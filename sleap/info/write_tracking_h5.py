"""The door ``python -m sleap.info.write_tracking_h5``: points and tracks as arrays for MATLAB."""

import sys

from sleap.cli.main import write_tracking

if __name__ == "__main__":
    sys.exit(write_tracking())
