"""What a timeline shows, kept in step with a session; long reading is done off the thread."""

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

from qtpy.QtCore import QObject, Signal

from sleap.core.series import STATISTICS
from sleap.core.track import Track
from sleap.editing.touched import Kind, Touched
from sleap.gui import jobs
from sleap.gui.bridge import SessionSignals
from sleap.gui.session import Session
from sleap.gui.timeline.data import TimelineData
from sleap.gui.timeline.graph import Graph

T = TypeVar("T")

logger = logging.getLogger(__name__)

N_FRAMES_AT_ONCE = 100_000
"""Labels of more frames than this are read in a thread."""

N_INSTANCES_AT_ONCE = 300_000
"""So are those of more instances."""

N_MEASURED_AT_ONCE = 10_000
"""A statistic over more instances than this is computed in a thread."""

CONTENT = Kind.POINTS | Kind.INSTANCES | Kind.TRACKS | Kind.FRAMES
WHO = Kind.INSTANCES | Kind.TRACKS | Kind.FRAMES


class Loaded(Generic[T]):
    """Something made of labels, in a thread if it takes long, that edits meanwhile do not spoil.

    What is read while it is edited may be wrong only where the edit was: the edits are kept, and
    handed on once it is there.

    Args:
        follow: Called with every edit there was while it was made.
        changed: Called when it is there.

    Attributes:
        value: What was made; None if there is none, or not yet.
    """

    def __init__(self, follow: Callable[[Touched], None], changed: Callable[[], None]) -> None:
        self.value: T | None = None
        self._follow = follow
        self._changed = changed
        self._job: object = None
        self._edits: list[Touched] = []

    @property
    def is_loading(self) -> bool:
        """Whether it is being made in a thread."""
        return self._job is not None

    def clear(self) -> None:
        """Have none."""
        self.value, self._job, self._edits = None, None, []

    def load(self, make: Callable[[], T], *, in_thread: bool) -> None:
        """Make it anew; what there was stays until then."""
        self._edits = []
        if not in_thread:
            self._job = None
            self.value = make()
            self._changed()
            return
        token = self._job = object()

        def finish(value: T) -> None:
            if self._job is token:
                self._job, edits = None, self._edits
                self.value = value
                for touched in edits:
                    self._follow(touched)
                self._changed()

        def fail(error: BaseException) -> None:
            if self._job is not token:
                return
            if self._edits:  # most likely it read what was just being changed
                self.load(make, in_thread=True)
                return
            logger.error("The timeline could not be read.", exc_info=error)
            self.clear()
            self._changed()

        jobs.run(None, "Read the timeline", lambda progress: make(), finish, fail)

    def keeps(self, touched: Touched) -> bool:
        """Take note of an edit if it is being made now; tell whether it is."""
        if self.is_loading:
            self._edits.append(touched)
        return self.is_loading


class Feed(QObject):
    """The data of a timeline.

    Args:
        session: What is shown.
        parent: The timeline.
    """

    changed = Signal()
    """Something is to be drawn differently."""
    reset = Signal()
    """Another video is shown."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tracks: list[Track] = []
        self._data: Loaded[TimelineData] = Loaded(self._follow_data, self.changed.emit)
        self._graph: Loaded[Graph] = Loaded(self._follow_graph, self.changed.emit)
        pieces = self._data, self._graph
        self.destroyed.connect(lambda: [piece.clear() for piece in pieces])
        signals = SessionSignals(session, self)
        signals.video_changed.connect(self.reload)
        signals.document_changed.connect(self.reload)
        signals.look_changed.connect(self._choose)
        signals.labels_changed.connect(self._follow)
        self.reload()

    @property
    def data(self) -> TimelineData | None:
        """The labels of the video; None while they are read for the first time."""
        return self._data.value

    @property
    def graph(self) -> Graph | None:
        """The chosen statistic; None without one, and while it is computed for the first time."""
        return self._graph.value

    @property
    def statistic(self) -> str:
        """Name of the chosen statistic; "" for none, and for one that there is not."""
        name = self._session.look.header_statistic
        return name if name in STATISTICS else ""

    @property
    def node(self) -> str:
        """Name of the node that the statistic looks at; "" for the first, or if it needs none."""
        wanted, skeletons = self._session.look.header_node, self._session.labels.skeletons
        needs_one = bool(self.statistic) and STATISTICS.get(self.statistic).needs_node
        is_there = bool(skeletons) and wanted in skeletons[0].node_names
        return wanted if needs_one and is_there else ""

    @property
    def is_loading(self) -> bool:
        """Whether something is being read in a thread."""
        return self._data.is_loading or self._graph.is_loading

    def reload(self) -> None:
        """Read all anew."""
        video = self._session.video
        if self._data.value is not None and self._data.value.video is not video:
            self._data.clear()
            self._graph.clear()
        self.reset.emit()
        self._load_data()
        self._load_graph()

    # -- reading --------------------------------------------------------------------------------

    def _load_data(self) -> None:
        labels, video = self._session.labels, self._session.video
        self._tracks = list(labels.tracks)
        if video is None:
            self._data.clear()
            self.changed.emit()
            return
        store = labels.store
        is_long = store.n_frames > N_FRAMES_AT_ONCE or store.n_instances > N_INSTANCES_AT_ONCE
        self._data.load(lambda: TimelineData.of(labels, video), in_thread=is_long)

    def _load_graph(self) -> None:
        store, number = self._session.labels.store, self._session.video_number
        name, node = self.statistic, self.node
        if not name or number < 0:
            self._graph.clear()
            self.changed.emit()
            return
        is_long = store.n_instances > N_MEASURED_AT_ONCE
        self._graph.load(lambda: Graph(store, number, name, node), in_thread=is_long)

    # -- following ------------------------------------------------------------------------------

    def _choose(self) -> None:
        """Show the statistic that was chosen; other changes of the look are a matter of drawing."""
        graph = self._graph.value
        shown = ("", "") if graph is None else (graph.name, graph.node)
        if shown != (self.statistic, self.node) or self._graph.is_loading:
            self._graph.clear()
            self._load_graph()
        else:
            self.changed.emit()

    def _follow(self, touched: Touched) -> None:
        if Kind.VIDEOS in touched.kinds:
            self.reload()
        elif touched.kinds & WHO and self._are_renumbered():
            self._load_data()
            self._load_graph()
        else:
            self._follow_data(touched)
            self._follow_graph(touched)

    def _follow_data(self, touched: Touched) -> None:
        if self._data.keeps(touched) or self._data.value is None:
            return
        data, labels = self._data.value, self._session.labels
        is_news = False
        if touched.kinds & WHO:
            frames = self._frames_of(touched)
            if frames is None:
                self._load_data()
                return
            is_news = data.update(labels, frames)
        if Kind.SUGGESTIONS in touched.kinds:
            data.update_suggestions(labels)
            is_news = True
        if Kind.METADATA in touched.kinds:
            data.update_anchors(labels)
            is_news = True
        if is_news:
            self.changed.emit()

    def _follow_graph(self, touched: Touched) -> None:
        graph = self._graph.value
        if not self.statistic or self._graph.keeps(touched):
            return
        if Kind.SKELETON in touched.kinds:
            self._load_graph()
        elif touched.kinds & CONTENT:
            frames = self._frames_of(touched)
            if frames is None or graph is None:
                self._load_graph()
            elif frames:
                graph.update(self._session.labels.store, frames)
                self.changed.emit()

    def _frames_of(self, touched: Touched) -> list[int] | None:
        """Return which frames of the current video were edited; None if that is not known."""
        if touched.frames is None:
            return None
        number = self._session.video_number
        return sorted(frame_idx for video, frame_idx in touched.frames if video == number)

    def _are_renumbered(self) -> bool:
        """Tell whether tracks went, or changed places; new ones at the end do not matter."""
        known, tracks = self._tracks, self._session.labels.tracks
        self._tracks = list(tracks)
        return tracks[: len(known)] != known
