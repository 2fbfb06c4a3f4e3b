"""How a long job tells how far it is, and learns that it should stop.

A job calls ``begin``, ``advance`` and ``end`` on whatever it was handed; the front end decides what
a person sees. The base class shows nothing.
"""

from sleap.errors import CancelledError


class Progress:
    """Receives the progress of one job; this base class is silent.

    A front end overrides the methods to draw a bar, and sets ``is_cancelled`` to stop the job.
    """

    is_cancelled: bool = False

    def begin(self, title: str, total: int | None = None) -> None:
        """Announce a stage.

        Args:
            title: What is being done, in a few words.
            total: How many steps it has; None when not known.
        """

    def advance(self, steps: int = 1, **facts: float | int | str) -> None:
        """Report finished steps.

        Args:
            steps: How many steps were finished since the last call.
            **facts: Figures worth showing beside the bar (``loss=0.1``). ``seconds_left`` is the
                most that the stage may still take, where a limit is set on its time.
        """

    def say(self, text: str) -> None:
        """Report one line of news."""

    def end(self) -> None:
        """Announce the end of the stage."""

    def check(self) -> None:
        """Stop the job here if the user asked for it.

        Raises:
            CancelledError: If ``is_cancelled`` is set.
        """
        if self.is_cancelled:
            raise CancelledError("Cancelled.")


SILENT = Progress()
