"""Every edit, found by import: undone and redone, rolled back, and brought back after a crash."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from found_edits import EDITS

from sleap.core.choice import Choice
from sleap.core.labels import Labels
from sleap.core.merge import plan_merge
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video
from sleap.editing.document import Document
from sleap.editing.edits.instances.copying import copy_instance
from sleap.editing.journal.replay import replay
from sleap.io.files import load_file, save_file

Run = Callable[..., Any]
Sample = Callable[[Labels], tuple[Any, ...]]


def made(labels: Labels) -> Any:
    return labels[0].user_instances[0]


def other() -> Labels:
    """Return labels to be merged: a node, a video and predictions are new."""
    labels = Labels(videos=[Video("day1.mp4", shape=(100, 480, 640, 1)), Video("day9.mp4")])
    skeleton = Skeleton(["thorax", "head", "tail"])
    for video in labels.videos:
        poses = Poses(12, np.ones((1, 3, 2)), np.ones((1, 3)), np.ones(1))
        labels.add_poses(video, [poses], skeleton)
    labels.suggestions.append(SuggestionFrame(labels.videos[1], 3))
    labels.negative_anchors[1] = [(3, 4.0, 5.0)]
    return labels


NEW_POSES = Poses(11, np.ones((1, 4, 2)), np.ones((1, 4)), np.ones(1))
TEMPLATE = Skeleton(["tail", "head", "left"], [(0, 1)], [], "mouse")

SAMPLES: dict[str, Sample] = {
    "frames.add_negative_anchor": lambda of: (of.video, 3, 4.0, 5.0),
    "frames.clear_negative_anchors": lambda of: (of.videos[1],),
    "frames.clear_negative_frame": lambda of: (of.videos[1], 8),
    "frames.mark_negative_frame": lambda of: (of.video, 11),
    "frames.remove_frames": lambda of: (of.video, [10, 11]),
    "instances.adding.add_instance": lambda of: (of.video, 13),
    "instances.adding.add_missing_nodes": lambda of: (of[2].instances[1],),
    "instances.adding.convert_prediction": lambda of: (of[1].instances[0],),
    "instances.adding.convert_predictions": lambda of: (of.video, 10),
    "instances.copying.paste_instance": lambda of: (of.video, 40, copy_instance(made(of))),
    "instances.deleting.delete_instance": lambda of: (made(of),),
    "instances.deleting.delete_instances": lambda of: (of[2].instances,),
    "merge.add_predictions": lambda of: (other(),),
    "merge.merge_labels": lambda of: (plan_merge(of, other()), "new"),
    "points.clear_nodes": lambda of: (made(of), ["head"]),
    "points.mark_complete": lambda of: (made(of),),
    "points.move_instance": lambda of: (made(of), 1, 2),
    "points.move_node": lambda of: (made(of), "head", 1, 2),
    "points.move_nodes": lambda of: (made(of), {"head": (1, 2), "left": (3, 4)}),
    "points.place_points": lambda of: (made(of), np.zeros((4, 2))),
    "points.rotate_instance": lambda of: (made(of), "head", 30),
    "points.shift_nodes": lambda of: ([(made(of), "head"), (of[2].instances[0], "left")], 1, 2),
    "points.toggle_visibility": lambda of: (made(of), "head"),
    "predictions.add_poses": lambda of: (of.video, [NEW_POSES]),
    "predictions.delete_beyond_instance_limit": lambda of: (1,),
    "predictions.delete_chosen": lambda of: (Choice(tracks=[0, -1]),),
    "predictions.delete_low_scores": lambda of: (0.5,),
    "predictions.delete_predictions": lambda of: (),
    "predictions.delete_predictions_in_area": lambda of: (of.video, (0, 0, 200, 200)),
    "predictions.delete_predictions_in_clip": lambda of: (of.video, 11, 30),
    "predictions.delete_predictions_outside_clip": lambda of: (of.video, 11, 30),
    "skeleton.add_edge": lambda of: (of.skeleton, "left", "right"),
    "skeleton.add_node": lambda of: (of.skeleton, "tail"),
    "skeleton.add_skeleton": lambda of: (TEMPLATE,),
    "skeleton.load_skeleton": lambda of: (of.skeleton, TEMPLATE),
    "skeleton.remove_edge": lambda of: (of.skeleton, "thorax", "left"),
    "skeleton.remove_nodes": lambda of: (of.skeleton, ["thorax", "left"]),
    "skeleton.remove_skeletons": lambda of: ([of.skeletons[1]],),
    "skeleton.rename_node": lambda of: (of.skeleton, "thorax", "chest"),
    "skeleton.rename_skeleton": lambda of: (of.skeleton, "fly"),
    "skeleton.reorder_nodes": lambda of: (of.skeleton, [3, 2, 0, 1]),
    "skeleton.set_description": lambda of: (of.skeleton, "A fly.", b"png"),
    "skeleton.set_symmetry": lambda of: (of.skeleton, "head", "left"),
    "suggestions.add_suggestion": lambda of: (of.video, 3),
    "suggestions.add_suggestions": lambda of: ([SuggestionFrame(of.video, 3, 4)],),
    "suggestions.clear_suggestions": lambda of: (),
    "suggestions.remove_duplicate_suggestions": lambda of: (),
    "suggestions.remove_suggestions": lambda of: (of.suggestions[:1],),
    "suggestions.replace_suggestions": lambda of: ([SuggestionFrame(of.videos[1], 3, 4)],),
    "tracks.add_track": lambda of: ("queen",),
    "tracks.delete_all_tracks": lambda of: (),
    "tracks.delete_instance_and_track": lambda of: (of[3].instances[0],),
    "tracks.delete_tracks": lambda of: (of.tracks[:2],),
    "tracks.delete_unused_tracks": lambda of: (),
    "tracks.rename_track": lambda of: (of.tracks[0], "queen"),
    "tracks.set_new_track": lambda of: (made(of),),
    "tracks.set_track": lambda of: (made(of), of.tracks[1]),
    "tracks.transpose_tracks": lambda of: of[1].instances,
    "videos.add_videos": lambda of: ([Video("day8.mp4")],),
    "videos.relink_videos": lambda of: ({0: "new/day1.mp4"},),
    "videos.remove_videos": lambda of: (of.videos[:1],),
    "videos.replace_video": lambda of: (of.videos[1], Video("x.mp4", shape=(60, 8, 8, 3))),
    "videos.set_grayscale": lambda of: (of.video, True),
}


@pytest.fixture
def labels(labels: Labels) -> Labels:
    """The sample project, with something for every edit to find."""
    labels.skeletons.append(Skeleton(["a"], name="unused"))
    labels.suggestions.append(SuggestionFrame(labels.video, 10, 3))
    labels.tracks.append(type(labels.tracks[0])("unused"))
    labels.add_frame(labels.videos[1], 8)
    return labels


@pytest.fixture(params=EDITS)
def name(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    if name not in SAMPLES:
        pytest.fail(f"The edit '{name}' has no sample: add one to SAMPLES.")
    return name


def test_samples_are_of_edits() -> None:
    assert len(EDITS) > 50
    assert SAMPLES.keys() <= EDITS.keys()


def test_each_is_undone_and_redone(
    name: str, run: Run, labels: Labels, document: Document, compare: Run
) -> None:
    before, touched = compare(labels), []
    document.subscribe(touched.append)
    run(EDITS[name], *SAMPLES[name](labels))
    assert compare(labels) != before, "the sample changes nothing"
    assert document.undo_title == EDITS[name].__name__.replace("_", " ").capitalize()
    assert all(touched)


def test_each_is_rolled_back_if_it_fails(
    name: str, labels: Labels, document: Document, compare: Run
) -> None:
    before = compare(labels)

    def fail(tx: Any) -> None:
        EDITS[name](tx, *SAMPLES[name](labels))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        document.run(fail)
    assert compare(labels) == before
    assert document.undo_title is None


def test_each_comes_back_after_a_crash(
    name: str, labels: Labels, tmp_path: Path, journals: Path, compare: Run
) -> None:
    save_file(labels, tmp_path / "project.slp")
    document = Document.open(tmp_path / "project.slp")
    for step in (None, document.undo, document.redo):
        if step is None:
            document.run(EDITS[name], *SAMPLES[name](document.labels))
        else:
            step()
        [journal] = journals.glob("*.journal")
        assert compare(replay(journal, load_file).labels) == compare(document.labels)
    document.close()


def test_each_says_what_it_does() -> None:
    for name, edit in EDITS.items():
        assert inspect.getdoc(edit), name
        hints = inspect.signature(edit)
        assert hints.return_annotation is not inspect.Signature.empty, name
