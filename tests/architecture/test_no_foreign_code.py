"""No module can run code that a file holds."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent.parent / "sleap"
MODULES = sorted(PACKAGE.rglob("*.py"))

MODULES_THAT_RUN_CODE = {
    *("pickle", "cPickle", "_pickle", "jsonpickle", "marshal", "dill", "cloudpickle", "shelve"),
    *("joblib", "runpy", "code", "codeop"),
}
CALLS = {"eval", "exec", "compile", "__import__"}
METHODS = {
    "torch.load": "",
    "pandas.read_pickle": "",
    "pd.read_pickle": "",
    "yaml.load": "",
    "yaml.load_all": "",
    "yaml.unsafe_load": "",
    "yaml.full_load": "",
    "os.system": "",
    "keras.models.load_model": "",
    "tf.keras.models.load_model": "",
    "models.load_model": "",
}
RAW_HDF5 = {
    "sleap/io/formats/nix.py",
    "sleap/io/slp/sink.py",
    "sleap/io/slp/damaged.py",
    "sleap/nn/saved/keras_h5.py",
}
"""Modules that may call ``h5py.File``: to write, or to read what is damaged by other means."""


def find_breaches(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            names = []
        yield from (
            f"line {node.lineno}: import {name}"
            for name in names
            if name.partition(".")[0] in MODULES_THAT_RUN_CODE
        )
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called in CALLS or called in METHODS:
            yield f"line {node.lineno}: {called}"
        for keyword in node.keywords:
            is_true = isinstance(keyword.value, ast.Constant) and keyword.value.value is True
            if keyword.arg in ("allow_pickle", "shell") and is_true:
                yield f"line {node.lineno}: {keyword.arg}=True"


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from marshal import loads",
        "eval(x)",
        "np.load(p, allow_pickle=True)",
        "yaml.load(x)",
        "torch.load(p)",
        "def f():\n    import jsonpickle.unpickler",
        "keras.models.load_model(p)",
    ],
)
def test_breaches_are_found(code: str) -> None:
    assert list(find_breaches(ast.parse(code)))


def test_what_runs_nothing_is_no_breach() -> None:
    code = "re.compile(x); np.load(p, allow_pickle=False); yaml.safe_load(x); model.compile()"
    assert not list(find_breaches(ast.parse(code)))


def test_no_module_runs_code_of_files() -> None:
    found = {
        str(module.relative_to(PACKAGE.parent)): breaches
        for module in MODULES
        if (breaches := list(find_breaches(ast.parse(module.read_text(encoding="utf-8")))))
    }
    assert not found


def test_hdf5_is_opened_through_the_check() -> None:
    raw = {
        module.relative_to(PACKAGE.parent).as_posix()
        for module in MODULES
        if "h5py.File(" in module.read_text(encoding="utf-8")
    }
    assert raw <= RAW_HDF5
