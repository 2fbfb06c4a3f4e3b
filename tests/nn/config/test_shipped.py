"""Finding profiles."""

from pathlib import Path

import pytest

from sleap.errors import ProfileError
from sleap.nn.config.shipped import find_profile, shipped_profiles


def test_the_default_profiles_are_shipped() -> None:
    names = list(shipped_profiles())
    assert {f"default_{kind}.json" for kind in ("confmaps", "pafs", "centroids", "topdown")} <= {
        *names
    }
    assert names.index("default_topdown.json") < names.index("minimal_topdown.json")


@pytest.mark.parametrize("name", ["default_pafs.json", "default_pafs", "minimal_pafs.json"])
def test_bare_names(name: str) -> None:
    assert find_profile(name).stem == name.removesuffix(".json")


def test_a_file_comes_before_a_shipped_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("default_pafs.json").write_text("{}")
    assert find_profile("default_pafs.json") == Path("default_pafs.json")


def test_a_run_folder_stands_for_its_job(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "training_job.json").touch()
    (tmp_path / "old").mkdir()
    (tmp_path / "old.json").touch()
    assert find_profile(tmp_path / "new") == tmp_path / "new" / "training_job.json"
    assert find_profile(tmp_path / "old") == tmp_path / "old.json"
    (tmp_path / "empty").mkdir()
    with pytest.raises(ProfileError, match=r"holds no training_job\.json"):
        find_profile(tmp_path / "empty")


def test_an_unknown_name_lists_what_is_shipped() -> None:
    with pytest.raises(ProfileError, match=r"Did you mean 'default_topdown\.json'.*minimal_pafs"):
        find_profile("defalt_topdown")
