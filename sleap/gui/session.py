"""What one window shows: a document, and where in it the user is. Plain Python, no widgets."""

import logging
from collections import defaultdict
from collections.abc import Callable
from enum import Enum, auto
from typing import Any

import attrs

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, instance_view
from sleap.core.labels import Labels
from sleap.core.tables import PREDICTED
from sleap.core.video import Video
from sleap.editing.document import Document
from sleap.editing.edits.lookup import shown_members
from sleap.editing.touched import Kind, Touched
from sleap.gui.look import Look as Look

logger = logging.getLogger(__name__)

Place = tuple[Video, int]
"""A video and an index of a frame in it."""

EDITS_OF_FRAMES = Kind.POINTS | Kind.INSTANCES | Kind.TRACKS


class Topic(Enum):
    """What listeners are told of."""

    DOCUMENT = auto()
    """Another document was opened; all else may have changed with it."""
    VIDEO = auto()
    FRAME = auto()
    """Another frame is current; of another video after ``VIDEO``."""
    SELECTION = auto()
    """Another instance, or other nodes, are selected."""
    RANGE = auto()
    LOOK = auto()
    LABELS = auto()
    """The labels were edited; listeners are given the ``Touched``."""


class Session:
    """A document, the place in it, what is selected, and how it is drawn.

    Args:
        document: What is edited; None: a new document in memory, without a journal.
        look: How labels are drawn.

    Attributes:
        document: What is edited.
        video: The current video; None if the project has none.
        frame_idx: Index of the current frame in it.
        instance_row: Row of the selected instance in ``labels.store.instances``; -1 for none.
        nodes: Indices of the selected nodes of the selected instance.
        frame_range: First and last selected frame, both included; None for none.
        marked: The marked place.
        last_edited: Where instances were edited last.
        look: How labels are drawn.
    """

    def __init__(self, document: Document | None = None, look: Look | None = None) -> None:
        self.document = document or Document(Labels())
        self.look = look or Look()
        self.video: Video | None = None
        self.frame_idx = 0
        self.instance_row = -1
        self.nodes: frozenset[int] = frozenset()
        self.frame_range: tuple[int, int] | None = None
        self.marked: Place | None = None
        self.last_edited: Place | None = None
        self._listeners: dict[Topic, list[Callable[..., None]]] = defaultdict(list)
        self._end_subscription: Callable[[], None] = lambda: None
        self._settle(self.document)

    # -- reading --------------------------------------------------------------------------------

    @property
    def labels(self) -> Labels:
        """The labels of the document."""
        return self.document.labels

    @property
    def video_number(self) -> int:
        """Place of the current video in the list; -1 if there is none."""
        return (
            -1 if self.video is None else self.labels.store.find_in(self.labels.videos, self.video)
        )

    @property
    def n_frames(self) -> int:
        """How many frame indices the current video has: its length, or up to its last label."""
        if self.video is None:
            return 0
        known = self.video.n_indices
        if known:
            return known
        labeled = self.labels.labeled_indices(self.video)
        return int(labeled.max()) + 1 if len(labeled) else 1

    @property
    def frame(self) -> LabeledFrame | None:
        """The labels on the current frame; None if it has none."""
        return None if self.video is None else self.labels.find(self.video, self.frame_idx)

    @property
    def instances(self) -> list[int]:
        """Rows of the instances shown on the current frame, in drawing order.

        Predictions come first, so that what the user set lies above them; those that user
        instances were made from are not shown.
        """
        frame = self.frame
        if frame is None:
            return []
        store = self.labels.store
        kinds = store.instances.rows["instance_type"]
        shown = shown_members(store, frame.row)
        return sorted(shown, key=lambda row: kinds[row] != PREDICTED)

    @property
    def selectable(self) -> list[int]:
        """Rows that can be selected, in the order in which they are numbered.

        Those the user set come first; predictions only while they are coloured.
        """
        kinds = self.labels.store.instances.rows["instance_type"]
        rows = self.instances
        users = [row for row in rows if kinds[row] != PREDICTED]
        return users + (
            [row for row in rows if kinds[row] == PREDICTED] if self.look.color_predicted else []
        )

    @property
    def instance(self) -> Instance | None:
        """The selected instance."""
        if self.instance_row < 0:
            return None
        return instance_view(self.labels.store, self.instance_row)

    # -- moving ---------------------------------------------------------------------------------

    def go_to(self, frame_idx: int, video: Video | None = None) -> None:
        """Show a frame, the nearest there is; of the current video unless another is given."""
        video = video or self.video
        if video is None:
            return
        is_other = video is not self.video
        self.video = video
        frame_idx = max(0, min(int(frame_idx), self.n_frames - 1))
        if not is_other and frame_idx == self.frame_idx:
            return
        self.frame_idx = frame_idx
        had_range = is_other and self.frame_range is not None
        if is_other:
            self.frame_range = None
        was_selected = self._deselect()
        if is_other:
            self._tell(Topic.VIDEO)
        self._tell(Topic.FRAME)
        if was_selected:
            self._tell(Topic.SELECTION)
        if had_range:
            self._tell(Topic.RANGE)

    def step(self, n_frames: int) -> None:
        """Go so many frames on, or back; past the end it goes on at the other one."""
        if self.n_frames:
            self.go_to((self.frame_idx + n_frames) % self.n_frames)

    def select(self, row: int, nodes: frozenset[int] | set[int] = frozenset()) -> None:
        """Select an instance by row, and some of its nodes; -1 for none.

        An instance of another frame is gone to.
        """
        if row >= 0 and row not in self.instances:
            self._go_to_row(row)
        nodes = frozenset(nodes) if row >= 0 else frozenset()
        if (row, nodes) != (self.instance_row, self.nodes):
            self.instance_row, self.nodes = row, nodes
            self._tell(Topic.SELECTION)

    def set_range(self, first: int | None, last: int | None = None) -> None:
        """Select frames from one to another, in either order; None: none."""
        chosen = None
        if first is not None and last is not None and self.n_frames:
            ends = sorted(max(0, min(int(end), self.n_frames - 1)) for end in (first, last))
            chosen = (ends[0], ends[1])
        if chosen != self.frame_range:
            self.frame_range = chosen
            self._tell(Topic.RANGE)

    def mark(self) -> None:
        """Remember the current frame, to come back to."""
        if self.video is not None:
            self.marked = self.video, self.frame_idx
            self._tell(Topic.RANGE)

    def set_look(self, **changes: Any) -> None:
        """Draw otherwise.

        Args:
            **changes: Fields of ``Look``.

        Raises:
            ValueError: If there is no such field, or it does not take the value.
        """
        try:
            look = attrs.evolve(self.look, **changes)
        except TypeError as error:
            raise ValueError(str(error)) from error
        if look != self.look:
            self.look = look
            self._tell(Topic.LOOK)

    def open(self, document: Document) -> None:
        """Show another document, from its beginning."""
        self._settle(document)
        for topic in (Topic.DOCUMENT, Topic.VIDEO, Topic.FRAME, Topic.SELECTION, Topic.RANGE):
            self._tell(topic)

    def close(self) -> None:
        """Follow the document no more."""
        self._end_subscription()
        self._listeners.clear()

    # -- back and forth -------------------------------------------------------------------------

    def undo(self) -> str | None:
        """Undo the last step, and go to where it was; return its title, None if there is none."""
        return self._go_along(self.document.undo)

    def redo(self) -> str | None:
        """Do what was undone again, and go to where it is; return its title, None if none is."""
        return self._go_along(self.document.redo)

    def _go_along(self, step: Callable[[], str | None]) -> str | None:
        """Take a step in the history; show a frame that it touched, unless one is shown."""
        places: list[tuple[int, int]] = []
        end = self.document.subscribe(lambda touched: places.extend(touched.frames or ()))
        try:
            title = step()
        finally:
            end()
        if places and (self.video_number, self.frame_idx) not in places:
            number, frame_idx = min(places)
            if number < len(self.labels.videos):
                self.go_to(frame_idx, self.labels.videos[number])
        return title

    # -- listeners ------------------------------------------------------------------------------

    def subscribe(self, topic: Topic, listener: Callable[..., None]) -> Callable[[], None]:
        """Have a function called whenever something changes; return what ends that.

        Those of ``LABELS`` are given the ``Touched``, all others nothing.
        """
        listeners = self._listeners[topic]
        listeners.append(listener)
        return lambda: listeners.remove(listener) if listener in listeners else None

    def _tell(self, topic: Topic, *facts: object) -> None:
        for listener in list(self._listeners[topic]):
            try:
                listener(*facts)
            except Exception:
                logger.exception("A view could not follow a change of %s.", topic.name.lower())

    # -- inside ---------------------------------------------------------------------------------

    def _settle(self, document: Document) -> None:
        self._end_subscription()
        self.document = document
        self._end_subscription = document.subscribe(self._follow)
        self.video = document.labels.videos[0] if document.labels.videos else None
        self.frame_idx = 0
        if self.video is not None and self.video.is_embedded:
            labeled = document.labels.labeled_indices(self.video)
            self.frame_idx = int(labeled.min()) if len(labeled) else 0
        self.frame_range = self.marked = self.last_edited = None
        self._deselect()

    def _deselect(self) -> bool:
        was_selected = self.instance_row >= 0
        self.instance_row, self.nodes = -1, frozenset()
        return was_selected

    def _go_to_row(self, row: int) -> None:
        store = self.labels.store
        frame = store.frames.rows[int(store.instances.rows["frame_id"][row])]
        self.go_to(int(frame["frame_idx"]), store.videos[int(frame["video"])])

    def _follow(self, touched: Touched) -> None:
        """Keep to what is still there after an edit, then pass it on."""
        before = self.video, self.frame_idx
        videos = self.labels.videos
        if self.video is None or self.video_number < 0:
            self.video = videos[0] if videos else None
            self.frame_idx = 0
            self.frame_range = None
        if Kind.VIDEOS in touched.kinds:
            self.frame_idx = max(0, min(self.frame_idx, self.n_frames - 1))
        if self.marked is not None and self.labels.store.find_in(videos, self.marked[0]) < 0:
            self.marked = None
        if touched.kinds & EDITS_OF_FRAMES and self.video is not None:
            self.last_edited = self.video, self.frame_idx
        lost = self.instance_row >= 0 and self.instance_row not in self.instances
        if lost:
            self._deselect()
        self._tell(Topic.LABELS, touched)
        if before[0] is not self.video:
            self._tell(Topic.VIDEO)
        if before != (self.video, self.frame_idx):
            self._tell(Topic.FRAME)
        if lost:
            self._tell(Topic.SELECTION)
