"""Losses over epochs as a drawing: SVG that needs nothing else."""

import math
from collections.abc import Sequence
from html import escape

from attrs import frozen

WIDTH, HEIGHT = 760, 340
LEFT, RIGHT, TOP, BOTTOM = 70, 14, 14, 44
"""Room around the curves for the axes."""

MAX_TICKS = 8


@frozen
class Curve:
    """The losses of one run.

    Attributes:
        name: Of the run.
        colour: As CSS writes it.
        losses: Training loss of each epoch; what is not above 0 or no number leaves a gap.
        val_losses: Validation loss of each epoch, likewise.
        best_epoch: Index of the best epoch, from 0; None if there is none.
        best: Its loss.
    """

    name: str
    colour: str
    losses: Sequence[float]
    val_losses: Sequence[float]
    best_epoch: int | None = None
    best: float | None = None


def draw_curves(curves: Sequence[Curve]) -> str:
    """Draw losses on a logarithmic scale: training dashed, validation solid, the best a dot.

    Returns:
        An ``<svg>`` element; "" if there is no loss to draw.
    """
    values = [
        one for curve in curves for one in (*curve.losses, *curve.val_losses) if _is_shown(one)
    ]
    if not values:
        return ""
    axes = _Axes(
        max(len(curve.losses) for curve in curves),
        math.log10(min(values)) - 0.05,
        math.log10(max(values)) + 0.05,
    )
    parts = [*_draw_axes(axes)]
    for curve in curves:
        parts += _draw_line(axes, curve, curve.losses, "training", ' stroke-dasharray="4 4"')
        parts += _draw_line(axes, curve, curve.val_losses, "validation", "")
        if curve.best_epoch is not None and curve.best is not None and _is_shown(curve.best):
            x, y = axes.x(curve.best_epoch + 1), axes.y(curve.best)
            title = f"{curve.name}: best {curve.best:.3g} in epoch {curve.best_epoch + 1}"
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{curve.colour}">'
                f"<title>{escape(title)}</title></circle>"
            )
    label = escape("Losses over epochs: " + ", ".join(curve.name for curve in curves))
    body = "\n".join(parts)
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">\n{body}\n</svg>'


def _is_shown(loss: float) -> bool:
    return math.isfinite(loss) and loss > 0


@frozen
class _Axes:
    """Where epochs, from 1, and losses are in the drawing."""

    n_epochs: int
    low: float
    """Logarithm of the least loss."""
    high: float

    def x(self, epoch: float) -> float:
        span = max(self.n_epochs - 1, 1)
        return LEFT + (epoch - 1) / span * (WIDTH - LEFT - RIGHT)

    def y(self, loss: float) -> float:
        share = (self.high - math.log10(loss)) / (self.high - self.low)
        return TOP + share * (HEIGHT - TOP - BOTTOM)


def _draw_axes(axes: _Axes) -> list[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts = [f'<path class="axis" d="M{LEFT} {TOP}V{bottom}H{right}"/>']
    for loss in _ticks_of_losses(axes.low, axes.high):
        y = axes.y(loss)
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{right}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{loss:.3g}</text>')
    for epoch in _ticks_of_epochs(axes.n_epochs):
        x = axes.x(epoch)
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{epoch}</text>')
    middle = (LEFT + right) / 2
    parts.append(f'<text x="{middle:.0f}" y="{HEIGHT - 6}" text-anchor="middle">epoch</text>')
    return parts


def _ticks_of_losses(low: float, high: float) -> list[float]:
    """Choose round losses between two logarithms: powers of ten, and more if few."""
    decades = range(math.floor(low), math.ceil(high) + 1)
    for digits in (range(1, 10), (1, 2, 5), (1, 3), (1,)):
        ticks = [digit * 10.0**power for power in decades for digit in digits]
        ticks = [tick for tick in ticks if low <= math.log10(tick) <= high]
        if len(ticks) <= MAX_TICKS:
            return ticks or [10 ** ((low + high) / 2)]
    return ticks[:: math.ceil(len(ticks) / MAX_TICKS)]


def _ticks_of_epochs(n_epochs: int) -> list[int]:
    """Choose round epochs, the first and at most some more."""
    steps = (factor * 10**power for power in range(9) for factor in (1, 2, 5))
    step = next(step for step in steps if n_epochs / step <= MAX_TICKS)
    return [1, *(epoch for epoch in range(step, n_epochs + 1, step) if epoch > max(1, step // 2))]


def _draw_line(
    axes: _Axes, curve: Curve, losses: Sequence[float], kind: str, style: str
) -> list[str]:
    """Draw losses; where one is missing, the line begins anew."""
    commands, is_down = [], False
    for epoch, loss in enumerate(losses, start=1):
        if _is_shown(loss):
            commands.append(f"{'L' if is_down else 'M'}{axes.x(epoch):.1f} {axes.y(loss):.1f}")
        is_down = _is_shown(loss)
    if not commands:
        return []
    title = escape(f"{curve.name}: {kind}")
    return [
        f'<path fill="none" stroke="{curve.colour}" stroke-width="1.8" stroke-linejoin="round"'
        f' stroke-linecap="round"{style} d="{"".join(commands)}"><title>{title}</title></path>'
    ]
