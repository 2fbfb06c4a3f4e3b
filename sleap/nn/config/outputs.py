"""Options of ``trainer`` about what a training leaves in its run folder."""

from attrs import define

from sleap.nn.config.schema import Group, option


@define(kw_only=True, slots=False)
class OutputOptions(Group):
    """What is written, and when."""

    csv_logging: bool = option(True, "Whether the loss of each epoch is written to a table.")
    csv_log_filename: str = option("training_log.csv", "Name of that table.")
    save_every_epoch: bool = option(False, "Whether the newest model is kept after every epoch.")
    save_best_val: bool = option(True, "Whether the model with the lowest loss is kept.")
    save_final_model: bool = option(True, "Whether the model is kept when the training ends.")


@define(kw_only=True, slots=False)
class FormerOptions(Group):
    """Keys of old profiles that have no effect; kept so that nothing read is lost."""

    shuffle_initially: bool | None = option(None, "No longer used.", deprecated=True)
    shuffle_every_epoch: bool | None = option(None, "No longer used.", deprecated=True)
    min_crop_size: int | None = option(None, "No longer used.", deprecated=True)
    negative_samples: int | None = option(None, "No longer used.", deprecated=True)
