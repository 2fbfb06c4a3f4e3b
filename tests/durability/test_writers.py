"""Who opens files to write: nobody but the few who must, all others go through ``replacing``."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent.parent / "sleap"

ALLOWED = {
    "editing/journal/lost.py": "renames a journal that cannot be used",
    "gui/settings_file.py": "renames a damaged file of wishes, so that it is kept",
    "io/atomic.py": "makes the temporary files",
    "io/backups.py": "the explanation in a new folder of backups",
    "io/diary.py": "the diary of a training: whole lines are appended, half ones passed over",
    "io/formats/labels_json/archive.py": "members of the archive that it is given",
    "io/guard.py": "lock files, made in one step by a link",
    "io/slp/append.py": "the journal of predictions: appended to, every record with a checksum",
    "io/slp/sink.py": "writes to the temporary path it is given",
    "nn/training/callbacks.py": "the log of a training: a line is appended at a time",
    "video/prefixes.py": "a room below io, with a temporary name and a rename of its own",
    "video/writer.py": "videos: a room below io, with a temporary name and a rename of its own",
}
"""Modules that write by themselves, and why that is safe."""

WRITES = {"write_text", "write_bytes", "savez", "savez_compressed", "savemat", "imwrite", "savetxt"}
MOVES = {
    "rename",
    "renames",
    "copyfile",
    "copy2",
    "copytree",
    "symlink_to",
    "hardlink_to",
    "mkstemp",
}


def writing_calls(tree: ast.AST) -> Iterator[tuple[ast.Call, bool]]:
    """Yield the calls that write a file, and whether each is inside of ``with replacing(...)``."""

    def walk(node: ast.AST, is_safe: bool, takes_path: bool) -> Iterator[tuple[ast.Call, bool]]:
        if isinstance(node, ast.With):
            is_safe = is_safe or any("replacing(" in ast.unparse(item) for item in node.items)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = [argument.arg for argument in node.args.args]
            takes_path = any("temporary" in name for name in names)
        if isinstance(node, ast.Call) and _writes(node):
            yield node, is_safe or takes_path
        for child in ast.iter_child_nodes(node):
            yield from walk(child, is_safe, takes_path)

    yield from walk(tree, False, False)


def _writes(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    name = call.func.id if isinstance(call.func, ast.Name) else name
    if name in WRITES | MOVES:
        return True
    if name == "replace" and isinstance(call.func, ast.Attribute):
        if ast.unparse(call.func.value).endswith("scene"):
            return False  # an instance on the canvas
        return len(call.args) == 1 and not call.keywords  # of a path; of a text it takes two
    if name == "save" and ast.unparse(call.func) in ("np.save", "numpy.save"):
        return True
    if name not in ("open", "File", "fdopen", "NWBHDF5IO", "ZipFile"):
        return False
    return any(_is_writing_mode(value) for value in [*call.args, *(k.value for k in call.keywords)])


def _is_writing_mode(value: ast.expr) -> bool:
    values = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
    return any(
        isinstance(one, ast.Constant)
        and isinstance(one.value, str)
        and 0 < len(one.value) <= 3
        and set(one.value) <= set("rwaxbt+")
        and bool(set(one.value) & set("wax+"))
        for one in values
    )


def test_only_a_few_modules_write_by_themselves() -> None:
    wrong, used = [], set()
    for module in sorted(PACKAGE.rglob("*.py")):
        name = module.relative_to(PACKAGE).as_posix()
        for call, is_safe in writing_calls(ast.parse(module.read_text(encoding="utf-8"))):
            if name in ALLOWED:
                used.add(name)
            elif not is_safe:
                wrong.append(f"{name}:{call.lineno} {ast.unparse(call)[:80]}")
    assert not wrong, "not inside of `with replacing(path) as temporary`:\n" + "\n".join(wrong)
    assert used == set(ALLOWED), f"no need to allow: {set(ALLOWED) - used}"


def test_the_search_finds_what_writes() -> None:
    text = """
def f(path):
    open(path, "w"); path.open("ab"); h5py.File(path, "r+"); path.write_text("x")
    np.save(path, 1); a.rename(b); a.replace(b); shutil.copyfile(a, b)
    open(path); path.open("rb"); h5py.File(path, "r"); "a".replace("b", "c"); x.save(path)
    with replacing(path) as p, open(p, "w") as file:
        p.write_bytes(b"")
"""
    found = [is_safe for _, is_safe in writing_calls(ast.parse(text))]
    assert found == [False] * 8 + [True] * 2
