"""Random sessions of editing: all edits, undo, redo, saves and crashes in any order."""

import random
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
import random_edits as playing
from drawn_edits import DRAWS, KEYWORDS, draw
from found_edits import EDITS
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sample_project import sample_project

from sleap.core.check import check_tables
from sleap.core.labels import Labels
from sleap.editing.changes.change import CHANGES
from sleap.editing.document import Document
from sleap.editing.journal.lost import LostWork
from sleap.editing.journal.replay import replay
from sleap.editing.saving import Saving
from sleap.errors import LabelsError
from sleap.io.files import load_file, save_file

SEEDS = st.integers(0, 2**32 - 1)


class Session(RuleBasedStateMachine):
    """A document on disk, edited, saved, and brought back after a crash."""

    n_sessions = n_steps = 0
    """How many were played until now, in all objects."""

    def __init__(self) -> None:
        super().__init__()
        Session.n_sessions += 1
        self.folder = Path(tempfile.mkdtemp())
        self.patch = pytest.MonkeyPatch()
        self.patch.setenv("SLEAP_STATE", str(self.folder / "state"))
        self.path = self.folder / "project.slp"
        self.saving: Saving | None = None

    @initialize(start=st.sampled_from([playing.start, sample_project]))
    def open(self, start: Callable[[], Labels]) -> None:
        save_file(start(), self.path)
        self.document = Document.open(self.path)
        self.seen = {playing.contents(self.document.labels)}
        self.boundaries: list[tuple[int, str]] = []
        self.states = [playing.contents(self.document.labels)]
        """What the labels were after each entry of the history that is done."""
        self.undone: list[str] = []

    def teardown(self) -> None:
        self.undo_all_and_redo_all()
        self.document.close()
        self.patch.undo()
        shutil.rmtree(self.folder)

    # -- rules ----------------------------------------------------------------------------------

    @rule(edit=st.sampled_from([*playing.EDITS, playing.mixed]), seed=SEEDS)
    def edit(self, edit: playing.Edit, seed: int) -> None:
        n_before = len(self.document.history.done)
        self.document.run(edit, random.Random(seed))
        if len(self.document.history.done) > n_before:
            self.states.append(playing.contents(self.document.labels))
            self.undone.clear()
            self._note()
        assert playing.contents(self.document.labels) == self.states[-1]

    @rule(name=st.sampled_from(sorted(DRAWS)), seed=SEEDS)
    def edit_as_user(self, name: str, seed: int) -> None:
        """Do one of the edits that the program has, as it is called there."""
        n_before = len(self.document.history.done)
        try:
            args, keywords = draw(name, self.document.labels, seed)
        except (LookupError, ValueError, LabelsError):
            return  # there is nothing to draw from
        try:
            self.document.run(EDITS[name], *args, **keywords)
        except LabelsError:
            assert len(self.document.history.done) == n_before
        if len(self.document.history.done) > n_before:
            self.states.append(playing.contents(self.document.labels))
            self.undone.clear()
            self._note()
        assert playing.contents(self.document.labels) == self.states[-1]

    @rule(seed=SEEDS, n_moves=st.integers(2, 4))
    def drag(self, seed: int, n_moves: int) -> None:
        n_before, rng = len(self.document.history.done), random.Random(seed)
        for _ in range(n_moves):
            self.document.run(playing.move_one, rng, join=f"drag {seed}")
            self._note()
        assert len(self.document.history.done) <= n_before + 1
        if len(self.document.history.done) > n_before:
            self.states.append(playing.contents(self.document.labels))
            self.undone.clear()

    @rule(seed=SEEDS)
    def fail(self, seed: int) -> None:
        with pytest.raises(ZeroDivisionError):
            self.document.run(playing.failing, random.Random(seed))
        assert playing.contents(self.document.labels) == self.states[-1]

    @precondition(lambda self: self.document.history.done)
    @rule()
    def undo(self) -> None:
        self.document.undo()
        self.undone.append(self.states.pop())
        assert playing.contents(self.document.labels) == self.states[-1]
        self._note()

    @precondition(lambda self: self.document.history.undone)
    @rule()
    def redo(self) -> None:
        self.document.redo()
        self.states.append(self.undone.pop())
        assert playing.contents(self.document.labels) == self.states[-1]
        self._note()

    @rule()
    def undo_all_and_redo_all(self) -> None:
        n_done = len(self.document.history.done)
        end = playing.contents(self.document.labels)
        while self.document.undo():
            self._note()
        assert playing.contents(self.document.labels) == self.states[0]
        for _ in range(n_done):
            self.document.redo()
            self._note()
        assert playing.contents(self.document.labels) == end

    @precondition(lambda self: self.saving is None)
    @rule()
    def begin_to_save(self) -> None:
        self.saving = self.document.prepare_save(backups=0)
        self.saved = playing.contents(self.document.labels)
        self.boundaries = []

    @precondition(lambda self: self.saving is not None)
    @rule(finishes=st.booleans())
    def save(self, finishes: bool) -> None:
        assert self.saving is not None
        self.saving()
        assert playing.contents(load_file(self.path)) == self.saved
        self.boundaries = []
        if finishes:
            self.saving.finish()
        else:  # killed between the two
            self._recover()
        self.saving = None

    @rule()
    def crash(self) -> None:
        self.saving = None
        self._recover()

    @precondition(lambda self: self.boundaries)
    @rule(share=st.floats(0, 1))
    def truncate(self, share: float) -> None:
        """Look at what would be left had the program, or the machine, stopped earlier."""
        journal = self._journal()
        assert journal is not None
        first = self.boundaries[0][0]
        size = first + round(share * (journal.stat().st_size - first))
        torn = self.folder / "torn.journal"
        torn.write_bytes(journal.read_bytes()[:size])
        expected = [state for end, state in self.boundaries if end <= size][-1]
        assert playing.contents(replay(torn, load_file).labels) == expected

    # -- inside ---------------------------------------------------------------------------------

    def _journal(self) -> Path | None:
        assert self.document.journal is not None
        return self.document.journal.path

    def _note(self) -> None:
        state = playing.contents(self.document.labels)
        self.seen.add(state)
        journal = self._journal()
        if journal is not None:
            self.boundaries.append((journal.stat().st_size, state))

    def _recover(self) -> None:
        journal = self._journal()
        end = playing.contents(self.document.labels)
        self.boundaries = []
        if journal is None:
            assert not self.document.is_modified or not self.document.history.done
            self.document = Document.open(self.path)
            start = playing.contents(self.document.labels)
            assert start == end
            self.states, self.undone = [start], []
            return
        self.document.journal.flush()
        self.document = Document.recover(LostWork(self.path, datetime.now(), 1, [], journal))
        assert not journal.exists()
        assert playing.contents(self.document.labels) == end
        assert self.document.is_modified
        history = self.document.history
        assert len(history.done) < len(self.states)
        self.states = self.states[len(self.states) - len(history.done) - 1 :]
        n_undone = len(history.undone)
        self.undone = self.undone[len(self.undone) - n_undone :] if n_undone else []

    @invariant()
    def is_consistent(self) -> None:
        Session.n_steps += 1
        labels = self.document.labels
        for frame in labels:
            assert all(one.frame is frame for one in frame.instances)
            assert labels.find(frame.video, frame.frame_idx) is frame
        check_tables(
            *labels.to_tables(),
            n_videos=len(labels.videos),
            skeletons=labels.skeletons,
            n_tracks=len(labels.tracks),
        )


def run_sessions(n_sessions: int, n_steps: int) -> None:
    Session.n_sessions = Session.n_steps = 0
    began = time.process_time()
    Session.TestCase.settings = settings(
        max_examples=n_sessions,
        stateful_step_count=n_steps,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    Session.TestCase().runTest()
    took = time.process_time() - began
    print(
        f"{Session.n_sessions} sessions, {Session.n_steps} steps, 0 failures, {took:.0f} s of CPU"
    )


def test_some_random_sessions() -> None:
    run_sessions(12, 20)


@pytest.mark.slow
def test_many_long_random_sessions() -> None:
    run_sessions(2000, 50)


def test_every_edit_takes_part() -> None:
    """An edit that is not in ``drawn_edits.DRAWS`` would never be played."""
    assert DRAWS.keys() == EDITS.keys()
    assert KEYWORDS.keys() <= DRAWS.keys()


@pytest.mark.parametrize("name", sorted(DRAWS))
def test_every_edit_that_takes_part_does_something(name: str) -> None:
    """Some of the arguments drawn lead to a change, on the sample project after other edits."""
    for seed in range(60):
        document = Document(sample_project())
        rng = random.Random(seed)
        for _ in range(seed % 4):
            document.run(playing.mixed, rng)
        n_done = len(document.history.done)
        with suppress(LookupError, ValueError, LabelsError):
            args, keywords = draw(name, document.labels, seed)
            document.run(EDITS[name], *args, **keywords)
        if len(document.history.done) > n_done:
            return
    pytest.fail(f"'{name}' never changed anything: draw better arguments for it")


def test_the_random_edits_use_every_kind_of_change() -> None:
    used = set()
    for seed in range(40):
        document, rng = Document(playing.start()), random.Random(seed)
        for _ in range(6):
            document.run(playing.mixed, rng)
        used |= {change.tag for entry in document.history.done for change in entry.changes}
    assert used == set(CHANGES)
