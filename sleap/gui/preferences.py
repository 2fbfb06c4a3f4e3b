"""What the program remembers of a user's wishes: ``preferences.yaml``."""

from typing import Any

import attrs
from attrs import define, field, validators

from sleap.gui import settings_file
from sleap.gui.look import Look

FILENAME = "preferences.yaml"
THEMES = ("system", "light", "dark")
PLACEMENTS = (
    "best",
    "force_directed",
    "random",
    "copy_prior_frame",
    "copy_predictions",
    "average",
)


N_COMMANDS = 8
"""Commands that the palette remembers."""


def _step() -> Any:
    return [validators.instance_of(int), validators.ge(1), validators.le(1_000_000)]


@define(kw_only=True)
class Preferences:
    """Wishes of the user, kept from one start to the next."""

    look: Look = field(factory=Look)
    """How labels are drawn."""
    theme: str = field(
        default="system",
        validator=validators.in_(THEMES),
        metadata={
            "choices": THEMES,
            "texts": ("As the system", "Light", "Dark"),
            "help": "Colours of the window",
        },
    )
    """Colours of the window; "system" follows it."""
    medium_step: int = field(
        default=10,
        validator=_step(),
        metadata={"help": "Frames that a medium step goes", "least": 1, "unit": "frames"},
    )
    """Frames that a medium step goes."""
    large_step: int = field(
        default=100,
        validator=_step(),
        metadata={"help": "Frames that a large step goes", "least": 1, "unit": "frames"},
    )
    """Frames that a large step goes."""
    propagate_track_labels: bool = field(
        default=True,
        validator=validators.instance_of(bool),
        metadata={
            "title": "A track that is set goes on to the end of the video",
            "help": "Without, it is set on this frame alone",
        },
    )
    """Whether a track that is set goes on to the end of the video."""
    placement: str = field(
        default="best",
        validator=validators.in_(PLACEMENTS),
        metadata={
            "title": "New instances",
            "choices": PLACEMENTS,
            "help": "How the nodes of a new instance are placed",
        },
    )
    """How new instances are placed."""
    backups: int = field(
        default=5,
        validator=[validators.instance_of(int), validators.ge(0), validators.le(100)],
        metadata={
            "title": "Backups kept",
            "help": "Earlier versions of a project that are kept when it is saved",
            "limits": (0, 100),
        },
    )
    """Earlier versions of a project that are kept when it is saved."""
    window_geometry: str = field(default="", validator=validators.instance_of(str))
    """Size and place of the window, as Qt tells it, base64."""
    window_state: str = field(default="", validator=validators.instance_of(str))
    """Where the docks are, as Qt tells it, base64."""
    recent_commands: list[str] = field(
        factory=list,
        validator=validators.deep_iterable(
            validators.instance_of(str), validators.instance_of(list)
        ),
    )
    """What was chosen in the command palette, the last first."""
    hints_seen: bool = field(default=False, validator=validators.instance_of(bool))
    """Whether the first steps were put away."""
    others: dict[str, Any] = field(factory=dict)
    """Entries of the file that this version does not know; kept."""

    def note_command(self, title: str) -> None:
        """Remember what was chosen in the command palette."""
        others = [one for one in self.recent_commands if one != title]
        self.recent_commands = [title, *others][:N_COMMANDS]

    def save(self) -> None:
        """Write them.

        Raises:
            FileError: If the file cannot be written.
        """
        values = attrs.asdict(self, recurse=False)
        others, look = values.pop("others"), values.pop("look")
        entries = {**values, **attrs.asdict(look)}
        known = {_spoken(name): value for name, value in entries.items()}
        settings_file.write(FILENAME, {**known, **others})


def load() -> tuple[Preferences, list[str]]:
    """Read them; what the file does not hold, or holds wrongly, is as by default.

    Returns:
        The preferences, and what was wrong with the file, for the user.
    """
    settings = settings_file.read(FILENAME)
    problems = [settings.problem] if settings.problem else []
    look, preferences = Look(), Preferences()
    of_look = {_spoken(name): name for name in attrs.fields_dict(Look)}
    own = {_spoken(name): name for name in attrs.fields_dict(Preferences)}
    del own["look"], own["others"]
    for key, value in settings.values.items():
        try:
            if key in of_look:
                look = attrs.evolve(look, **{of_look[key]: value})
            elif key in own:
                setattr(preferences, own[key], value)
            else:
                preferences.others[key] = value
        except (ValueError, TypeError):
            problems.append(
                f"{FILENAME}: '{key}' cannot be {value!r}; the default is used instead."
            )
    preferences.look = look
    return preferences, problems


def reset() -> Preferences:
    """Forget all wishes; return the defaults.

    Raises:
        FileError: If the file cannot be written.
    """
    preferences = Preferences(hints_seen=True)
    preferences.save()
    return preferences


def _spoken(name: str) -> str:
    return name.replace("_", " ")
