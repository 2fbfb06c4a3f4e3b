import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError

TABLES = ("frames", "instances", "points", "pred_points")


def reload(labels: Labels) -> Labels:
    """Return what reading a file would give."""
    tables = dict(zip(TABLES, (table.copy() for table in labels.to_tables()), strict=True))
    for table in tables.values():
        table.flags.writeable = False
    return Labels.from_tables(
        **tables, videos=labels.videos, skeletons=labels.skeletons, tracks=labels.tracks
    )


def test_tables_given_are_used_and_returned_as_they_are(labels: Labels) -> None:
    tables = labels.to_tables()
    again = Labels.from_tables(
        **dict(zip(TABLES, tables, strict=True)),
        videos=labels.videos,
        skeletons=labels.skeletons,
        tracks=labels.tracks,
    )
    assert all(a is b for a, b in zip(again.to_tables(), tables, strict=True))
    again[0].instances[0]["head"] = (1, 1)
    again.set_tracks([0], [-1])
    assert all(a is b for a, b in zip(again.to_tables(), tables, strict=True))


def test_bad_tables_are_refused(labels: Labels) -> None:
    tables = dict(zip(TABLES, labels.to_tables(), strict=True))
    with pytest.raises(LabelsError, match="'frames', rows 0, 1: video outside of the 0 listed"):
        Labels.from_tables(**tables, skeletons=labels.skeletons, tracks=labels.tracks)


def test_instances_that_no_frame_has_are_dropped(labels: Labels) -> None:
    tables = dict(zip(TABLES, (table.copy() for table in labels.to_tables()), strict=True))
    tables["frames"]["instance_id_end"][0] = 2
    again = Labels.from_tables(
        **tables, videos=labels.videos, skeletons=labels.skeletons, tracks=labels.tracks
    )
    assert again.statistics().n_instances == 3
    assert [len(table) for table in again.to_tables()] == [2, 3, 8, 4]


def test_what_surrounds_the_tables_is_kept(labels: Labels) -> None:
    around = {
        "suggestions": [SuggestionFrame(labels.video, 3)],
        "provenance": {"by": "me"},
        "negative_anchors": {0: [(1, 2.0, 3.0)]},
        "metadata": {"sessions": []},
    }
    tables = dict(zip(TABLES, Labels().to_tables(), strict=True))
    for made in (Labels(**around), Labels.from_tables(**tables, **around)):  # type: ignore[arg-type]
        for one in (made, made.copy()):
            assert {name: getattr(one, name) for name in around} == around


def test_a_copy_stands_alone(labels: Labels) -> None:
    twin = labels.copy()
    twin[0].instances[0]["head"] = (0, 0)
    twin.remove_frame(twin[1])
    assert len(labels) == 2 and labels[0].instances[0]["head"] == (3.0, 3.0)
    assert twin.videos is not labels.videos and twin.videos == labels.videos


def test_adding_a_frame_that_is_there_returns_it(labels: Labels) -> None:
    assert labels.add_frame(labels.video, 7) is labels[0]
    new = labels.add_frame(labels.video, 3)
    assert len(labels) == 3 and new.instances == [] and labels.find(labels.video, 3) is new


def test_removing_predictions_leaves_no_empty_frame(labels: Labels) -> None:
    empty = labels.add_frame(labels.video, 4)
    labels.add_frame(labels.video, 5).append(PredictedInstance(labels.skeleton, score=0.1))
    assert labels.remove_predictions(score_below=0.5) == 2
    assert [frame.frame_idx for frame in labels] == [7, 2, 4] and labels[2] is empty
    assert len(labels[0]) == 2 and labels.remove_predictions() == 1


def test_tracks_of_many_instances_are_set_at_once(labels: Labels) -> None:
    labels.set_tracks(labels.instance_rows(), [1, 0, -1, 0])
    a, b = labels.tracks
    assert [one.track for frame in labels for one in frame.instances] == [b, a, None, a]
    with pytest.raises(LabelsError, match="Track 0 to 2: there are 2"):
        labels.set_tracks([0, 1], [0, 2])


def test_instances_are_removed_by_row(labels: Labels) -> None:
    labels.remove_instances(labels.instance_rows(kind="user"))
    assert labels.n_user_instances == 0 and labels.n_predicted_instances == 2 and len(labels) == 2


class Animal:
    """An instance of the plain model."""

    def __init__(
        self,
        predicted: bool,
        points: np.ndarray,
        track: Track | None,
        origin: "Animal | None" = None,
        score: float = np.nan,
    ) -> None:
        self.predicted, self.points, self.track = predicted, points, track
        self.origin, self.score = origin, score


class Picture:
    """A frame of the plain model."""

    def __init__(self, video: Video, frame_idx: int) -> None:
        self.video, self.frame_idx = video, frame_idx
        self.animals: list[Animal] = []


places = st.tuples(st.integers(0, 1), st.integers(0, 7))


class EditedLabels(RuleBasedStateMachine):
    """Random edits of Labels, beside the same edits of plain lists."""

    @initialize()
    def start(self) -> None:
        self.videos = [Video("a.mp4"), Video("b.mp4", shape=(9, 4, 4, 1))]
        self.skeleton = Skeleton(["a", "b"])
        self.tracks = [Track("1"), Track("2"), Track("3")]
        self.labels = Labels(videos=self.videos, skeletons=[self.skeleton], tracks=self.tracks[:1])
        self.pictures: list[Picture] = []
        self.n_made = 0

    def picture(self, place: tuple[int, int]) -> Picture:
        video = self.videos[place[0]]
        for picture in self.pictures:
            if picture.video is video and picture.frame_idx == place[1]:
                return picture
        self.pictures.append(Picture(video, place[1]))
        return self.pictures[-1]

    def points(self) -> np.ndarray:
        self.n_made += 1
        missing = np.nan if self.n_made % 5 == 0 else 1.0
        return np.array([[self.n_made, 1.0], [missing, missing]])

    def make(self, predicted: bool, track: int) -> tuple[Instance, Animal]:
        points, chosen = self.points(), self.tracks[track] if track >= 0 else None
        if predicted:
            score = self.n_made % 10 / 10
            made: Instance = PredictedInstance(self.skeleton, points, chosen, score=score)
            return made, Animal(True, points, chosen, score=score)
        return Instance(self.skeleton, points, chosen), Animal(False, points, chosen)

    @rule(place=places, predicted=st.booleans(), track=st.integers(-1, 2))
    def append_instance(self, place: tuple[int, int], predicted: bool, track: int) -> None:
        instance, animal = self.make(predicted, track)
        self.labels.add_frame(self.videos[place[0]], place[1]).append(instance)
        self.picture(place).animals.append(animal)

    @rule(place=places, kinds=st.lists(st.booleans(), max_size=3), linked=st.booleans())
    def append_frame(self, place: tuple[int, int], kinds: list[bool], linked: bool) -> None:
        made = [self.make(predicted, -1) for predicted in kinds]
        picture = self.picture(place)
        for instance, animal in made:
            if linked and made[-1][1].predicted and not animal.predicted:
                instance.from_predicted, animal.origin = made[-1][0], made[-1][1]  # type: ignore[assignment]
            picture.animals.append(animal)
        frame = LabeledFrame(self.videos[place[0]], place[1], [one for one, _ in made])
        self.labels.append(frame)

    @rule(places=st.lists(places, max_size=3, unique=True), n=st.integers(0, 2))
    def append_poses(self, places: list[tuple[int, int]], n: int) -> None:
        for video in (0, 1):
            chosen = [place for place in places if place[0] == video]
            found = []
            for place in chosen:
                points = np.array([self.points() for _ in range(n)]).reshape(n, 2, 2)
                tracks = [k - 1 for k in range(n)]
                found.append(Poses(place[1], points, np.ones((n, 2)), np.full(n, 0.5), tracks))
            self.labels.add_poses(self.videos[video], found, tracks=self.tracks)
            for place, poses in sorted(zip(chosen, found, strict=True), key=lambda pair: pair[0]):
                if n:
                    self.picture(place).animals += [
                        Animal(True, xy, self.tracks[t] if t >= 0 else None, score=0.5)
                        for xy, t in zip(poses.points, poses.tracks.tolist(), strict=True)
                    ]

    @precondition(lambda self: any(picture.animals for picture in self.pictures))
    @rule(data=st.data())
    def edit_instance(self, data: st.DataObject) -> None:
        place = data.draw(
            st.sampled_from([k for k, one in enumerate(self.pictures) if one.animals])
        )
        picture, frame = self.pictures[place], self.labels[place]
        which = data.draw(st.integers(0, len(picture.animals) - 1))
        animal, instance = picture.animals[which], frame.instances[which]
        what = data.draw(st.sampled_from(["remove", "move", "track", "derive"]))
        if what == "remove":
            frame.remove(instance)
            del picture.animals[which]
        elif what == "move":
            animal.points = self.points()
            instance.set_points(animal.points)
        elif what == "track":
            animal.track = instance.track = data.draw(st.sampled_from(self.tracks))
        elif animal.predicted:
            assert isinstance(instance, PredictedInstance)
            points = self.points()
            frame.append(Instance(self.skeleton, points, instance.track, instance))
            picture.animals.append(Animal(False, points, animal.track, animal))

    @precondition(lambda self: self.pictures)
    @rule(data=st.data())
    def remove_frame(self, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(self.pictures) - 1))
        self.labels.remove_frame(self.labels[place])
        del self.pictures[place]

    @rule(video=st.sampled_from([None, 0, 1]), below=st.sampled_from([None, 0.55]))
    def remove_predictions(self, video: int | None, below: float | None) -> None:
        chosen = None if video is None else self.videos[video]
        self.labels.remove_predictions(chosen, score_below=below)
        for picture in list(self.pictures):
            if chosen is not None and picture.video is not chosen:
                continue
            kept = [
                one
                for one in picture.animals
                if not one.predicted or (below is not None and one.score >= below)
            ]
            if picture.animals and not kept:
                self.pictures.remove(picture)
            picture.animals = kept

    @rule()
    def reverse_nodes(self) -> None:
        self.labels.reorder_nodes([1, 0], self.skeleton)
        for picture in self.pictures:
            for animal in picture.animals:
                animal.points = animal.points[::-1]

    @precondition(lambda self: len(self.labels.tracks) > 1)
    @rule(place=places, data=st.data())
    def transpose(self, place: tuple[int, int], data: st.DataObject) -> None:
        a, b = (data.draw(st.sampled_from(self.labels.tracks)) for _ in range(2))
        self.labels.transpose_tracks(a, b, place[1], self.videos[place[0]])
        for picture in self.pictures:
            if picture.video is self.videos[place[0]] and picture.frame_idx >= place[1]:
                for animal in picture.animals:
                    animal.track = {a: b, b: a}.get(animal.track, animal.track)  # type: ignore[arg-type]

    @precondition(lambda self: len(self.labels.tracks) > 1)  # without tracks arrays differ
    @rule(data=st.data())
    def remove_track(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(self.labels.tracks))
        self.labels.remove_tracks([gone])
        for picture in self.pictures:
            for animal in picture.animals:
                animal.track = None if animal.track is gone else animal.track

    @rule()
    def save_and_load(self) -> None:
        self.labels = reload(self.labels)

    @rule()
    def copy(self) -> None:
        self.labels = self.labels.copy()

    @rule()
    def remove_and_undo(self) -> None:
        store = self.labels.store
        rows = store.live_instances[::2].copy()
        store.remove_instances(rows)
        frames = store.live_frames[::2].copy()
        members = store.remove_frames(frames)
        store.revive_frames(frames)
        store.revive_instances(members)
        store.revive_instances(rows)

    @invariant()
    def both_hold_the_same(self) -> None:
        if not hasattr(self, "labels"):
            return
        for labels in (self.labels, reload(self.labels)):
            self.compare(labels)

    def compare(self, labels: Labels) -> None:
        assert len(labels) == len(self.pictures)
        known = [animal for picture in self.pictures for animal in picture.animals]
        seen = [instance for frame in labels for instance in frame.instances]
        for frame, picture in zip(labels, self.pictures, strict=True):
            assert (frame.video, frame.frame_idx) == (picture.video, picture.frame_idx)
            assert labels.find(picture.video, picture.frame_idx) is frame
            assert len(frame.instances) == len(picture.animals)
        for instance, animal in zip(seen, known, strict=True):
            assert instance.is_predicted == animal.predicted and instance.track is animal.track
            np.testing.assert_array_equal(instance.numpy(), animal.points)
            if animal.predicted:
                assert instance.score == np.float32(animal.score)
            if animal.origin in known:
                assert instance.from_predicted is seen[known.index(animal.origin)]
            else:
                assert instance.from_predicted is None
        for video in self.videos:
            self.compare_video(labels, video)

    def compare_video(self, labels: Labels, video: Video) -> None:
        of_video = sorted(
            (one for one in self.pictures if one.video is video), key=lambda one: one.frame_idx
        )
        assert [frame.frame_idx for frame in labels[video]] == [one.frame_idx for one in of_video]
        found = labels.statistics(video)
        animals = [animal for one in of_video for animal in one.animals]
        assert found.n_instances == len(animals)
        assert found.n_predicted_instances == sum(animal.predicted for animal in animals)
        n_frames = max([video.n_frames or 0, *(one.frame_idx + 1 for one in of_video)])
        expected = np.full((n_frames, len(labels.tracks), 2, 2), np.nan)
        for predicted in (True, False):
            for one in of_video:
                for animal in one.animals:
                    if animal.predicted == predicted and animal.track is not None:
                        column = labels.tracks.index(animal.track)
                        expected[one.frame_idx, column] = animal.points
        np.testing.assert_array_equal(labels.numpy(video), expected)
        poses = list(labels.poses(video))
        assert [len(one) for one in poses] == [len(one.animals) for one in of_video if one.animals]


def test_instances_are_chosen_by_track_and_video(labels: Labels) -> None:
    a, b = labels.tracks
    assert labels.choose_instances(tracks=iter([a])).tolist() == [0, 1]
    assert labels.choose_instances(tracks=[b, None]).tolist() == [2, 3]
    assert labels.choose_instances(tracks=[Track("stranger")]).tolist() == []
    assert labels.choose_instances(labels.video, "user", frame_range=(0, 5)).tolist() == [3]
    assert labels.choose_instances(Video("stranger.mp4")).tolist() == []
    assert labels.remove_predictions(area=(4, 4, 6, 6)) == 1 and len(labels[0]) == 2
    assert labels.remove_predictions(rank_limit=1) == 0 and labels.remove_predictions() == 1


def test_only_what_lies_in_labels_is_extracted(labels: Labels) -> None:
    part = labels.extract(labels.frame_rows()[:1])
    assert [frame.frame_idx for frame in part] == [2]
    with pytest.raises(LabelsError, match="not in these labels"):
        labels.extract([part[0]])
    with pytest.raises(LabelsError, match="have no Video"):
        labels.extract(videos=[Video("stranger.mp4")])


EditedLabels.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
test_random_edits = EditedLabels.TestCase
