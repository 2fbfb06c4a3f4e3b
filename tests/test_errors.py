from sleap import errors


def test_did_you_mean_finds_the_near_word_whatever_its_case() -> None:
    assert errors.did_you_mean("Unett", ["unet", "leap"]) == " Did you mean 'unet'?"


def test_did_you_mean_is_silent_when_nothing_is_near() -> None:
    assert errors.did_you_mean("zebra", ["unet", "leap"]) == ""


def test_every_error_is_a_sleap_error_and_in_the_tree() -> None:
    found = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, Exception)
    ]
    assert len(found) == 10
    for error in found:
        assert issubclass(error, errors.SleapError)
        assert error.__name__ in (errors.__doc__ or "")
