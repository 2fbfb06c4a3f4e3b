"""Options about files."""

from sleap.nn.config.outputs import FormerOptions, OutputOptions


def test_defaults() -> None:
    options = OutputOptions()
    assert (options.save_best_val, options.save_final_model) == (True, True)
    assert (options.save_every_epoch, options.csv_logging) == (False, True)


def test_former_keys_are_kept_when_given() -> None:
    assert FormerOptions.from_dict({"negative_samples": 10}).to_dict() == {"negative_samples": 10}
