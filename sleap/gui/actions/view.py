"""The menu View: how things are drawn, and what of the window is shown."""

from collections.abc import Callable, Sequence
from typing import Any

import attrs

from sleap.core.series import STATISTICS
from sleap.gui import look
from sleap.gui.actions.action import Action, Choice, Choices, Row
from sleap.gui.actions.conditions import has_node_statistic, has_video
from sleap.gui.actions.window import Window
from sleap.gui.canvas.light import LightPanel
from sleap.gui.canvas.player import SPEEDS
from sleap.gui.dialogs.preferences import PreferencesDialog

COLOR_BY = {"instance": "Instances", "node": "Nodes", "edge": "Edges", "track": "Tracks"}
THEMES = {"system": "As the System", "light": "Light", "dark": "Dark"}


def switch(
    id: str, title: str, field: str, hint: str = "", *, starts_section: bool = False
) -> Action:
    """Return an action that switches a field of the look."""

    def toggle(window: Window) -> None:
        window.session.set_look(**{field: not getattr(window.session.look, field)})

    return Action(
        id=id,
        title=title,
        menu="View",
        run=toggle,
        checked=lambda window: bool(getattr(window.session.look, field)),
        hint=hint,
        starts_section=starts_section,
    )


def choices(
    title: str, field: str, named: Callable[[Window], Sequence[tuple[Any, str]]], **facts: Any
) -> Choices:
    """Return a menu of the values of a field of the look."""

    def make(window: Window) -> list[Choice]:
        return [
            Choice(
                name,
                lambda window, value=value: window.session.set_look(**{field: value}),  # type: ignore[misc]
                getattr(window.session.look, field) == value,
            )
            for value, name in named(window)
        ]

    return Choices(menu=f"View/{title}", make=make, **facts)


def listed(
    values: Sequence[Any], write: Callable[[Any], str] = str
) -> Callable[[Window], list[tuple[Any, str]]]:
    """Return what names fixed values."""
    return lambda window: [(value, write(value)) for value in values]


def _speeds(window: Window) -> list[Choice]:
    return [
        Choice(
            f"{speed:g} ×",
            lambda window, speed=speed: window.player.set_speed(speed),  # type: ignore[misc]
            window.player.speed == speed,
        )
        for speed in SPEEDS
    ]


def _themes(window: Window) -> list[Choice]:
    return [
        Choice(
            title,
            lambda window, name=name: window.set_theme(name),  # type: ignore[misc]
            window.preferences.theme == name,
        )
        for name, title in THEMES.items()
    ]


def _docks(window: Window) -> list[Choice]:
    return [
        Choice(
            dock.windowTitle(),
            lambda window, dock=dock: dock.setVisible(dock.isHidden()),  # type: ignore[misc]
            not dock.isHidden(),
        )
        for dock in window.docks
    ]


def _statistics(window: Window) -> list[tuple[str, str]]:
    return [("", "None"), *((name, STATISTICS.get(name).title) for name in STATISTICS)]


def _nodes(window: Window) -> list[tuple[str, str]]:
    skeletons = window.session.labels.skeletons
    names = skeletons[0].node_names if skeletons else []
    return [("", "First Node"), *((name, name) for name in names)]


def _toggle_trails(window: Window) -> None:
    length = window.session.look.trail_length
    window.session.set_look(trail_length=0 if length else 50)


def edit_preferences(window: Window) -> None:
    """Ask for the wishes of the user, and follow them."""
    skeletons = window.session.labels.skeletons
    names = skeletons[0].node_names if skeletons else ()
    own = window.preferences
    own.look = window.session.look
    wishes = PreferencesDialog(window.widget, own, window.palettes, names).ask()
    if wishes is not None:
        for name in attrs.fields_dict(type(own)):
            setattr(own, name, getattr(wishes, name))
        window.session.set_look(**attrs.asdict(wishes.look))
        window.set_theme(wishes.theme)
        window.attempt("Save preferences", own.save)


ROWS: tuple[Row, ...] = (
    switch("show instances", "Show Instances", "show_instances"),
    switch(
        "color predicted",
        "Color Predicted Instances",
        "color_predicted",
        "Coloured predictions can be selected, too",
    ),
    choices("Color Palette", "palette", lambda window: [(name, name) for name in window.palettes]),
    choices("Apply Distinct Colors To", "color_by", listed(list(COLOR_BY), COLOR_BY.__getitem__)),
    switch("show labels", "Show Node Names", "show_node_names", starts_section=True),
    switch("show edges", "Show Edges", "show_edges"),
    switch("show non-visible", "Show Non-Visible Nodes", "show_non_visible"),
    choices("Edge Style", "edge_style", listed(look.EDGE_STYLES, str.capitalize)),
    switch("bold lines", "Bold Lines", "bold_lines"),
    choices("Node Marker Size", "marker_size", listed(look.MARKER_SIZES)),
    choices("Node Label Size", "label_size", listed(look.LABEL_SIZES)),
    Action(
        id="show trails",
        title="Show Trails",
        menu="View",
        run=_toggle_trails,
        checked=lambda window: window.session.look.trail_length > 0,
        starts_section=True,
    ),
    choices("Trail Length", "trail_length", listed(look.TRAIL_LENGTHS)),
    choices("Trail Shade", "trail_shade", listed(look.TRAIL_SHADES, str.capitalize)),
    Action(
        id="light",
        title="Brightness and Contrast…",
        menu="View",
        run=lambda window: LightPanel.open_over(window.session, window.widget),
        enabled=has_video,
        hint="How bright the frames are shown; their pixels stay as they are",
        starts_section=True,
    ),
    Action(
        id="fit",
        title="Fit Instances to View",
        menu="View",
        run=lambda window: window.canvas.fit_instances(),
        enabled=has_video,
        starts_section=True,
    ),
    Action(
        id="fit image",
        title="Fit Image to View",
        menu="View",
        run=lambda window: window.canvas.fit_image(),
        enabled=has_video,
    ),
    Choices(menu="View/Playback Speed", make=_speeds),
    choices("Seekbar Header", "header_statistic", _statistics, starts_section=True),
    choices("Seekbar Header Node", "header_node", _nodes, enabled=has_node_statistic),
    Choices(menu="View/Docks", make=_docks, starts_section=True),
    Choices(menu="View/Theme", make=_themes),
    Action(
        id="preferences",
        title="Preferences…",
        menu="View",
        run=edit_preferences,
        hint="All that the program remembers of your wishes",
    ),
    Action(
        id="command palette",
        title="Command Palette…",
        menu="View",
        run=lambda window: window.show_command_palette(),
        hint="Find any command by typing a part of its name",
        starts_section=True,
    ),
)
