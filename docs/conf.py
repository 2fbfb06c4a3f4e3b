"""The Sphinx site. The reference pages of commands and profiles are made from the declarations."""

from importlib import import_module
from pathlib import Path

import attrs

import sleap.io.formats  # noqa: F401  (enters the formats into the registry)
from sleap.cli.main import make_parser
from sleap.core.series import STATISTICS
from sleap.io.format import FACETS, FORMATS
from sleap.nn.config.profile import Profile
from sleap.version import __version__

project = "sleap"
author = "the SLEAP developers"
copyright = "2026, the SLEAP developers"
version = release = __version__
extensions = ["myst_parser"]
exclude_patterns = ["_build", "reference/formats.md"]
html_theme = "furo"
html_title = f"sleap {__version__}"
myst_heading_anchors = 3

COMMANDS = [
    "train",
    "track",
    "convert",
    "inspect",
    "render",
    "visuals",
    "compare",
    "retrack",
    "evaluate",
    "suggest",
    "labels_info",
    "write_tracking",
    "clean_tracks",
    "demo",
]
GENERATED = Path(__file__).parent / "reference"
GENERATED.mkdir(exist_ok=True)


def write_commands() -> None:
    """Write the page of all commands out of their ``--help``."""
    parts = ["# Commands\n"]
    for name in COMMANDS:
        command = import_module(f"sleap.cli.commands.{name}").COMMAND
        help_text = make_parser(command).format_help().rstrip()
        parts.append(f"## {command.program}\n\n```text\n{help_text}\n```\n")
    (GENERATED / "commands.md").write_text("\n".join(parts), encoding="utf-8")


def write_profile_keys() -> None:
    """Write the page of all keys of a training profile out of their declarations."""
    parts = ["# Keys of a training profile\n"]
    for attribute in attrs.fields(Profile):
        group = attribute.type
        if attrs.has(group):
            parts += [f"## {attribute.name}\n", "| key | default | meaning |", "|---|---|---|"]
            parts += [row(field) for field in attrs.fields(group) if "help" in field.metadata]
            parts.append("")
    (GENERATED / "profile-keys.md").write_text("\n".join(parts), encoding="utf-8")


def write_formats() -> None:
    """Write the table of all file formats out of their registry."""
    lines = ["| format | name | endings | read | written | holds beside points |"]
    lines.append("|---|---|---|---|---|---|")
    for name in sorted(FORMATS):
        entry = FORMATS.get(name)
        endings = " ".join(f"`{suffix}`" for suffix in entry.suffixes)
        how = "one video a file" if entry.write_video else "yes"
        held = "everything" if entry.holds == set(FACETS) else ", ".join(sorted(entry.holds))
        is_read, written = ("yes" if entry.read else "no"), (how if entry.can_write else "no")
        lines.append(f"| {entry.title} | `{name}` | {endings} | {is_read} | {written} | {held} |")
    lines += ["", "What the words mean:", ""]
    lines += [f"- *{name}*: {meaning}" for name, meaning in FACETS.items()]
    (GENERATED / "formats.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_statistics() -> None:
    """Write the table of the curves of the timeline out of their registry."""
    lines = ["# Curves of the timeline\n", "Each has one value for every frame of a video.\n"]
    lines += ["| curve | name | unit | what it is |", "|---|---|---|---|"]
    for name in STATISTICS:
        entry = STATISTICS.get(name)
        lines.append(f"| {entry.title} | `{name}` | {entry.unit} | {entry.summary} |")
    (GENERATED / "frame-statistics.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def row(field: attrs.Attribute) -> str:
    """Describe one key as a row of a table."""
    default = "" if isinstance(field.default, attrs.Factory) else field.default
    unit = f" ({field.metadata['unit']})" if field.metadata.get("unit") else ""
    choices = ", ".join(f"`{choice}`" for choice in field.metadata.get("choices") or ())
    text = field.metadata["help"].rstrip(".") + unit + (f": {choices}" if choices else "")
    return f"| `{field.name}` | `{default}` | {text} |"


write_commands()
write_profile_keys()
write_formats()
write_statistics()
