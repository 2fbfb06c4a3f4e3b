from sleap.nn import backend
from sleap.nn.training.precision import choose_policy


def test_words():
    assert choose_policy("float32") == "float32"
    assert choose_policy("bfloat16") == "mixed_bfloat16"


def test_auto_asks_the_processor(monkeypatch):
    monkeypatch.setattr(backend, "has_bfloat16", lambda: True)
    assert choose_policy("auto") == "mixed_bfloat16"
    monkeypatch.setattr(backend, "has_bfloat16", lambda: False)
    assert choose_policy("auto") == "float32"
