"""What is in a model folder or a training profile, as plain data, without loading a network."""

import csv
import json
import re
from pathlib import Path
from typing import Any

from sleap.errors import FileError, ModelError

Facts = dict[str, Any]

JOBS = ("training_config.json", "training_job.json", "initial_config.json")
"""Names of the file that says how a model was trained, newer first."""

OUTPUTS = ("confidence maps", "part affinity fields", "centroids", "confidence maps of a crop")
"""What networks of the first releases put out, by number."""


def find_job(path: Path) -> Path | None:
    """Return the file that says how the model of a folder was trained; None if there is none."""
    beside = path.with_name(f"{path.name}.json")  # as the oldest runs were laid out
    return next((job for job in [*(path / name for name in JOBS), beside] if job.is_file()), None)


def is_job(data: Any) -> bool:
    """Tell whether JSON is a training profile or job, of the first releases or later ones."""
    return (
        isinstance(data, dict)
        and isinstance(data.get("model"), dict)
        and bool({"trainer", "optimization", "output_type"} & {*data, *data["model"]})
    )


def describe_model(path: Path) -> Facts:
    """Collect the facts about a model folder, or about a job or profile by itself.

    Raises:
        ModelError: If the folder holds no model.
        FileError: If a file cannot be read.
    """
    job_path = find_job(path) if path.is_dir() else path
    if job_path is None:
        raise ModelError(
            f"'{path}' is no model folder: it holds none of {', '.join(JOBS)}. "
            "Give the folder of one training run."
        )
    data = read_json(job_path)
    if not is_job(data):
        raise ModelError(f"'{job_path}' does not describe a training: it has no 'model'.")
    facts = _describe_new(data) if "optimization" in data else _describe_first(data)
    folder = path if path.is_dir() else None
    return {
        "kind": "model" if folder else "profile",
        "job": str(job_path),
        **facts,
        "files": _list_files(folder) if folder else {},
        "training": _read_log(folder / "training_log.csv") if folder else None,
    }


def _describe_first(data: Facts) -> Facts:
    """Collect from a job as the first releases and this program write it."""
    model, trainer = data["model"], _as_dict(data.get("trainer"))
    number = model.get("output_type")
    is_known = isinstance(number, int) and 0 <= number < len(OUTPUTS)
    return {
        "output": OUTPUTS[number] if is_known else str(number),
        "backbone": model.get("backbone_name"),
        "backbone_options": _as_dict(model.get("backbone")),
        "nodes": _node_names(model.get("skeletons")),
        "scale": trainer.get("scale"),
        "sigma": trainer.get("sigma"),
        "crop_size": trainer.get("bounding_box_size") or None,
        "epochs": trainer.get("num_epochs"),
        "labels": data.get("labels_filename"),
        "run_name": data.get("run_name"),
        "version": data.get("sleap_version"),
    }


def _describe_new(data: Facts) -> Facts:
    """Collect from a job of releases 1.0 to 1.4."""
    model, about = data["model"], _as_dict(data.get("data"))
    heads = _set_ones(model.get("heads"))
    backbones = _set_ones(model.get("backbone"))
    labels, outputs = _as_dict(about.get("labels")), _as_dict(data.get("outputs"))
    head: Facts = next(iter(heads.values()), {})
    sigma = head.get("sigma", _as_dict(head.get("confmaps")).get("sigma"))
    names = [str(outputs.get(f"run_name{part}") or "") for part in ("_prefix", "", "_suffix")]
    nodes = head.get("part_names")
    return {
        "output": ", ".join(name.replace("_", " ") for name in heads),
        "backbone": ", ".join(backbones),
        "backbone_options": next(iter(backbones.values()), {}),
        "nodes": list(map(str, nodes))
        if isinstance(nodes, list)
        else _node_names(labels.get("skeletons")),
        "scale": _as_dict(about.get("preprocessing")).get("input_scaling"),
        "sigma": sigma,
        "crop_size": _as_dict(about.get("instance_cropping")).get("crop_size"),
        "epochs": _as_dict(data["optimization"]).get("epochs"),
        "labels": labels.get("training_labels"),
        "run_name": "".join(names) or None,
        "version": data.get("sleap_version") or None,
    }


def _as_dict(value: Any) -> Facts:
    return value if isinstance(value, dict) else {}


def _set_ones(value: Any) -> dict[str, Facts]:
    return {name: one for name, one in _as_dict(value).items() if isinstance(one, dict)}


def _node_names(graphs: Any) -> list[str]:
    """Return the names of the nodes of the first skeleton; none if it cannot be read."""
    from sleap.errors import SleapError
    from sleap.io import skeleton_json

    if not isinstance(graphs, list) or not graphs:
        return []
    try:
        return list(skeleton_json.decode(graphs[0]).node_names)
    except (SleapError, TypeError, ValueError):
        return []


def _list_files(folder: Path) -> dict[str, int]:
    """Return the bytes of each file of a model folder, by name."""
    return {path.name: path.stat().st_size for path in sorted(folder.iterdir()) if path.is_file()}


def _read_log(path: Path) -> Facts | None:
    """Return how many epochs were trained and the best validation loss; None without a log."""
    if not path.is_file():
        return None
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file))
    losses = [(_number(row.get("val_loss")), place) for place, row in enumerate(rows)]
    known = [(loss, place) for loss, place in losses if loss is not None]
    best = min(known, default=None)
    return {
        "epochs": len(rows),
        "best_val_loss": best[0] if best else None,
        "best_epoch": best[1] if best else None,
    }


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "nan")
    except ValueError:
        return None
    return None if value != value else value


def read_json(path: Path) -> Any:
    """Read JSON, with ``//`` comments as profiles have them."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"Cannot read '{path}': {error}.") from error
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
    except (ValueError, RecursionError) as error:
        raise ModelError(f"Cannot read '{path}': it is not valid JSON ({error}).") from error
