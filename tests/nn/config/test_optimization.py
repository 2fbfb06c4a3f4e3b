"""The group ``trainer``."""

from sleap.nn.config.optimization import OptimizationOptions, TrainerConfig


def test_defaults() -> None:
    options = OptimizationOptions()
    assert (options.batch_size, options.num_epochs, options.learning_rate) == (8, 100, 1e-3)
    assert (options.optimizer, options.amsgrad, options.precision) == ("adam", True, "auto")
    assert (options.reduce_lr_patience, options.early_stopping_patience) == (5, 15)


def test_the_trainer_has_all_parts_in_the_order_of_files() -> None:
    keys = list(TrainerConfig.options())
    order = ["val_size", "augment_rotate", "batch_size", "csv_logging", "min_crop_size"]
    assert [keys.index(key) for key in order] == sorted(keys.index(key) for key in order)
