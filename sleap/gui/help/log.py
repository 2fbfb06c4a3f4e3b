"""The last lines of the log, kept in memory for a report of a problem."""

import logging
from collections import deque

N_KEPT = 2000
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class KeptLog(logging.Handler):
    """Keeps the last lines."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(logging.Formatter(FORMAT))
        self.lines: deque[str] = deque(maxlen=N_KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(self.format(record))

    def text(self) -> str:
        """Return what is kept."""
        return "\n".join(self.lines) + "\n"


LOG = KeptLog()
"""That of the program."""


def keep_log() -> None:
    """Begin to keep what sleap logs; once."""
    logger = logging.getLogger("sleap")
    if LOG not in logger.handlers:
        logger.addHandler(LOG)
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.INFO)
