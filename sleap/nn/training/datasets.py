"""From labels and a profile to batches for learning and for judging; completes the profile."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from attrs import define, field

from sleap.core.labels import Labels
from sleap.errors import LabelsError, ProfileError
from sleap.io.atomic import replacing
from sleap.nn.backbones import make_backbone
from sleap.nn.config.profile import Profile
from sleap.nn.data.augment.augmenter import Augmenter
from sleap.nn.data.crop import automatic_size, rounded_size
from sleap.nn.data.normalize import padded_shape
from sleap.nn.data.pipeline import Batches, ExampleMaker, addresses
from sleap.nn.data.providers import BUDGET, ScaledFrames, UsableFrame, usable_frames
from sleap.nn.data.split import split
from sleap.nn.tasks import Task, make_task
from sleap.progress import SILENT, Progress


@define
class Dataset:
    """Everything a training is fed with. Close it after use."""

    task: Task
    channels: int
    """Colour channels of the network's input."""
    shape: tuple[int, int]
    """(height, width) of the network's input, pixels."""
    train: Batches
    val: Batches | None
    """None if there is nothing to judge by."""
    split_record: dict[str, Any]
    """Which frames went where, fit for JSON; see ``save_split``."""
    _frames: dict[str, list[UsableFrame]] = field(factory=dict)
    _stack: ExitStack = field(factory=ExitStack)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the videos."""
        self.close()

    def close(self) -> None:
        """Close the videos."""
        self._stack.close()

    @property
    def splits(self) -> dict[str, list[UsableFrame]]:
        """The frames that are judged by ("val", if any) and learned from ("train")."""
        return {name: frames for name, frames in self._frames.items() if frames}

    def save_split(self, path: Path) -> None:
        """Write down which frames were learned from and which were judged by.

        Args:
            path: A JSON file with ``seed``, and ``train`` and ``val`` as lists of
                [number of the video, frame_idx]; ``val`` is null where separate labels were given.

        Raises:
            FileError: If it cannot be written.
        """
        with replacing(path) as temporary:
            Path(temporary).write_text(json.dumps(self.split_record) + "\n", encoding="utf-8")


def prepare(
    profile: Profile,
    labels: Labels,
    val_labels: Labels | None = None,
    *,
    search: tuple[Path, ...] = (),
    budget: int = BUDGET,
    progress: Progress = SILENT,
) -> Dataset:
    """Read the labeled frames and set up the batches.

    The profile is completed: skeleton, crop size and colour channels are entered in it.

    Args:
        profile: What to train.
        labels: What to learn from; some of it is set apart to judge by, unless ``val_labels``.
        val_labels: What to judge by.
        search: Folders where a video is looked for that is not where the labels say.
        budget: Bytes of images kept in memory.
        progress: Told of the frames read.

    Raises:
        LabelsError: If the labels hold nothing to learn from.
        VideoError: If a frame cannot be read.
        ProfileError: If the profile does not fit the labels.
    """
    skeleton = labels.skeleton
    backbone = make_backbone(profile.model)
    task = make_task(profile, skeleton, backbone.output_stride)
    train_frames, val_frames, record = _divide(profile, labels, val_labels)
    with ExitStack() as stack:
        every = [*train_frames, *val_frames]
        frames = stack.enter_context(
            ScaledFrames.read(
                every,
                scale=profile.trainer.scale,
                channels=_channels(profile),
                search=search,
                budget=budget,
                progress=progress,
            )
        )
        shape = _input_shape(profile, task, frames, backbone.max_stride)
        profile.skeleton = skeleton
        profile.model.input_channels = frames.channels
        n_train = len(train_frames)
        train = _batches(profile, task, frames, range(n_train), shape, is_training=True)
        val = _batches(profile, task, frames, range(n_train, len(every)), shape, is_training=False)
        dataset = Dataset(
            task, frames.channels, shape, train, val if val.examples else None, record
        )
        dataset._frames = {"val": val_frames, "train": train_frames}
        dataset._stack = stack.pop_all()
    return dataset


def _divide(
    profile: Profile, labels: Labels, val_labels: Labels | None
) -> tuple[list[UsableFrame], list[UsableFrame], dict[str, Any]]:
    """Choose the frames to learn from and to judge by."""
    names = labels.skeleton.node_names
    usable = usable_frames(labels, names)
    seed = profile.trainer.seed
    numbers = {id(video): number for number, video in enumerate(labels.videos)}

    def places(rows: list[int]) -> list[list[int]]:
        return [[numbers[id(usable[row].video)], usable[row].frame_idx] for row in rows]

    if val_labels is not None:
        everything = list(range(len(usable)))
        record = {"seed": seed, "train": places(everything), "val": None}
        return usable, _usable_for_validation(val_labels, names), record
    train, val = split(len(usable), profile.trainer.val_size, seed)
    record = {"seed": seed, "train": places(train), "val": places(val)}
    return [usable[row] for row in train], [usable[row] for row in val], record


def _usable_for_validation(labels: Labels, names: list[str]) -> list[UsableFrame]:
    try:
        return usable_frames(labels, names)
    except LabelsError as error:
        raise LabelsError(f"The validation labels cannot be used. {error}") from error


def _channels(profile: Profile) -> int:
    channels = profile.model.input_channels
    if channels not in (0, 1, 3):
        raise ProfileError(
            f"model.input_channels is {channels}, expected 1 (gray), 3 (colour) or 0 (as the data)."
        )
    return channels


def _input_shape(
    profile: Profile, task: Task, frames: ScaledFrames, stride: int
) -> tuple[int, int]:
    """Choose the size of the network's input; for crops it is entered in the profile."""
    trainer = profile.trainer
    if not task.is_cropped:
        height = max(height for height, _ in frames.shapes)
        width = max(width for _, width in frames.shapes)
        return padded_shape(height, width, stride)
    if trainer.bounding_box_size > 0:
        size = rounded_size(trainer.bounding_box_size, stride)
    else:
        points = (frames.points(row) for row in range(len(frames)))
        size = automatic_size(points, padding=trainer.instance_crop_padding, stride=stride)
    trainer.bounding_box_size = size
    return size, size


def _batches(
    profile: Profile,
    task: Task,
    frames: ScaledFrames,
    rows: range,
    shape: tuple[int, int],
    *,
    is_training: bool,
) -> Batches:
    trainer = profile.trainer
    maker = ExampleMaker(
        frames,
        task.encode,
        shape,
        Augmenter.from_config(trainer) if is_training else Augmenter(),
        task.skeleton.flip_order(),
        task.centre_node,
    )
    return Batches(
        maker,
        addresses(frames, rows, is_cropped=task.is_cropped),
        trainer.batch_size,
        seed=trainer.seed,
        is_shuffled=is_training and trainer.shuffle,
    )
