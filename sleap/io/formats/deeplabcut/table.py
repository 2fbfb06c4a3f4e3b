"""What every table of DeepLabCut says, whether it came as CSV or HDF5.

A row is an image or a frame; a column is a coordinate of a body part, named on three levels
(scorer, bodyparts, coords) or, with several animals, on four (scorer, individuals, bodyparts,
coords). The individual ``single`` is no animal: it stands for body parts that exist once (``unique
bodyparts``), such as the corners of a box.
"""

import logging
from collections.abc import Sequence

import numpy as np
from attrs import define

from sleap.core.tables import FloatArray, IntArray
from sleap.errors import FormatError

logger = logging.getLogger(__name__)

SINGLE = "single"
"""The individual that holds the body parts that exist once."""

LEVELS = ("scorer", "individuals", "bodyparts", "coords")
COORDINATES = {"x": 0, "y": 1, "likelihood": 2}

FREE_CELLS = 1 << 22
"""Cells by row, individual and body part that are made without asking how many the file holds."""

MAX_RATIO = 8
"""Cells made for each value of the file, at most."""

MAX_NAMES = 10_000
"""Individuals and body parts, at most."""


@define(eq=False)
class Table:
    """Rows of points.

    Attributes:
        scorer: Who or what made it: a person, or a network and its training.
        individuals: Names of the animals; [""] if there is one without a name.
        bodyparts: Names of the body parts, of all individuals.
        index: Path of the image of each row, with ``/``; or (n,) the index of its frame.
        points: (n, individuals, bodyparts, 2) float64, (x, y) in pixels; NaN if missing.
        likelihoods: (n, individuals, bodyparts) float64, NaN if missing; None of what a person set.
        has: (individuals, bodyparts) bool, which body parts an individual has columns for.
    """

    scorer: str
    individuals: list[str]
    bodyparts: list[str]
    index: list[str] | IntArray
    points: FloatArray
    likelihoods: FloatArray | None
    has: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]"

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.index)


def make_table(
    columns: Sequence[Sequence[str]], index: list[str] | IntArray, values: FloatArray
) -> Table:
    """Order the values of a table by individual and body part.

    Args:
        columns: The name of each column: (scorer, bodypart, coordinate) or (scorer, individual,
            bodypart, coordinate).
        index: What each row is.
        values: (rows, columns) float64.

    Raises:
        FormatError: If the names do not fit, or it is no table of points in a plane.
    """
    if not columns or len(columns[0]) not in (3, 4) or len({len(name) for name in columns}) != 1:
        raise FormatError(
            f"A table of DeepLabCut names its columns by {', '.join(LEVELS)} (individuals may be "
            f"absent); this one by {len(columns[0]) if columns else 0} names."
        )
    if values.shape != (len(index), len(columns)):
        raise FormatError(
            f"The table has {len(index)} rows and {len(columns)} columns, and values for "
            f"{values.shape}."
        )
    scorer = columns[0][0]
    chosen = [place for place, name in enumerate(columns) if name[0] == scorer]
    if len(chosen) < len(columns):
        logger.warning("Only the points of '%s' are read, the first of several scorers.", scorer)
    names = [("" if len(name) == 3 else name[1], *name[-2:]) for name in columns]
    individuals = list(dict.fromkeys(names[place][0] for place in chosen))
    bodyparts = list(dict.fromkeys(names[place][1] for place in chosen))
    if max(len(individuals), len(bodyparts)) > MAX_NAMES:
        raise FormatError(
            f"The table has {len(individuals)} individuals and {len(bodyparts)} body parts: "
            f"expected at most {MAX_NAMES}."
        )
    if len(index) * len(individuals) * len(bodyparts) > FREE_CELLS + MAX_RATIO * values.size:
        raise FormatError("The individuals of the table have hardly a body part in common.")
    places = _number(names, chosen, individuals, bodyparts)

    shape = len(index), len(individuals), len(bodyparts)
    cells = np.full((*shape, 3), np.nan)
    cells[:, places[:, 0], places[:, 1], places[:, 2]] = values[:, chosen]
    has = np.zeros(shape[1:], bool)
    has[places[:, 0], places[:, 1]] = True
    points = cells[..., :2]
    points[~np.isfinite(points).all(axis=-1)] = np.nan
    is_predicted = (places[:, 2] == COORDINATES["likelihood"]).any()
    likelihoods = cells[..., 2] if is_predicted else None
    return Table(scorer, individuals, bodyparts, index, points, likelihoods, has)


def _number(
    names: list[tuple[str, ...]], chosen: list[int], individuals: list[str], bodyparts: list[str]
) -> IntArray:
    """Return (columns, 3) number of individual, body part and coordinate of each column."""
    individual_of = {name: number for number, name in enumerate(individuals)}
    bodypart_of = {name: number for number, name in enumerate(bodyparts)}
    result = np.empty((len(chosen), 3), np.int64)
    for row, place in enumerate(chosen):
        individual, bodypart, coordinate = names[place]
        if coordinate not in COORDINATES:
            hint = " It is a table of points in space; ours lie in the image." * (coordinate == "z")
            raise FormatError(
                f"The column '{bodypart}' has a coordinate '{coordinate:.40}': expected "
                f"{', '.join(COORDINATES)}.{hint}"
            )
        result[row] = individual_of[individual], bodypart_of[bodypart], COORDINATES[coordinate]
    if len(np.unique(result, axis=0)) != len(result):
        raise FormatError("Two columns of the table have the same name.")
    return result
