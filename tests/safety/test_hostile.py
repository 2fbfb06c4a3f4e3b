"""Files made to do harm do none: nothing runs, nothing outside is read, nothing hangs."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fuzzing.hostile import HOSTILE, SECRET
from fuzzing.pool import Worker
from fuzzing.run import cap
from fuzzing.samples import make_samples

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="devices and pipes of Unix")

HARMLESS = {"calls_in_skeletons", "calls_in_a_skeleton_file", "zip_traversal"}
"""Files of which the sound part may be read, as long as the rest does nothing."""


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """A process that has opened sound files of all kinds before."""
    with Worker() as made:
        for opener, path in make_samples(tmp_path_factory.mktemp("samples")):
            answer = made.open(opener, path)
            assert answer["end"] == "opened", (path.name, answer)
        yield made


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_of_a_hostile_file_happens(name: str, worker: Worker, tmp_path: Path) -> None:
    folder, outside = tmp_path / "inside", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    mark, secret = outside / "mark", outside / "secret"
    secret.write_text(SECRET)
    opener, path = HOSTILE[name](folder, mark, secret)
    mark.unlink(missing_ok=True)
    before = sorted(tmp_path.rglob("*"))
    answer = worker.open(opener, path)
    assert answer["end"] == "refused" or (answer["end"] == "opened" and name in HARMLESS), answer
    assert not answer["events"]
    assert not mark.exists() and sorted(tmp_path.rglob("*")) == before
    assert SECRET not in answer["what"]
    size = path.stat().st_size if path.is_file() else 0
    assert answer["peak"] <= 2 * cap(size)
