"""Every format gives back what it says it holds, and refuses what is damaged in one sentence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import sleap.io.formats  # noqa: F401
from sleap.core.labels import Labels
from sleap.errors import SleapError
from sleap.io.files import load_file, save_file
from sleap.io.format import FORMATS

SAMPLES = Path(__file__).parent.parent / "fixtures" / "formats"

WRITTEN = [name for name in FORMATS if FORMATS.get(name).can_write]
READ_BACK = [name for name in WRITTEN if FORMATS.get(name).read is not None]
ONLY_READ = [name for name in FORMATS if not FORMATS.get(name).can_write]


@pytest.mark.parametrize("name", READ_BACK)
def test_what_a_format_holds_comes_back(
    name: str, tmp_path: Path, draw_labels: Any, describe_labels: Any
) -> None:
    form = FORMATS.get(name)

    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(labels=draw_labels(form.holds))
    def check(labels: Labels) -> None:
        before = describe_labels(labels, form.holds)
        path = tmp_path / f"file{form.suffixes[0]}"
        save_file(labels, path, format=name)
        assert describe_labels(labels, form.holds) == before, "writing changed the labels"
        assert describe_labels(load_file(path), form.holds) == before

    check()


@pytest.mark.parametrize("name", WRITTEN)
def test_a_written_file_is_known_by_its_name_and_by_its_describe_labels(
    name: str, tmp_path: Path, one_frame: Callable[[], Labels]
) -> None:
    form = FORMATS.get(name)
    for suffix in form.suffixes:
        path = tmp_path / f"file{suffix}"
        save_file(one_frame(), path, format=name)
        assert path.is_file()
        if form.read is None:
            continue
        head = path.read_bytes()[:64]
        assert form.recognizes(path, head)
        by_name = {
            other
            for other in FORMATS
            if FORMATS.get(other).find_suffix(path) and FORMATS.get(other).read is not None
        }
        others = [other for other in by_name if FORMATS.get(other).recognizes(path, head)]
        assert others == [name], f"{path.name} is taken for {others}"


@pytest.mark.parametrize("name", WRITTEN)
def test_a_failed_write_leaves_the_old_file(
    name: str, tmp_path: Path, one_frame: Callable[[], Labels]
) -> None:
    form = FORMATS.get(name)
    with pytest.raises(SleapError, match=r"(?s)missing.*does not exist"):
        save_file(one_frame(), tmp_path / "missing" / f"file{form.suffixes[0]}", format=name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", READ_BACK)
def test_a_damaged_file_is_refused_in_one_sentence(
    name: str, tmp_path: Path, one_frame: Callable[[], Labels]
) -> None:
    form = FORMATS.get(name)
    path = tmp_path / f"file{form.suffixes[0]}"
    save_file(one_frame(), path, format=name)
    whole = path.read_bytes()
    for share in (0.0, 0.3, 0.7):
        path.write_bytes(whole[: int(share * len(whole))])
        try:
            load_file(path)
        except SleapError as error:
            assert path.name in str(error)
            assert "\n" not in str(error)


@pytest.mark.parametrize("name", ONLY_READ)
def test_a_format_that_is_only_read_has_a_sample(name: str) -> None:
    samples = sorted((SAMPLES / name).glob("*"))
    assert samples, f"put a small file into {SAMPLES / name}"
    for sample in samples:
        labels = load_file(sample)
        assert sum(len(frame.instances) for frame in labels) > 0, sample
