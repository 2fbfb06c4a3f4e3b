"""Comparing predictions with the truth: ``python -m sleap.evaluation``.

Light until ``evaluate`` is called: the options import only attrs.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import Attribute, field, frozen

from sleap.errors import OptionError
from sleap.progress import SILENT, Progress

if TYPE_CHECKING:
    from sleap.evaluation.report import Report


@frozen(kw_only=True)
class EvaluateOptions:
    """Options of ``python -m sleap.evaluation``.

    Raises:
        OptionError: If a value is out of its range.
    """

    truth_path: Path = field(
        converter=Path,
        metadata={"help": "Labels file or training package that is right", "positional": True},
    )
    predicted_path: Path = field(
        converter=Path,
        metadata={"help": "Labels file with predictions to judge", "positional": True},
    )
    output: str = field(
        default="", metadata={"help": "JSON file to write the figures to", "flags": ("-o",)}
    )
    oks_stddev: float = field(
        default=0.025,
        metadata={
            "help": "Spread of object keypoint similarity, as a share of the size of an animal"
        },
    )

    @oks_stddev.validator
    def _check_stddev(self, attribute: "Attribute[Any]", value: float) -> None:
        if not value > 0:
            raise OptionError(f"oks_stddev is {value}; expected a number above 0.")


def evaluate(options: EvaluateOptions, progress: Progress = SILENT) -> "Report":
    """Compare the predictions of a file with the truth, and write the figures if asked to.

    Args:
        options: What to compare.
        progress: Told how far it is.

    Returns:
        The figures.

    Raises:
        SleapError: If a file cannot be read or written, or they do not fit together.
    """
    from sleap.evaluation import comparison
    from sleap.io.atomic import replacing
    from sleap.io.files import load_file

    progress.begin("Evaluating", 3)
    truth = load_file(options.truth_path)
    progress.advance()
    predicted = load_file(options.predicted_path)
    progress.advance()
    report = comparison.evaluate(truth, predicted, oks_stddev=options.oks_stddev)
    if options.output:
        with replacing(Path(options.output)) as path:
            path.write_text(json.dumps(report.to_dict(), indent=4), encoding="utf-8")
    progress.advance()
    progress.end()
    return report
