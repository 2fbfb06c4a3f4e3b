"""Files made to do harm: each would leave a mark, read a secret, or take the process down."""

import json
import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from fuzzing.samples import make_labels
from sleap.io.files import save_file
from sleap.io.slp import journal

SECRET = "root:x:0:0"
"""What the file outside of the folder holds."""

Make = Callable[[Path, Path, Path], tuple[str, Path]]
"""Makes a file in a folder, given a mark that must not appear and a secret that must not be read;
returns how to open it and where it lies."""

HOSTILE: dict[str, Make] = {}


def hostile(make: Make) -> Make:
    """Enter a maker under its name."""
    HOSTILE[make.__name__] = make
    return make


class _Command:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> Any:
        return os.system, (f"touch '{self.mark}'",)


def _graph(node: Any, edge: Any) -> dict[str, Any]:
    link = {"source": 0, "target": 1, "key": 0, "edge_insert_idx": 0, "type": edge}
    return {"nodes": [{"id": node}, {"id": 1}], "links": [link], "graph": {}, "directed": True}


def _calls(mark: Path) -> list[Any]:
    command = f"touch '{mark}'"
    return [
        {"py/object": "os.system", "py/newargs": {"py/tuple": [command]}},
        {"py/reduce": [{"py/type": "os.system"}, {"py/tuple": [command]}]},
        {"py/reduce": [{"py/function": "builtins.eval"}, {"py/tuple": [f"open('{mark}','w')"]}]},
        {"py/repr": f"os/os.system({command!r})"},
        {"py/object": "subprocess.Popen", "py/newargs": [[["touch", str(mark)]]]},
        {"py/object": "sleap.skeleton.Node", "py/state": {"py/reduce": [{"py/type": "os.system"}]}},
    ]


def _labels(folder: Path, change: Callable[[h5py.File], None]) -> tuple[str, Path]:
    path = folder / "a.slp"
    save_file(make_labels(), path)
    with h5py.File(path, "a") as file:
        change(file)
    return "labels", path


@hostile
def calls_in_skeletons(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Name functions where a labels file has nodes and edge types."""

    def change(file: h5py.File) -> None:
        header = json.loads(file["metadata"].attrs["json"])
        calls = _calls(mark)
        header["skeletons"] = [_graph(call, call) for call in calls]
        header["py/object"], header["provenance"] = "os.system", calls[0]
        file["metadata"].attrs["json"] = np.bytes_(json.dumps(header))

    return _labels(folder, change)


@hostile
def calls_in_json(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Name functions all over a file of JSON labels."""
    path = folder / "a.json"
    save_file(make_labels(), path)
    data = json.loads(path.read_text())
    calls = _calls(mark)
    data["skeletons"] = [_graph(call, call) for call in calls]
    data["videos"] = [{"backend": calls[0] | {"filename": "a.mp4"}}]
    path.write_text(json.dumps(data))
    return "labels", path


@hostile
def calls_in_a_skeleton_file(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Name functions in a stand-alone skeleton."""
    path = folder / "skeleton.json"
    call = _calls(mark)[1]
    path.write_text(json.dumps({"nx_graph": _graph(call, call), "description": call}))
    return "skeleton", path


@hostile
def pickle_in_metrics(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Pickle a command into the metrics."""
    path = folder / "metrics.val.npz"
    np.savez(path, metrics={"dist.avg": _Command(mark)})
    return "metrics", path


@hostile
def pickle_in_an_array(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Pickle a command into a numpy file that claims to be a video."""
    path = folder / "video.npy"
    np.save(path, np.array([_Command(mark)], dtype=object), allow_pickle=True)
    return "video", path


@hostile
def pickle_in_attributes(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Pickle commands into the attributes in which PyTables keeps its own."""
    path = folder / "a.h5"
    command = np.void(pickle.dumps(_Command(mark), 0))
    with h5py.File(path, "w") as file:
        group = file.create_group("df_with_missing")
        group["axis0"] = np.frombuffer(pickle.dumps(_Command(mark)), "u1")
        for name in ("pandas_type", "axis0_variety", "axis0_name", "encoding", "TITLE", "meta"):
            group.attrs[name] = command
            group["axis0"].attrs[name] = command
            file.attrs[name] = command
    return "labels", path


@hostile
def model_with_code(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Give a network a layer that is Python code, as Keras marshals it."""
    import base64
    import marshal

    code = compile(f"open({str(mark)!r}, 'w')", "x", "eval")
    text = base64.b64encode(marshal.dumps(code)).decode()
    layer = {"class_name": "Lambda", "config": {"name": "l", "function": [text, None, None]}}
    config = {"name": "m", "layers": [layer], "input_layers": [], "output_layers": []}
    path = folder / "best_model.h5"
    with h5py.File(path, "w") as file:
        body = {"class_name": "Functional", "config": config}
        file.attrs["model_config"] = np.bytes_(json.dumps(body))
        file.create_group("model_weights")
    return "model", path


@hostile
def yaml_tags(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Name functions in the tags of a project's YAML."""
    path = folder / "config.yaml"
    path.write_text(
        f"Task: !!python/object/apply:os.system [\"touch '{mark}'\"]\n"
        f'scorer: !!python/object/new:os.system ["touch {mark}"]\nbodyparts: [a]\n'
        "video_sets: {a.mp4: {crop: '0, 1, 0, 1'}}\n"
    )
    return "labels", path


@hostile
def yaml_aliases(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Write a billion laughs with ten lines of aliases."""
    path = folder / "config.yaml"
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for number in range(1, 12):
        same = ", ".join([f"*a{number - 1}"] * 9)
        rows.append(f"a{number}: &a{number} [{same}]")
    rows += ["Task: t", "scorer: s", "bodyparts: *a11", "video_sets: *a11", "individuals: *a11"]
    path.write_text("\n".join(rows))
    return "labels", path


@hostile
def json_ids(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Write a billion laughs with the numbers by which a pickled skeleton refers to itself."""
    data: Any = ["x"] * 9
    rows = [data, *([{"py/id": number}] * 9 for number in range(1, 40))]
    path = folder / "skeleton.json"
    path.write_text(json.dumps({"a": rows, **_graph({"py/id": 39}, {"py/id": 39})}))
    return "skeleton", path


@hostile
def deep_json(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Nest lists a hundred thousand deep."""
    path = folder / "a.json"
    path.write_text('{"skeletons": ' + "[" * 100_000 + "]" * 100_000 + "}")
    return "labels", path


@hostile
def zip_bomb(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Pack a great many spaces into a thousandth of their size."""
    path = folder / "a.json.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("a.json", "w") as entry,
    ):
        for _ in range(256):
            entry.write(b" " * (1 << 20))
    return "labels", path


@hostile
def zip_traversal(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Name the members of a zip as files outside of it."""
    path = folder / "a.json.zip"
    save_file(make_labels(), folder / "a.json")
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(folder / "a.json", "../../a.json")
        archive.writestr(f"../../../../../../{mark}", "written")
        archive.writestr(str(mark), "written")
    return "labels", path


@hostile
def external_link(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Take the tracks from another file."""
    with h5py.File(secret.with_suffix(".h5"), "w") as file:
        file["a"] = np.array([f'[0, "{SECRET}"]'.encode()])

    def change(file: h5py.File) -> None:
        del file["tracks_json"]
        file["tracks_json"] = h5py.ExternalLink(str(secret.with_suffix(".h5")), "/a")

    return _labels(folder, change)


@hostile
def external_values(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Take the values of a table from a file that is not HDF5."""

    def change(file: h5py.File) -> None:
        del file["tracks_json"]
        file.create_dataset("tracks_json", (1,), "S8", external=[(str(secret), 0, 8)])

    return _labels(folder, change)


@hostile
def virtual_dataset(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Compose a table of parts of other files."""
    layout = h5py.VirtualLayout((1,), "S9")
    layout[:] = h5py.VirtualSource(str(secret.with_suffix(".h5")), "a", (1,))

    def change(file: h5py.File) -> None:
        del file["points"]
        file.create_virtual_dataset("points", layout)

    return _labels(folder, change)


@hostile
def external_video(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Show another file as the pixels of a video."""
    path = folder / "video.h5"
    with h5py.File(path, "w") as file:
        file.create_dataset("box", (1, 2, 2, 1), "u1", external=[(str(secret), 0, 4)])
    return "video", path


@hostile
def absurd_shape(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Claim a table of terabytes."""

    def change(file: h5py.File) -> None:
        dtype = file["points"].dtype
        del file["points"]
        file.create_dataset("points", (1 << 40,), dtype, chunks=(1024,))

    return _labels(folder, change)


@hostile
def compressed_bomb(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Pack gigabytes of zeros into chunks that are unpacked one by one."""

    def change(file: h5py.File) -> None:
        dtype = file["points"].dtype
        del file["points"]
        shape = (1 << 27,)
        made = file.create_dataset("points", shape, dtype, chunks=(1 << 20,), compression="gzip")
        import zlib

        packed = zlib.compress(bytes((1 << 20) * dtype.itemsize), 1)
        for number in range(128):
            made.id.write_direct_chunk((number << 20,), packed)

    return _labels(folder, change)


@hostile
def chunk_bomb(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Pack 600 megabytes into a chunk that should hold a kilobyte."""

    def change(file: h5py.File) -> None:
        import zlib

        dtype = file["points"].dtype
        del file["points"]
        made = file.create_dataset("points", (64,), dtype, chunks=(64,), compression="gzip")
        packer = zlib.compressobj(1)
        packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(600)) + packer.flush()
        made.id.write_direct_chunk((0,), packed)

    return _labels(folder, change)


@hostile
def vector_bomb(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Refer to one long text a hundred thousand times."""

    def change(file: h5py.File) -> None:
        del file["tracks_json"]
        texts = ["x" * 100_000] + [""] * 99_999
        file.create_dataset("tracks_json", data=texts, dtype=h5py.string_dtype())

    opener, path = _labels(folder, change)
    with h5py.File(path) as file:
        place = file["tracks_json"].id.get_offset()
    data = bytearray(path.read_bytes())
    data[place : place + 1_600_000] = data[place : place + 16] * 100_000
    path.write_bytes(data)
    return opener, path


@hostile
def link_circles(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Lead in circles by links and by groups."""

    def change(file: h5py.File) -> None:
        del file["tracks_json"]
        file["tracks_json"] = h5py.SoftLink("/more")
        file["more"] = h5py.SoftLink("/tracks_json")
        file["group/up/again"] = file["/"]

    return _labels(folder, change)


@hostile
def unknown_filter(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Name a filter for which the library would load a plug-in."""

    def change(file: h5py.File) -> None:
        del file["tracks_json"]
        plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plan.set_chunk((4,))
        plan.set_filter(32015, h5py.h5z.FLAG_OPTIONAL, (1,))
        space = h5py.h5s.create_simple((4,))
        h5py.h5d.create(file.id, b"tracks_json", h5py.h5t.C_S1, space, plan)

    return _labels(folder, change)


@hostile
def journal_of_nonsense(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Write records whose checksums are right and whose contents are not."""
    path = folder / "a.slp.partial"
    rows = journal.pack(journal.ROWS, b"\xff" * 12 + b"x")
    tracks = journal.pack_json(journal.TRACKS, {"a": _calls(mark)})
    head = journal.pack_json(journal.HEAD, [1])
    path.write_bytes(journal.MAGIC + head + tracks + rows)
    return "labels", path


@hostile
def symlink_circle(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Lead in a circle on the disk."""
    (folder / "a.slp").symlink_to(folder / "b.slp")
    (folder / "b.slp").symlink_to(folder / "a.slp")
    return "labels", folder / "a.slp"


@hostile
def endless_device(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Never end."""
    (folder / "a.json").symlink_to("/dev/zero")
    return "labels", folder / "a.json"


@hostile
def silent_pipe(folder: Path, mark: Path, secret: Path) -> tuple[str, Path]:
    """Never begin."""
    os.mkfifo(folder / "a.slp")
    return "labels", folder / "a.slp"
