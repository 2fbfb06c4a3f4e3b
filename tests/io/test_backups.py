import errno
import json
import logging
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from sleap.core.labels import Labels
from sleap.core.track import Track
from sleap.errors import FileError
from sleap.io import backups
from sleap.io.atomic import replacing
from sleap.io.backups import LIST, README, backup_folder, list_backups, restore
from sleap.io.files import load_file, save_file


def tracks(path: Path) -> list[str]:
    return [track.name for track in load_file(path).tracks]


def save_versions(path: Path, n: int, kept: int) -> None:
    for number in range(n):
        save_file(Labels(tracks=[Track(f"v{number}")]), path, backups=kept)


def test_the_newest_versions_are_kept_and_each_opens(tmp_path: Path) -> None:
    path = tmp_path / "labels.slp"
    save_versions(path, 6, 3)
    assert tracks(path) == ["v5"]
    found = list_backups(path)
    assert [tracks(backup.path) for backup in found] == [["v4"], ["v3"], ["v2"]]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["labels.slp", "labels.slp.backups"]
    assert found[0].size == found[0].path.stat().st_size
    assert abs((datetime.now() - found[0].made_at).total_seconds()) < 60
    assert datetime.strptime(found[-1].path.name[:19], "%Y-%m-%d_%H-%M-%S")
    assert "earlier versions of the file 'labels.slp'" in (found[0].path.parent / README).read_text(
        encoding="utf-8"
    )


def test_without_backups_there_is_no_folder(tmp_path: Path) -> None:
    save_versions(tmp_path / "labels.slp", 2, 0)
    assert [p.name for p in tmp_path.iterdir()] == ["labels.slp"]
    assert list_backups(tmp_path / "labels.slp") == []


def test_keeping_a_version_takes_no_time_and_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "labels.slp"
    save_versions(path, 1, 0)
    inode = path.stat().st_ino
    save_versions(path, 1, 1)
    assert list_backups(path)[0].path.stat().st_ino == inode


def test_where_there_are_no_hard_links_the_version_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "labels.slp"
    save_versions(path, 3, 2)
    assert [tracks(backup.path) for backup in list_backups(path)] == [["v1"], ["v0"]]


def test_packages_keep_their_ending(tmp_path: Path) -> None:
    save_versions(tmp_path / "a.pkg.slp", 2, 1)
    assert list_backups(tmp_path / "a.pkg.slp")[0].path.name.endswith(".pkg.slp")


def test_what_the_program_did_not_make_or_somebody_changed_is_never_removed(tmp_path: Path) -> None:
    path = tmp_path / "labels.slp"
    save_versions(path, 4, 3)
    folder = backup_folder(path)
    newest, middle, oldest = (backup.path for backup in list_backups(path))
    oldest.rename(folder / "before the big merge.slp")
    middle.write_bytes(middle.read_bytes() + b"edited")
    (folder / "1999-01-01_00-00-00.slp").write_bytes(newest.read_bytes())
    save_versions(path, 5, 1)
    names = {backup.path.name for backup in list_backups(path)}
    assert {"before the big merge.slp", middle.name, "1999-01-01_00-00-00.slp"} < names
    assert newest.name not in names
    assert len(names) == 4


@pytest.mark.parametrize("text", ["", "[1, 2]", '{"../labels.slp": {}}', '{"a": 1}', "\x00"])
def test_a_damaged_list_costs_nothing_but_old_backups_stay(tmp_path: Path, text: str) -> None:
    path = tmp_path / "labels.slp"
    save_versions(path, 3, 2)
    (backup_folder(path) / LIST).write_text(text, encoding="utf-8")
    save_versions(path, 1, 1)
    assert len(list_backups(path)) == 3
    assert tracks(path) == ["v0"]


def test_a_list_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "labels.slp"
    save_versions(path, 3, 2)
    facts = path.stat()
    listed = backup_folder(path) / LIST
    made = json.loads(listed.read_text(encoding="utf-8"))
    for name in ("../labels.slp", str(path)):
        made[name] = {"made_at": 0, "size": facts.st_size, "changed_ns": facts.st_mtime_ns}
    listed.write_text(json.dumps(made), encoding="utf-8")
    before = path.read_bytes()
    with backups.kept(path, 1):
        pass
    assert path.read_bytes() == before


def test_a_failing_backup_warns_and_the_save_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "labels.slp"
    save_versions(path, 1, 0)
    (tmp_path / "labels.slp.backups").write_text("a file in the way")
    with caplog.at_level(logging.WARNING):
        save_file(Labels(tracks=[Track("new")]), path, backups=2)
    assert "No backup of" in caplog.text
    assert str(path) in caplog.text
    assert tracks(path) == ["new"]


def test_a_replacement_that_fails_leaves_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "labels.slp"
    save_versions(path, 2, 3)
    before = list_backups(path)
    with pytest.raises(OSError, match="refused"), backups.kept(path, 3):
        raise OSError("refused")
    assert list_backups(path) == before
    assert tracks(path) == ["v1"]


def test_restoring_keeps_what_there_was(
    tmp_path: Path, labels: Labels, assert_same: Callable[[Labels, Labels], None]
) -> None:
    path = tmp_path / "labels.slp"
    save_file(labels, path)
    save_file(Labels(tracks=[Track("mistake")]), path, backups=3)
    old = list_backups(path)[0]
    restore(path, old.path)
    assert_same(load_file(path), labels)
    assert old.path.stat().st_ino != path.stat().st_ino
    assert [tracks(backup.path) for backup in list_backups(path)] == [
        ["mistake"],
        ["first", "second"],
    ]


def test_a_lost_file_is_restored(tmp_path: Path) -> None:
    path = tmp_path / "labels.slp"
    save_versions(path, 2, 1)
    path.unlink()
    restore(path, list_backups(path)[0].path)
    assert tracks(path) == ["v0"]


def test_restoring_what_is_not_there_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "labels.slp"
    save_versions(path, 1, 0)
    with pytest.raises(FileError, match="there is no backup"):
        restore(path, tmp_path / "no.slp")
    (tmp_path / "labels.slp.backups").write_text("a file in the way")
    (tmp_path / "other.slp").write_bytes(b"other")
    with pytest.raises(FileError, match="Cannot write"):
        restore(path, tmp_path / "other.slp")
    assert tracks(path) == ["v0"]


def test_a_link_has_the_backups_of_the_file_it_names(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path = tmp_path / "real" / "labels.slp"
    save_versions(path, 1, 0)
    (tmp_path / "link.slp").symlink_to(path)
    save_versions(tmp_path / "link.slp", 1, 2)
    assert list_backups(tmp_path / "link.slp") == list_backups(path) != []


def test_the_file_is_kept_only_when_it_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "labels.slp"
    save_versions(path, 1, 0)
    with replacing(path) as temporary:
        temporary.write_bytes(path.read_bytes())
        assert not backup_folder(path).exists()


def test_without_the_list_the_names_tell_the_order(tmp_path: Path) -> None:
    path = tmp_path / "labels.slp"
    save_versions(path, 3, 3)
    folder = backup_folder(path)
    (folder / LIST).unlink()
    for number, backup in enumerate(list_backups(path)):
        backup.path.rename(folder / f"2020-01-0{number + 1}_12-00-00.slp")
    found = list_backups(path)
    assert [backup.path.name[:10] for backup in found] == ["2020-01-02", "2020-01-01"]
    assert found[0].made_at == datetime(2020, 1, 2, 12)
