"""What can be chosen about a training: the options of ``sleap-train``. Imports only attrs."""

from pathlib import Path

from attrs import field, frozen
from attrs.converters import optional

OVERRIDES = ("seed", "num_epochs", "max_minutes", "precision", "n_workers")
"""Options that take the place of those in the profile's ``trainer``."""


@frozen(kw_only=True)
class TrainOptions:
    """Options of ``sleap-train``."""

    training_job_path: str = field(
        metadata={
            "help": "Training profile (.json), the bare name of a shipped one, or a run folder",
            "positional": True,
        }
    )
    labels_path: Path | None = field(
        default=None,
        converter=optional(Path),
        metadata={
            "help": "Project or training package; with --resume, those of the run if not given",
            "positional": True,
        },
    )
    val_labels: Path | None = field(
        default=None,
        metadata={
            "help": "Labels to validate with, instead of a part of the others",
            "flags": ("--val",),
        },
    )
    test_labels: Path | None = field(
        default=None,
        metadata={
            "help": "Labels that the finished model is tested with",
            "flags": ("--test",),
        },
    )
    run_name: str = field(
        default="",
        metadata={"help": "Exact name of the run folder, instead of one made", "flags": ("-o",)},
    )
    prefix: list[str] = field(
        factory=list, metadata={"help": "Word before a name that is made; may be repeated"}
    )
    suffix: list[str] = field(
        factory=list, metadata={"help": "Word after a name that is made; may be repeated"}
    )
    save_dir: Path | None = field(
        default=None,
        metadata={"help": "Folder of run folders (default: 'models' beside the labels)"},
    )
    tensorboard: bool = field(
        default=False, metadata={"help": "Write TensorBoard events into the run folder"}
    )
    resume: bool = field(
        default=False,
        metadata={
            "help": "Go on with an interrupted training; the first argument is its run folder"
        },
    )
    base_checkpoint: Path | None = field(
        default=None,
        metadata={"help": "Run folder of a trained model whose weights the network begins with"},
    )
    save_viz: bool = field(
        default=True,
        metadata={"help": "Draw what the network finds on some validation images, now and then"},
    )
    keep_viz: bool = field(
        default=False,
        metadata={"help": "Keep all of these pictures in the run folder, not only the last"},
    )
    skip_metrics: bool = field(
        default=False, metadata={"help": "Do not score the model when the training ends"}
    )
    seed: int | None = field(
        default=None, metadata={"help": "Seed of everything random, instead of the profile's"}
    )
    num_epochs: int | None = field(
        default=None, metadata={"help": "Epochs at most, instead of the profile's"}
    )
    max_minutes: float | None = field(
        default=None,
        metadata={"help": "Time limit, instead of the profile's; 0: none", "unit": "minutes"},
    )
    precision: str | None = field(
        default=None,
        metadata={
            "help": "Precision of the computation, instead of the profile's",
            "choices": ("auto", "float32", "bfloat16"),
        },
    )
    n_workers: int | None = field(
        default=None, metadata={"help": "Threads that prepare examples, instead of the profile's"}
    )
