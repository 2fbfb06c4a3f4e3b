"""From model folders to the predictor that they ask for, with its networks loaded."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs
from attrs import frozen

from sleap.errors import ModelError
from sleap.inference import engines as engines  # enters the engines in ENGINES
from sleap.inference.batches import ImagePath
from sleap.inference.centroids import CentroidFinder, GivenCentroids, TrueCentroids
from sleap.inference.engine import ENGINES, Engine, UnsupportedNetworkError, choose_engine
from sleap.inference.model_set import ModelSet, TrainedModel, combine
from sleap.inference.networks import input_channels, max_stride, n_outputs
from sleap.inference.options import CentroidOptions, InferenceOptions, TopdownOptions
from sleap.inference.parts import Grouper, PartFinder
from sleap.inference.peaks import PeakFinder
from sleap.inference.predictor import Predictor
from sleap.inference.predictors.bottomup import BottomUpPredictor
from sleap.inference.predictors.centroid import CentroidPredictor
from sleap.inference.predictors.regions import RegionPredictor
from sleap.inference.predictors.single_instance import SingleInstancePredictor
from sleap.inference.predictors.topdown import TopDownPredictor
from sleap.inference.regions import DEFAULT_LENGTH
from sleap.inference.stage import Stage
from sleap.inference.timings import BusyClock
from sleap.nn.config.output_type import OutputType
from sleap.nn.data.crop import rounded_size
from sleap.nn.saved.keras_h5 import read_network
from sleap.nn.saved.run_folder import RunFolder
from sleap.progress import SILENT, Progress


def load_models(paths: Iterable[str | Path]) -> list[TrainedModel]:
    """Read what lies in model folders; the networks themselves are not loaded yet.

    Args:
        paths: Run folders, or the ``training_job.json`` in them.

    Returns:
        The models, in the same order.

    Raises:
        ModelError: If there is no model, or it does not name the nodes it was trained on.
        ProfileError: If its profile is broken.
    """
    models = []
    for path in paths:
        profile, weights_path = RunFolder.load(path)
        skeleton = profile.skeleton
        if skeleton is None or not skeleton.node_names:
            raise ModelError(
                f"The model '{path}' does not say which nodes it was trained on "
                f"(model.skeletons of its training_job.json is empty). Train it again."
            )
        models.append(TrainedModel(Path(path), profile, Path(weights_path), skeleton))
    return models


def choose_predictor(
    models: Sequence[TrainedModel], options: InferenceOptions, progress: Progress = SILENT
) -> Predictor:
    """Choose how models work together, and load their networks.

    Args:
        models: The models, in any order.
        options: What the user chose.
        progress: Told what runs the networks.

    Returns:
        The predictor: single instance for confmaps; top-down for topdown with centroids, and for
        confmaps with centroids (the one best animal); bottom-up for confmaps with pafs, in regions
        if there are centroids too.

    Raises:
        ModelError: If the models do not fit together, or cannot be run.
    """
    return _load(combine(models), options, progress)


def choose_lone_predictor(
    model: TrainedModel,
    true_centroids: TrueCentroids,
    options: InferenceOptions,
    progress: Progress = SILENT,
) -> Predictor:
    """Load one model by itself, to judge it by itself.

    Args:
        model: The model.
        true_centroids: Where the animals are, by frame; for models of crops. The caller fills it
            before each video.
        options: What the user chose.
        progress: Told what runs the network.

    Raises:
        ModelError: If it finds no points by itself, or cannot be run.
    """
    if model.output_type is OutputType.PAFS:
        raise ModelError("Part affinity fields find no points by themselves.")
    names = {OutputType.CENTROIDS: "centroids", OutputType.TOPDOWN: "topdown"}
    chosen = ModelSet(**{names.get(model.output_type, "confmaps"): model})
    return _load(chosen, options, progress, true_centroids)


def _load(
    chosen: ModelSet,
    options: InferenceOptions,
    progress: Progress,
    true_centroids: TrueCentroids | None = None,
) -> Predictor:
    engine, reason = choose_engine(options.engine)
    try:
        predictor = _Builder(chosen, options, engine, BusyClock(), true_centroids).build()
    except UnsupportedNetworkError as error:
        keras = ENGINES.get("keras")
        if options.engine != "auto" or engine is keras or not keras.is_available():
            raise
        reason = f"{engine.name} cannot run the network ({error})"
        predictor = _Builder(chosen, options, keras, BusyClock(), true_centroids).build()
    runs = predictor.stages[0].engine.description
    because = f", because {reason}" if reason else ""
    progress.say(f"Mode: {predictor.mode}. Engine: {runs}{because}.")
    return predictor


@frozen(eq=False)
class _Builder:
    """Builds predictors out of a set of models."""

    models: ModelSet
    options: InferenceOptions
    engine: type[Engine]
    clock: BusyClock
    true_centroids: TrueCentroids | None = None

    def build(self) -> Predictor:
        """Build the predictor for the models that are there."""
        models, options = self.models, self.options
        if models.centroids and not (models.topdown or models.confmaps):
            return CentroidPredictor(self._centroids(), self.clock, options.max_instances)
        if models.topdown:
            peaks = _peaks(options.topdown)
            return self._in_crops(models.topdown, "topdown", peaks, options.max_instances)
        assert models.confmaps is not None
        if models.pafs:
            return self._bottom_up(models.confmaps, models.pafs)
        if models.centroids:
            return self._in_crops(models.confmaps, "confmap", self._confmap_peaks(), 1)
        return SingleInstancePredictor(
            models.skeleton,
            self._stage(models.confmaps, "confmap"),
            self._confmap_peaks(),
            self.clock,
        )

    def _in_crops(
        self, model: TrainedModel, group: str, peaks: PeakFinder, limit: int | None
    ) -> Predictor:
        key = "rps_batch_size" if group == "confmap" else "batch_size"
        stage = self._stage(model, group, key)
        side = model.profile.trainer.bounding_box_size
        length = self.options.region.instance_box_length
        if length or side <= 0:
            side = round((length or DEFAULT_LENGTH) * stage.path.scale)
        side = rounded_size(side, stage.path.max_stride)
        centroids: CentroidFinder | GivenCentroids = (
            self._centroids()
            if self.true_centroids is None
            else GivenCentroids(stage, self.true_centroids)
        )
        return TopDownPredictor(
            self.models.skeleton, centroids, stage, peaks, side, self.clock, limit
        )

    def _bottom_up(self, confmaps: TrainedModel, pafs: TrainedModel) -> Predictor:
        skeleton, options = self.models.skeleton, self.options
        in_regions = self.models.centroids is not None
        parts = PartFinder(
            self._stage(confmaps, "confmap", "rps_batch_size" if in_regions else "batch_size"),
            self._stage(pafs, "paf"),
            self._confmap_peaks(),
            Grouper(skeleton, options.paf),
        )
        if not in_regions:
            return BottomUpPredictor(skeleton, parts, self.clock, options.max_instances)
        return RegionPredictor(
            skeleton,
            self._centroids(),
            parts,
            options.region,
            options.region.instance_box_length or self._box_length(),
            self.clock,
            options.max_instances,
        )

    def _box_length(self) -> int:
        """Return the side of the box around one animal, pixels of the frame."""
        for model in (self.models.pafs, self.models.confmaps, self.models.centroids):
            if model and model.profile.trainer.bounding_box_size > 0:
                trainer = model.profile.trainer
                return round(trainer.bounding_box_size / trainer.scale)
        return DEFAULT_LENGTH

    def _centroids(self) -> CentroidFinder:
        assert self.models.centroids is not None
        return CentroidFinder(
            self._stage(self.models.centroids, "centroid"), _peaks(self.options.centroid)
        )

    def _confmap_peaks(self) -> PeakFinder:
        options = self.options.confmap
        return PeakFinder(
            options.min_peak_threshold,
            smoothing_sigma=options.smoothing_sigma,
            kernel_size=options.smoothing_kernel_size,
        )

    def _stage(self, model: TrainedModel, group: str, key: str = "batch_size") -> Stage:
        """Load a network.

        Args:
            model: The model.
            group: The group of options of its stage.
            key: The option of that group that is its batch size.
        """
        network = read_network(model.weights_path)
        _check_outputs(model, n_outputs(network))
        engine = self.engine(network, self.options.precision, self.clock)
        trainer = model.profile.trainer
        path = ImagePath(input_channels(network), trainer.scale, max_stride(network))
        stage_options = getattr(self.options, group)
        defaults = getattr(attrs.fields(type(stage_options)), key).metadata
        batch_size = (
            self.options.batch_size
            or getattr(stage_options, key)
            or defaults["on_gpu" if engine.on_gpu else "on_cpu"]
        )
        return Stage(engine, path, batch_size, trainer.sigma)


def _peaks(options: CentroidOptions | TopdownOptions) -> PeakFinder:
    return PeakFinder(
        options.peak_thresh,
        options.refine_peaks,
        options.smoothing_sigma if options.smooth_confmaps else 0.0,
        options.smoothing_kernel_size,
    )


def _check_outputs(model: TrainedModel, found: int | None) -> None:
    """Refuse a network that does not fit its skeleton."""
    kind = model.output_type.word
    expected = {
        "centroids": 1,
        "pafs": 2 * len(model.skeleton.edges),
    }.get(kind, model.skeleton.n_nodes)
    if found is not None and found != expected:
        raise ModelError(
            f"The network '{model.weights_path}' puts out {found} channels, but {kind} of its "
            f"skeleton ({model.skeleton.n_nodes} nodes, {len(model.skeleton.edges)} edges) have "
            f"{expected}. The folder holds files of different trainings; train it again."
        )
