from typing import Any

import pytest

from sleap.errors import ModelError
from sleap.inference.loading import choose_predictor, load_models
from sleap.inference.options import InferenceOptions
from sleap.nn.config.output_type import OutputType
from sleap.progress import Progress

pytest.importorskip("openvino")
CONFMAPS, PAFS, CENTROIDS, TOPDOWN = OutputType


def choose(make_model: Any, types: list[OutputType], **options: Any) -> Any:
    models = load_models([make_model(kind) for kind in types])
    return choose_predictor(models, InferenceOptions(engine="openvino", **options))


@pytest.mark.parametrize(
    ("types", "mode"),
    [
        ([CONFMAPS], "single instance"),
        ([CENTROIDS, CONFMAPS], "top-down"),
        ([PAFS, CONFMAPS], "bottom-up"),
        ([PAFS, CENTROIDS, CONFMAPS], "bottom-up in regions"),
        ([TOPDOWN, CENTROIDS], "top-down"),
    ],
)
def test_the_models_tell_how_they_work_together(
    make_model: Any, make_world: Any, types: list[OutputType], mode: str
) -> None:
    predictor = choose(make_model, types)
    assert predictor.mode == mode
    assert len(list(predictor.predict(make_world(1, n_frames=2).reader))) == 2
    predictor.close()


@pytest.mark.parametrize("scale", [0.5, 1.0])
def test_topdown_networks_find_every_animal(
    make_model: Any, make_world: Any, check_poses: Any, scale: float
) -> None:
    world = make_world(2, n_frames=3)
    models = [
        make_model(TOPDOWN, scale=scale, bounding_box_size=int(80 * scale)),
        make_model(CENTROIDS, scale=0.5),
    ]
    predictor = choose_predictor(load_models(models), InferenceOptions(engine="openvino"))
    check_poses(predictor.predict(world.reader), world, 0.1)


def test_a_single_animal_with_and_without_centroids(
    make_model: Any, make_world: Any, check_poses: Any
) -> None:
    world = make_world(1, n_frames=3)
    check_poses(choose(make_model, [CONFMAPS]).predict(world.reader), world, 0.1)
    models = load_models([make_model(CONFMAPS, "again"), make_model(CENTROIDS)])
    predictor = choose_predictor(models, InferenceOptions(engine="openvino"))
    check_poses(predictor.predict(world.reader), world, 0.1)


def test_with_centroids_a_single_animal_is_the_best_one(make_model: Any, make_world: Any) -> None:
    world = make_world(2, n_frames=2)
    predictor = choose(make_model, [CONFMAPS, CENTROIDS])
    assert [len(poses) for poses in predictor.predict(world.reader)] == [1, 1]


def test_batch_sizes(make_model: Any) -> None:
    from sleap.inference.options import CentroidOptions, TopdownOptions

    predictor = choose(
        make_model,
        [TOPDOWN, CENTROIDS],
        topdown=TopdownOptions(batch_size=7),
        centroid=CentroidOptions(),
    )
    assert [stage.batch_size for stage in predictor.stages] == [4, 7]
    predictor = choose(make_model, [CONFMAPS, PAFS])
    assert [stage.batch_size for stage in predictor.stages] == [1, 4]
    models = load_models([make_model(CONFMAPS, "again")])
    options = InferenceOptions(engine="openvino", batch_size=3)
    assert choose_predictor(models, options).stages[0].batch_size == 3


def test_crops_are_as_large_as_in_training_unless_told_otherwise(make_model: Any) -> None:
    from sleap.inference.options import RegionOptions

    models = load_models(
        [make_model(TOPDOWN, scale=0.5, bounding_box_size=41), make_model(CENTROIDS)]
    )
    options = InferenceOptions(engine="openvino")
    assert choose_predictor(models, options)._side == 42
    options = InferenceOptions(engine="openvino", region=RegionOptions(instance_box_length=100))
    assert choose_predictor(models, options)._side == 50
    models[0].profile.trainer.bounding_box_size = 0
    assert choose_predictor(models, InferenceOptions(engine="openvino"))._side == 80


def test_it_says_what_runs(make_model: Any) -> None:
    class Listener(Progress):
        said = ""

        def say(self, text: str) -> None:
            self.said += text

    progress = Listener()
    choose_predictor(load_models([make_model(CONFMAPS)]), InferenceOptions(), progress)
    assert "Mode: single instance. Engine: " in progress.said
    assert ", because " in progress.said


def test_what_openvino_cannot_run_goes_to_keras(
    make_model: Any, make_world: Any, monkeypatch: Any
) -> None:
    pytest.importorskip("keras")
    from sleap.inference import engine as module
    from sleap.inference.engines import openvino_graph

    monkeypatch.setattr(module, "has_gpu", lambda: False)
    monkeypatch.delitem(openvino_graph._LAYERS, "Rescaling")
    models = load_models([make_model(CONFMAPS)])
    predictor = choose_predictor(models, InferenceOptions())
    assert predictor.stages[0].engine.name == "keras"
    (poses,) = predictor.predict(make_world(1, n_frames=1).reader)
    assert len(poses) == 1
    predictor.close()
    with pytest.raises(ModelError, match="does not know"):
        choose_predictor(models, InferenceOptions(engine="openvino"))


def test_a_network_that_does_not_fit_its_skeleton(make_model: Any) -> None:
    models = load_models([make_model(CONFMAPS, n_outputs=5)])
    with pytest.raises(ModelError, match=r"puts out 5 channels, but confmaps .* 3"):
        choose_predictor(models, InferenceOptions())


def test_a_model_without_skeleton(make_model: Any) -> None:
    path = make_model(CONFMAPS)
    job = path / "training_job.json"
    text = job.read_text()
    start = text.index('"skeletons": [')
    job.write_text(text[:start] + '"skeletons": null}' + ', "trainer": {}}')
    with pytest.raises(ModelError, match="does not say which nodes"):
        load_models([path])


def test_a_missing_model(tmp_path: Any) -> None:
    with pytest.raises(ModelError, match="nowhere"):
        load_models([tmp_path / "nowhere"])
