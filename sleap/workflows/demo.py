"""The whole job on a synthetic recording, scored against the truth: what ``sleap-demo`` does.

Every step goes through the same functions as the documented commands, so what works here works for
a real recording. Light until ``demo`` is called: the options import only attrs.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import Attribute, define, field, frozen

from sleap.errors import FileError, OptionError, did_you_mean
from sleap.progress import SILENT, Progress

if TYPE_CHECKING:
    from sleap.evaluation.report import Report
    from sleap.samples.recording import Recording

PROFILES = {"centroids": "demo_centroids.json", "topdown": "demo_topdown.json"}
"""The networks that are trained, and the shipped profiles they are trained by."""
_SHARES = {"centroids": 0.3, "topdown": 0.7}
"""How they share the time for training."""


def _at_least(low: float) -> Any:
    """Return a validator: the value must not be below ``low``."""

    def check(instance: object, attribute: "Attribute[Any]", value: float) -> None:
        if not value >= low:
            raise OptionError(f"{attribute.name} is {value}; expected at least {low:g}.")

    return check


def _one_of(*known: str) -> Any:
    """Return a validator: the value must be one of ``known``."""

    def check(instance: object, attribute: "Attribute[Any]", value: str) -> None:
        if value not in known:
            raise OptionError(
                f"{attribute.name} is '{value}'; expected one of {', '.join(known)}."
                f"{did_you_mean(value, known)}"
            )

    return check


def _option(default: Any, help_text: str, check: Any = None, **metadata: Any) -> Any:
    return field(default=default, validator=check, metadata={"help": help_text, **metadata})


@frozen(kw_only=True)
class DemoOptions:
    """Options of ``sleap-demo``.

    Raises:
        OptionError: If a value is out of its range.
    """

    folder: Path = field(
        default=Path("demo"),
        converter=Path,
        metadata={"help": "Folder to write to; made if missing", "positional": True},
    )
    body: str = _option(
        "fly", "What kind of animal", _one_of("fly", "mouse"), choices=("fly", "mouse")
    )
    n_animals: int = _option(2, "How many animals", _at_least(1))
    n_frames: int = _option(600, "Length of the recording", _at_least(10), unit="frames")
    size: int = _option(384, "Side of the square picture", _at_least(64), unit="pixels")
    color: bool = _option(False, "Film in colour")
    n_labeled: int = _option(60, "Frames that are labeled for training", _at_least(4))
    # In this recording the animals touch and chase each other, but none climbs onto the other.
    seed: int = _option(
        9,
        "What all chance follows from; with 1, say, the animals climb over each other",
        _at_least(0),
    )
    minutes: float = _option(
        4.0, "Time for training both networks, at most; 0: no limit", _at_least(0), unit="minutes"
    )
    epochs: int = _option(0, "Epochs of training, at most; 0: as in the profiles", _at_least(0))
    tracker: str = _option(
        "flow",
        "How identities are followed",
        _one_of("simple", "flow"),
        choices=("simple", "flow"),
    )

    def __attrs_post_init__(self) -> None:
        if self.n_labeled >= self.n_frames:
            raise OptionError(
                f"n_labeled is {self.n_labeled}, but there are only {self.n_frames} frames: leave "
                "some to score on."
            )


@define
class DemoResult:
    """What came out of a demo.

    Attributes:
        files: By name, everything that was written.
        seconds: By stage, how long it took.
        report: How the tracks compare with the truth, on frames that were not labeled.
    """

    files: dict[str, Path]
    seconds: dict[str, float]
    report: "Report"

    def to_dict(self) -> dict[str, Any]:
        """Return what JSON can hold."""
        return {
            "files": {name: str(path) for name, path in self.files.items()},
            "seconds": {name: round(value, 1) for name, value in self.seconds.items()},
            "report": self.report.to_dict(),
        }

    @property
    def lines(self) -> list[str]:
        """The result as lines of text, for a terminal."""
        parts = ", ".join(f"{name} {value:.0f} s" for name, value in self.seconds.items())
        width = max(len(name) for name in self.files)
        return [
            "Compared with the truth, on the frames that were not labeled:",
            *(f"  {line}" for line in self.report.lines),
            f"Time: {sum(self.seconds.values()):.0f} s ({parts})",
            "Files:",
            *(f"  {name:{width}}  {path}" for name, path in self.files.items()),
        ]


def demo(options: DemoOptions, progress: Progress = SILENT) -> DemoResult:
    """Film, label, package, train, track, score and render.

    Files of an earlier demo in the same folder are replaced; its trained models are kept beside
    the new ones.

    Args:
        options: What to do.
        progress: Told how far it is.

    Returns:
        The result; also written to ``summary.json``.

    Raises:
        SleapError: If a step fails.
        CancelledError: If the user stopped it.
    """
    from sleap.io.atomic import replacing

    _make_folder(options.folder)
    run = _Demo(options, progress)
    with run.stage("film"):
        run.film()
    with run.stage("package"):
        run.package()
    for name in PROFILES:
        with run.stage(f"train {name}"):
            run.train(name)
    with run.stage("track"):
        run.track()
    with run.stage("score"):
        report = run.score()
    with run.stage("render"):
        run.render()
    run.files["summary"] = options.folder / "summary.json"
    result = DemoResult(run.files, run.seconds, report)
    with replacing(run.files["summary"]) as path:
        path.write_text(json.dumps(result.to_dict(), indent=4) + "\n", encoding="utf-8")
    return result


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            f"Cannot make the folder '{folder}': {error.strerror}. Choose another one."
        ) from error


@define
class _Demo:
    """One demo under way."""

    options: DemoOptions
    progress: Progress
    files: dict[str, Path] = field(factory=dict)
    seconds: dict[str, float] = field(factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage."""
        self.progress.check()
        start = time.monotonic()
        yield
        self.seconds[name] = time.monotonic() - start

    def film(self) -> None:
        """Write the video, the truth, labels of some frames, and the truth of the others."""
        import numpy as np

        from sleap import samples
        from sleap.core.video import Video
        from sleap.io.files import load_file, save_file

        options, recording = self.options, self._recording()
        self.files |= samples.write(
            recording, options.folder, n_labeled=options.n_labeled, progress=self.progress
        )
        labeled = load_file(self.files["labels"])
        seen = [frame.frame_idx for frame in labeled]
        others = np.setdiff1d(np.arange(options.n_frames), seen)
        known = labeled.video
        video = Video(known.filename, shape=known.shape, grayscale=known.grayscale)
        self.files["unseen"] = options.folder / "unseen.slp"
        save_file(samples.labels(recording, video, others), self.files["unseen"])

    def _recording(self) -> "Recording":
        from sleap.samples import Recording

        options = self.options
        return Recording(
            options.n_animals,
            options.n_frames,
            options.size,
            options.seed,
            body=options.body,
            color=options.color,
        )

    def package(self) -> None:
        """Put labels and the labeled images into one file."""
        from sleap.io.files import load_file
        from sleap.io.slp.embed import write_package

        self.files["package"] = self.options.folder / "labels.pkg.slp"
        labels = load_file(self.files["labels"])
        write_package(labels, self.files["package"], progress=self.progress)

    def train(self, name: str) -> None:
        """Train one network on the package."""
        from sleap.workflows.train import TrainOptions, train

        options = self.options
        run = TrainOptions(
            training_job_path=PROFILES[name],
            labels_path=self.files["package"],
            run_name=name,
            seed=options.seed,
            max_minutes=options.minutes * _SHARES[name],
            num_epochs=options.epochs or None,
            skip_metrics=True,  # the whole is scored at the end, on frames not labeled
        )
        self.files[f"{name} model"] = train(run, self.progress)

    def track(self) -> None:
        """Find the animals in the video, and follow them."""
        from sleap.tracking.options import TrackingOptions
        from sleap.workflows.predict import PredictOptions, predict

        n_animals = self.options.n_animals
        tracking = TrackingOptions(
            tracker=self.options.tracker,
            match="hungarian",
            max_tracks=n_animals,
            target_instance_count=n_animals,
            pre_cull_to_target=True,
        )
        options = PredictOptions(
            data_path=self.files["video"],
            models=[str(self.files[f"{name} model"]) for name in PROFILES],
            tracking=tracking,
        )
        self.files["predictions"] = predict(options, self.progress)

    def score(self) -> "Report":
        """Compare the tracks with the truth on the frames that were not labeled."""
        from sleap.workflows.evaluate import EvaluateOptions, evaluate

        self.files["scores"] = self.options.folder / "scores.json"
        options = EvaluateOptions(
            truth_path=self.files["unseen"],
            predicted_path=self.files["predictions"],
            output=str(self.files["scores"]),
        )
        return evaluate(options, self.progress)

    def render(self) -> None:
        """Write the video with the tracks drawn over it."""
        from sleap.io.files import load_file
        from sleap.render.clip import render_clip
        from sleap.render.style import Style

        self.files["clip"] = self.options.folder / "clip.mp4"
        labels = load_file(self.files["predictions"])
        style = Style(trail_length=30, track_names=True)
        render_clip(labels, self.files["clip"], fps=30.0, style=style, progress=self.progress)
