"""Scoring a model when its training ends: predictions on labeled frames, and how good they are."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.errors import CancelledError
from sleap.inference.options import InferenceOptions
from sleap.io.stop_request import asked_to_stop, forget_to_stop
from sleap.nn.config.output_type import OutputType
from sleap.nn.data.centroid import centroids
from sleap.progress import SILENT, Progress

if TYPE_CHECKING:
    from sleap.core.video import Video
    from sleap.evaluation.report import Report
    from sleap.inference.centroids import TrueCentroids
    from sleap.inference.model_set import TrainedModel
    from sleap.inference.predictor import Predictor
    from sleap.nn.data.providers import UsableFrame

LOOK_EVERY_S = 0.2
"""Seconds between two looks for a request to stop."""


def score_run(
    folder: Path,
    splits: "Mapping[str, Sequence[UsableFrame]]",
    *,
    search: Mapping[str, tuple[Path, ...]],
    progress: Progress = SILENT,
) -> "tuple[dict[str, Report], str]":
    """Score the best model of a run on labeled frames.

    For each split ``labels_gt.{split}.slp``, ``labels_pr.{split}.slp`` and ``metrics.{split}.npz``
    are written. A model of crops is given the true centroids; of a centroid model the centroids
    are compared, as animals of one point.

    Args:
        folder: The run folder.
        splits: The frames by the name of the split.
        search: Folders where the videos of a split are looked for.
        progress: Told of each frame.

    Returns:
        The figures by split; and why there are none, if this model cannot be scored by itself.

    Raises:
        CancelledError: If the user stops it; splits that are done stay.
        SleapError: If a frame cannot be read, or a file not be written.
    """
    from sleap.evaluation.classic import classic_metrics
    from sleap.evaluation.comparison import evaluate
    from sleap.inference.loading import choose_lone_predictor, load_models
    from sleap.io.files import save_file
    from sleap.io.metrics_file import write_metrics

    (model,) = load_models([folder])
    why = _why_not(model, splits)
    if why:
        return {}, why
    known: TrueCentroids = {}
    predictor = choose_lone_predictor(model, known, InferenceOptions(), progress)
    reports: dict[str, Report] = {}
    try:
        for split, frames in splits.items():
            job = _Job(folder, model, predictor, known, search[split], progress)
            truth, predicted = job.compare(split, frames)
            save_file(truth, folder / f"labels_gt.{split}.slp")
            save_file(predicted, folder / f"labels_pr.{split}.slp")
            write_metrics(classic_metrics(truth, predicted), folder / f"metrics.{split}.npz")
            reports[split] = evaluate(truth, predicted)
    finally:
        predictor.close()
    return reports, ""


def _why_not(model: "TrainedModel", splits: "Mapping[str, Sequence[UsableFrame]]") -> str:
    """Tell why a model cannot be scored by itself; empty if it can."""
    if model.output_type is OutputType.PAFS:
        return (
            "Not scored: part affinity fields find no points by themselves. Predict with the "
            "confidence maps too (sleap-track), and compare (python -m sleap.evaluation)."
        )
    is_crowded = any(len(one.points) > 1 for frames in splits.values() for one in frames)
    if model.output_type is OutputType.CONFMAPS and is_crowded:
        return (
            "Not scored: with several animals in view, confidence maps need part affinity fields. "
            "Predict with both (sleap-track), and compare (python -m sleap.evaluation)."
        )
    return ""


@frozen(eq=False)
class _Job:
    """A model and where it is judged."""

    folder: Path
    model: "TrainedModel"
    predictor: "Predictor"
    known: "TrueCentroids"
    search: tuple[Path, ...]
    progress: Progress
    _looked: list[float] = field(factory=lambda: [0.0])

    def compare(self, split: str, frames: "Sequence[UsableFrame]") -> tuple[Labels, Labels]:
        """Return the truth on some frames, and what the model finds there."""
        from sleap.video import open_video

        skeleton = self.predictor.skeleton
        videos = list({id(frame.video): frame.video for frame in frames}.values())
        truth = self._truth(frames, skeleton, videos)
        predicted = Labels(videos=videos, skeletons=[skeleton])
        self.progress.begin(f"Evaluating ({split})", len(frames))
        for video in videos:
            mine = {frame.frame_idx: frame for frame in frames if frame.video is video}
            self.known.clear()
            self.known.update(
                {index: self._centroids(frame).astype(np.float64) for index, frame in mine.items()}
            )
            found = []
            with open_video(video, search=self.search) as reader:
                for poses in self.predictor.predict(reader, sorted(mine), self.progress):
                    found.append(poses)
                    self._look()
            predicted.add_poses(video, [one for one in found if len(one)], skeleton, [])
        self.progress.end()
        return truth, predicted

    def _truth(
        self, frames: "Sequence[UsableFrame]", skeleton: Skeleton, videos: "list[Video]"
    ) -> Labels:
        is_centroid = self.model.output_type is OutputType.CENTROIDS
        labeled = []
        for frame in frames:
            points = self._centroids(frame)[:, None] if is_centroid else frame.points
            instances = [Instance(skeleton, one) for one in points]
            labeled.append(LabeledFrame(frame.video, frame.frame_idx, instances))
        return Labels(labeled, videos=videos, skeletons=[skeleton])

    def _centroids(self, frame: "UsableFrame") -> "np.ndarray":
        trainer = self.model.profile.trainer
        node = trainer.instance_crop_ctr_node_ind if trainer.instance_crop_use_ctr_node else None
        return centroids(frame.points, node)

    def _look(self) -> None:
        """Stop if somebody asked for it."""
        now = time.perf_counter()
        if now - self._looked[0] < LOOK_EVERY_S:
            return
        self._looked[0] = now
        if asked_to_stop(self.folder):
            forget_to_stop(self.folder)
            raise CancelledError("Stopped while scoring.")
