"""Runs as a page: one HTML file with table and curves, without scripts, that can be sent around."""

from collections.abc import Sequence
from html import escape

from sleap.workflows.comparing.curves import Curve, draw_curves
from sleap.workflows.comparing.run import FIGURES, Run
from sleap.workflows.comparing.table import FINISHED, Table, find_notes, make_table, names_of

COLOURS = (
    *("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d31", "#7f7f7f"),
)
"""Of curves, told apart by people who see few colours (after Okabe and Ito, 2008)."""

STYLE = """
:root { color-scheme: light dark; --line: #8886; --faint: #8882; --wrong: #c0392b; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { text-align: left; vertical-align: bottom; }
.number { text-align: right; }
.unfinished td { color: var(--wrong); }
.key { display: inline-block; width: .8em; height: .8em; border-radius: 50%; margin-right: .5em; }
svg { width: 100%; max-width: 60rem; height: auto; }
svg text { font-size: 12px; fill: currentColor; }
.axis { fill: none; stroke: currentColor; } .grid { stroke: var(--faint); }
""".strip()


def render_page(runs: Sequence[Run]) -> str:
    """Write runs as an HTML page that needs nothing else."""
    colours = [_colour(index) for index in range(len(runs))]
    names = names_of(runs)
    parts = ["<h1>Trainings compared</h1>"]
    parts += _render_table(make_table(runs, figures=FIGURES), runs, colours)
    if notes := find_notes(runs):
        items = "".join(f"<li>{escape(note)}</li>" for note in notes)
        parts.append(f"<ul>{items}</ul>")
    for network in dict.fromkeys(run.network for run in runs):
        curves = [
            Curve(name, colour, run.losses, run.val_losses, run.best_epoch, run.best)
            for name, colour, run in zip(names, colours, runs, strict=True)
            if run.network == network
        ]
        if drawing := draw_curves(curves):
            parts += [f"<h2>Losses: {escape(network or 'network unknown')}</h2>", drawing]
            parts.append("<p>" + " &ensp; ".join(map(_key, curves)) + "</p>")
    parts.append(
        "<p>Solid: validation; dashed: training; dot: best epoch. Distances are in pixels. Losses "
        "can be compared only where sigma, scale and foreground_weight are the same.</p>"
    )
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>Trainings compared</title>\n<style>\n{STYLE}\n</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _render_table(table: Table, runs: Sequence[Run], colours: Sequence[str]) -> list[str]:
    classes = [' class="number"' if is_number else "" for is_number in table.is_number]
    heads = zip(classes, table.titles, strict=True)
    titles = "".join(f"<th{kind}>{escape(title)}</th>" for kind, title in heads)
    parts = ['<div class="wide"><table>', f"<thead><tr>{titles}</tr></thead>", "<tbody>"]
    for run, colour, texts in zip(runs, colours, table.rows, strict=True):
        row = zip(classes, texts, strict=True)
        cells = [f"<td{kind}>{escape(text)}</td>" for kind, text in row]
        cells[0] = cells[0].replace("<td>", f"<td>{_dot(colour)}", 1)
        kind = "" if run.state in FINISHED else ' class="unfinished"'
        parts.append(f"<tr{kind}>{''.join(cells)}</tr>")
    return [*parts, "</tbody></table></div>"]


def _key(curve: Curve) -> str:
    return f"{_dot(curve.colour)}{escape(curve.name)}"


def _dot(colour: str) -> str:
    return f'<span class="key" style="background:{colour}"></span>'


def _colour(index: int) -> str:
    """Return a colour; beyond the chosen ones, hues a golden angle apart."""
    if index < len(COLOURS):
        return COLOURS[index]
    return f"hsl({index * 137.5 % 360:.0f} 60% 48%)"
