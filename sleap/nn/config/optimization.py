"""The group ``trainer`` of a profile: the course of a training, and all its parts together."""

from typing import ClassVar

from attrs import define

from sleap.nn.config.data import AugmentationOptions, DataOptions
from sleap.nn.config.outputs import FormerOptions, OutputOptions
from sleap.nn.config.schema import Group, option


@define(kw_only=True, slots=False)
class OptimizationOptions(Group):
    """How the weights are found."""

    batch_size: int = option(8, "Examples per step.", at_least=1)
    num_epochs: int = option(100, "Epochs at most.", at_least=1)
    steps_per_epoch: int = option(-1, "Steps of an epoch; 0 or less: once through all examples.")
    val_steps_per_epoch: int = option(
        -1, "Batches of a validation; 0 or less: all validation examples."
    )
    foreground_weight: float = option(
        0.0,
        "How much more than the background the squared error weighs where the target is not empty; "
        "0: a plain mean. Helps networks off to a start when animals are small in the image.",
        at_least=0,
    )
    optimizer: str = option("adam", "Optimizer.", choices=("adam", "rmsprop"))
    amsgrad: bool = option(True, "Whether Adam keeps the largest second moment seen.")
    learning_rate: float = option(1e-3, "Learning rate at the start.", above=0)
    reduce_lr_on_plateau: bool = option(
        True, "Whether the learning rate falls when the loss no longer does."
    )
    reduce_lr_factor: float = option(0.5, "Factor by which it falls.", above=0, below=1)
    reduce_lr_min_delta: float = option(1e-6, "Smallest change that counts.", at_least=0)
    reduce_lr_patience: int = option(
        5, "Epochs without improvement before it falls.", unit="epochs", at_least=0
    )
    reduce_lr_cooldown: int = option(
        3, "Epochs after a fall in which none are counted.", unit="epochs", at_least=0
    )
    reduce_lr_min_lr: float = option(1e-8, "Smallest learning rate.", at_least=0)
    early_stopping: bool = option(True, "Whether training ends when the loss no longer falls.")
    early_stopping_min_delta: float = option(1e-8, "Smallest change that counts.", at_least=0)
    early_stopping_patience: int = option(
        15, "Epochs without improvement before it ends.", unit="epochs", at_least=0
    )
    monitor_metric_name: str = option("val_loss", "The figure that is watched.")
    max_minutes: float = option(
        0.0, "Wall-clock limit of the training; 0: none.", unit="minutes", at_least=0
    )
    seed: int = option(0, "Seed of everything random.", at_least=0)
    precision: str = option(
        "auto",
        "Precision of the computation; auto: bfloat16 where the processor has it.",
        choices=("auto", "float32", "bfloat16"),
    )


# attrs takes fields from the last base first, so this is the reverse of the order in files.
@define(kw_only=True, slots=False)
class TrainerConfig(
    FormerOptions, OutputOptions, OptimizationOptions, AugmentationOptions, DataOptions
):
    """How a network is trained: one JSON object, declared in five parts."""

    PATH: ClassVar[str] = "trainer"
