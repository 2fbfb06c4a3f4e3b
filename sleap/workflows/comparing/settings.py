"""With which settings a network was trained, under the same names whoever wrote them down."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from sleap.errors import ModelError, SleapError
from sleap.workflows.inspection.models import is_job, read_json

SILENT_KEYS = {
    *("csv_logging", "csv_log_filename", "save_every_epoch", "save_best_val", "save_final_model"),
    *("output_type", "backbone_name", "backbone", "skeletons", "input_channels"),
}
"""Keys of a profile that are no settings: what is written, and what is told elsewhere."""

NEWER_NAMES = {
    "data.preprocessing.input_scaling": "scale",
    "data.instance_cropping.crop_size": "bounding_box_size",
    "data.labels.training_labels": "labels",
    "data.labels.validation_fraction": "val_size",
    "optimization.batch_size": "batch_size",
    "optimization.batches_per_epoch": "steps_per_epoch",
    "optimization.epochs": "num_epochs",
    "optimization.optimizer": "optimizer",
    "optimization.initial_learning_rate": "learning_rate",
    "optimization.learning_rate_schedule.reduce_on_plateau": "reduce_lr_on_plateau",
    "optimization.learning_rate_schedule.reduction_factor": "reduce_lr_factor",
    "optimization.learning_rate_schedule.plateau_patience": "reduce_lr_patience",
    "optimization.early_stopping.stop_training_on_plateau": "early_stopping",
    "optimization.early_stopping.plateau_patience": "early_stopping_patience",
    "unet.filters": "num_filters",
}
"""Names of the same settings in releases 1.0 to 1.4, and here."""

NEWER_OUTPUTS = {
    "single_instance": "confmaps",
    "centroid": "centroids",
    "centered_instance": "topdown_confidence_maps",
    "multi_instance": "confmaps, pafs",
}
"""The word for what a network puts out in releases 1.0 to 1.4, and here."""

NEWER_BACKBONES = {"unet": "UNet", "leap": "LeapCNN"}
"""The name of an architecture in releases 1.0 to 1.4, and here."""

NO_SETTINGS = ("outputs.", "filename", "sleap_version", "name", "description", "data.labels.")
"""How the keys of releases 1.0 to 1.4 begin that are no settings."""


@frozen
class Described:
    """What a job says.

    Attributes:
        network: Word for what the network puts out.
        settings: By name, values as in JSON.
        monitor: The watched loss.
        n_epochs: Epochs at most; None if unknown.
        log_name: Name of the table of losses.
        n_weights: Weights of the network; None if unknown.
    """

    network: str
    settings: dict[str, Any]
    monitor: str = "val_loss"
    n_epochs: int | None = None
    log_name: str = "training_log.csv"
    n_weights: int | None = None


def describe_job(path: Path) -> Described:
    """Read the job of a run, of the first releases and this program or of releases 1.0 to 1.4.

    Raises:
        SleapError: If it cannot be read or is none.
    """
    data = read_json(path)
    if not is_job(data):
        raise ModelError(f"'{path}' does not describe a training: it has no 'model'.")
    return _describe_newer(data) if "optimization" in data else _describe(path)


def _describe(path: Path) -> Described:
    from sleap.nn.backbones import make_backbone
    from sleap.nn.config.profile import load_profile

    profile = load_profile(path, strict=False)
    model, trainer = profile.model, profile.trainer
    settings = {key: value for key, value in trainer.to_dict().items() if key not in SILENT_KEYS}
    try:
        options = make_backbone(model).to_dict()  # absent ones at their defaults
    except SleapError:
        options = dict(model.backbone)
    settings |= {"backbone": model.backbone_name} | options
    settings |= {"labels": profile.labels_filename, "val_labels": profile.val_set_filename}
    return Described(
        model.output_type.word,
        settings,
        trainer.monitor_metric_name,
        trainer.num_epochs,
        Path(trainer.csv_log_filename).name or "training_log.csv",
        _count_weights(profile),
    )


def _count_weights(profile: Any) -> int | None:
    """Count the weights without building the network; None if it cannot be told."""
    from sleap.nn.planning.advice import n_maps
    from sleap.nn.planning.network import describe

    try:
        if profile.skeleton is None or not profile.model.input_channels:
            return None  # not completed: the training did not begin
        n_outputs = n_maps(profile.model.output_type, profile.skeleton)
        return describe(profile, (256, 256), channels=1, n_outputs=n_outputs).n_weights
    except SleapError:
        return None


def _describe_newer(data: dict[str, Any]) -> Described:
    model = data["model"]
    heads = [name for name, one in _as_dict(model.get("heads")).items() if one is not None]
    backbones = _as_dict(model.get("backbone"))
    backbone = next((name for name, one in backbones.items() if one is not None), "")
    flat = _flatten({key: one for key, one in data.items() if key != "model"})
    settings = {
        NEWER_NAMES.get(key, key.removeprefix("optimization.").removeprefix("data.")): value
        for key, value in flat.items()
        if key in NEWER_NAMES or not key.startswith(NO_SETTINGS)
    }
    options = _flatten(backbones.get(backbone))
    settings["backbone"] = NEWER_BACKBONES.get(backbone, backbone)
    for key, value in options.items():
        settings[NEWER_NAMES.get(f"{backbone}.{key}", f"{backbone}.{key}")] = value
    for name in heads:
        settings |= _flatten(model["heads"][name])
    epochs = settings.get("num_epochs")
    words = ", ".join(NEWER_OUTPUTS.get(name, name) for name in heads)
    n_epochs = epochs if isinstance(epochs, int) else None
    return Described(words, settings, n_epochs=n_epochs)


def _as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _flatten(value: Any, prefix: str = "") -> dict[str, Any]:
    """Lay nested objects flat: {"a": {"b": 1}} as {"a.b": 1}."""
    flat: dict[str, Any] = {}
    for key, one in _as_dict(value).items():
        nested = isinstance(one, dict)
        flat |= _flatten(one, f"{prefix}{key}.") if nested else {f"{prefix}{key}": one}
    return flat


def find_differences(runs: Sequence[tuple[str, Mapping[str, Any]]]) -> list[str]:
    """Find the settings that differ among runs of the same network.

    Where no two runs are of the same network, all are compared.

    Args:
        runs: The network and the settings of each. A setting that a run does not name, as those
            of other releases, does not differ.

    Returns:
        Names of settings, in the order of the first run that has them.
    """
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for network, settings in runs:
        groups.setdefault(network, []).append(settings)
    if all(len(group) == 1 for group in groups.values()):
        groups = {"": [settings for _, settings in runs]}
    names = dict.fromkeys(name for _, settings in runs for name in settings)
    return [name for name in names if any(_differ(name, group) for group in groups.values())]


def _differ(name: str, group: Sequence[Mapping[str, Any]]) -> bool:
    values = [settings[name] for settings in group if name in settings]
    return any(value != values[0] for value in values)
