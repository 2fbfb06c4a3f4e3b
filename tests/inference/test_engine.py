import pytest

from sleap.errors import ModelError, UnknownNameError
from sleap.inference import engine as module
from sleap.inference import engines
from sleap.inference.engine import ENGINES, Engine, choose_engine
from sleap.inference.options import ENGINE_CHOICES

assert engines


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """What the machine has; change it to try other machines."""
    has = {"keras": True, "openvino": True, "gpu": False}
    for name in ("keras", "openvino"):
        monkeypatch.setattr(
            ENGINES.get(name), "is_available", classmethod(lambda cls: has[cls.name])
        )
    monkeypatch.setattr(module, "has_gpu", lambda: has["gpu"])
    return has


def chosen(asked: str) -> tuple[str, str]:
    engine, reason = choose_engine(asked)
    return engine.name, reason


def test_openvino_without_a_gpu(machine: dict[str, bool]) -> None:
    assert chosen("auto") == ("openvino", "no GPU is in use")


def test_keras_with_a_gpu(machine: dict[str, bool]) -> None:
    machine["gpu"] = True
    assert chosen("auto")[0] == "keras"
    machine["keras"] = False
    assert chosen("auto")[0] == "openvino"


def test_keras_without_openvino(machine: dict[str, bool]) -> None:
    machine["openvino"] = False
    assert chosen("auto") == ("keras", "openvino is not installed")


def test_nothing_installed(machine: dict[str, bool]) -> None:
    machine |= {"keras": False, "openvino": False}
    with pytest.raises(ModelError, match="install"):
        choose_engine("auto")
    with pytest.raises(ModelError, match="'openvino'"):
        choose_engine("openvino")


def test_by_name(machine: dict[str, bool]) -> None:
    machine["gpu"] = True
    assert chosen("openvino") == ("openvino", "")
    with pytest.raises(UnknownNameError, match="Did you mean 'openvino'"):
        choose_engine("openvin")


def test_all_engines_can_be_chosen() -> None:
    assert set(ENGINE_CHOICES) == {"auto", *ENGINES}
    assert all(issubclass(ENGINES.get(name), Engine) for name in ENGINES)
