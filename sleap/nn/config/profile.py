"""The training profile: one JSON file that says everything about a training.

The same schema serves as a template (what to train) and, completed, as the record that lies beside
the trained model (``training_job.json``).
"""

import json
from pathlib import Path
from typing import Any

from attrs import NOTHING, Factory, define

from sleap.core.skeleton import Skeleton
from sleap.errors import FileError, ProfileError
from sleap.io import skeleton_json
from sleap.io.atomic import replacing
from sleap.nn.config import json_text, shipped
from sleap.nn.config.model import ModelConfig
from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.config.schema import Group, option

COORDINATES = "pixel-center"
"""Written into saved jobs: a pixel's centre has integer coordinates."""


@define(kw_only=True, slots=False)
class Profile(Group):
    """What to train, on what, and where the results are."""

    model: ModelConfig = option(NOTHING, "Which network.")  # noqa: RUF009
    trainer: TrainerConfig = option(Factory(TrainerConfig), "How it is trained.")  # noqa: RUF009
    labels_filename: str | None = option(None, "The labels it was trained on.")
    val_set_filename: str | None = option(None, "Separate validation labels.")
    test_set_filename: str | None = option(None, "Separate test labels.")
    save_dir: str | None = option(None, "Folder of run folders; none: 'models' beside the labels.")
    run_name: str | None = option(None, "Name of the run folder; in a template, a prefix to it.")
    best_model_filename: str | None = option(None, "Model with the lowest validation loss.")
    newest_model_filename: str | None = option(None, "Model of the last finished epoch.")
    final_model_filename: str | None = option(None, "Model at the end of the training.")
    sleap_version: str | None = option(None, "Version of the program that wrote the file.")
    coordinates: str | None = option(None, "Where a pixel's centre lies; 'pixel-center'.")

    @classmethod
    def from_dict(cls, data: Any, *, strict: bool = True) -> "Profile":
        """Build a profile from its JSON object.

        Args:
            data: The object.
            strict: Whether an unknown key is an error; else it is kept in ``extra`` of its group.

        Raises:
            ProfileError: If a key is unknown, or a value wrong; the message has the path of the
                key.
        """
        if isinstance(data, dict):
            data = dict(data)
            if "model" in data:
                data["model"] = ModelConfig.from_dict(data["model"], strict=strict)
            if "trainer" in data:
                data["trainer"] = TrainerConfig.from_dict(data["trainer"], strict=strict)
        return super().from_dict(data, strict=strict)

    @property
    def skeleton(self) -> Skeleton | None:
        """The skeleton that the channels stand for; None in a template.

        Setting it replaces ``model.skeletons``.

        Raises:
            FormatError: If what the profile holds is no skeleton.
        """
        if not self.model.skeletons:
            return None
        return skeleton_json.decode(self.model.skeletons[0])

    @skeleton.setter
    def skeleton(self, skeleton: Skeleton) -> None:
        self.model.skeletons = [skeleton_json.encode(skeleton)]


def load_profile(name: str | Path, *, strict: bool = True) -> Profile:
    """Read a profile.

    Args:
        name: A path, a run folder, or the bare name of a shipped profile.
        strict: Whether an unknown key is an error, as it should be in a file written by hand;
            saved jobs are read with False.

    Raises:
        ProfileError: If there is no such profile, or what it holds is wrong.
        FileError: If it cannot be read.
    """
    path = shipped.find_profile(name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"Cannot read the training profile '{path}': {error}.") from error
    data = json_text.parse(text, str(path))
    try:
        return Profile.from_dict(data, strict=strict)
    except ProfileError as error:
        raise ProfileError(f"Training profile '{path}': {error}") from None


def save_profile(profile: Profile, path: str | Path) -> None:
    """Write a profile as JSON; an existing file is replaced only when all is written.

    Raises:
        FileError: If the file cannot be written.
    """
    text = json.dumps(profile.to_dict(), indent=4, ensure_ascii=False)
    with replacing(Path(path)) as temporary:
        Path(temporary).write_text(text + "\n", encoding="utf-8")
