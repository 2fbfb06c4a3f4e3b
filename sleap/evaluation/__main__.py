"""The door ``python -m sleap.evaluation``: score predictions against a truth."""

import sys

from sleap.cli.main import evaluate

if __name__ == "__main__":
    sys.exit(evaluate())
