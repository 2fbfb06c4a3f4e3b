"""The profiles that come with the package, found by their bare name."""

from pathlib import Path

from sleap.errors import ProfileError, did_you_mean

FOLDER = Path(__file__).parents[2] / "training_profiles"
JOB_NAME = "training_job.json"


def shipped_profiles() -> dict[str, Path]:
    """The shipped profiles by file name, the examples last."""
    found = sorted(FOLDER.glob("*.json")) + sorted((FOLDER / "examples").glob("*.json"))
    return {path.name: path for path in found}


def find_profile(name: str | Path) -> Path:
    """Find the file of a profile.

    Args:
        name: A path; a run folder, which stands for its ``training_job.json`` (or, as the oldest
            runs were laid out, a ``.json`` beside it); or the name of a shipped profile, with or
            without ``.json``.

    Raises:
        ProfileError: If there is none.
    """
    path = Path(name)
    if path.is_file():
        return path
    beside = [path / JOB_NAME, path.with_name(path.name + ".json")] if path.name else []
    for candidate in beside:
        if candidate.is_file():
            return candidate
    if path.is_dir():
        raise ProfileError(f"The folder '{path}' holds no {JOB_NAME}. Name a profile file.")
    shipped = shipped_profiles()
    for known in (str(name), f"{name}.json"):
        if known in shipped:
            return shipped[known]
    raise ProfileError(
        f"No training profile '{name}': there is no such file, and none is shipped by that name."
        f"{did_you_mean(str(name), shipped)} Shipped: {', '.join(shipped)}."
    )
