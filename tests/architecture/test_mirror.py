"""Every module has its tests, in a tree that mirrors the package."""

import ast
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent.parent
PACKAGE = REPOSITORY / "sleap"


def has_code(module: Path) -> bool:
    """Tell whether a module defines anything of its own."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree.body)


def test_every_module_with_code_has_a_test_file() -> None:
    missing = []
    for module in sorted(PACKAGE.rglob("*.py")):
        path = module.relative_to(PACKAGE)
        if not has_code(module):
            continue
        stem = path.parent.name if path.name == "__init__.py" else path.stem
        folder = path.parent.parent if path.name == "__init__.py" else path.parent
        if path == Path("__init__.py"):
            stem, folder = "public_names", Path()
        test = Path("tests") / folder / f"test_{stem.strip('_')}.py"
        if not (REPOSITORY / test).is_file():
            missing.append(str(test))
    assert not missing, f"no test file for: {missing}"


def test_no_module_is_too_long() -> None:
    long = {
        str(path.relative_to(REPOSITORY)): lines
        for path in sorted(PACKAGE.rglob("*.py"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long, f"over 400 lines; which second idea moved in? {long}"
