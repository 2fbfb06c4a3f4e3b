"""Whole pickles in, plain data out; what would run code ends in an error and runs nothing."""

import collections
import fractions
import io
import os
import pickle
import random
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.errors import FormatError
from sleap.io.plain_pickle import loads

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)

KEYS = st.none() | st.booleans() | st.integers() | st.text() | st.binary()
LEAVES = KEYS | st.floats(allow_nan=False) | st.binary().map(bytearray)
HASHABLE = st.recursive(
    KEYS, lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3), max_leaves=5
)
PLAIN = st.recursive(
    LEAVES | HASHABLE | st.sets(HASHABLE, max_size=3),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.tuples(inner, inner, inner)
        | st.dictionaries(HASHABLE, inner, max_size=5)
    ),
    max_leaves=20,
)

ARRAYS = [
    np.arange(3),
    np.arange(24.0).reshape(2, 3, 4).transpose(1, 0, 2),
    np.asfortranarray(np.arange(6, dtype=">f4").reshape(2, 3)),
    np.array(["a", "bc"]),
    np.array([b"x", b"yz"]),
    np.array([True, False]),
    np.array(3.5),
    np.zeros((0, 3)),
    np.array([1 + 2j], np.complex64),
    np.array(["2020-01-01", "NaT"], "M8[D]"),
    np.array([1, 2], "m8[25us]"),
    np.array([(1, 2, "a"), (3, 4, "b")], [("x", "<f8"), ("y", ">i2"), ("name", "U3")]),
    np.zeros(2, [("inside", [("x", "f4")]), ("block", "u1", (2, 3))]),
    np.zeros(2, np.dtype([("x", "u1"), ("y", "f8")], align=True)),
    np.array([1, "a", None, [2.5]], object),
    np.asfortranarray(np.array([[1, 2], [3, 4]], object)),
]
SCALARS = [np.float64(1.5), np.int8(-3), np.str_("ab"), np.bool_(True), np.datetime64("2020", "s")]
TYPES = [np.dtype("f4"), np.dtype([("a", ">i4"), ("b", "S3")]), np.dtype(object)]


@given(PLAIN, st.sampled_from(PROTOCOLS))
def test_plain_data_comes_back(value: Any, protocol: int) -> None:
    found = loads(pickle.dumps(value, protocol))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("array", ARRAYS, ids=lambda array: str(array.dtype)[:20])
def test_arrays_come_back(array: Any, protocol: int) -> None:
    found = loads(pickle.dumps({"here": array, "again": [array]}, protocol))
    assert found["again"][0] is found["here"]
    assert type(found["here"]) is np.ndarray
    assert found["here"].dtype == array.dtype
    np.testing.assert_array_equal(found["here"], array)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_scalars_and_types_come_back(protocol: int) -> None:
    for scalar in SCALARS:
        found = loads(pickle.dumps(scalar, protocol))
        assert found == scalar
        assert type(found) is type(scalar)
    record = np.array([(1, 2.5)], [("a", "i4"), ("b", "f8")])[0]
    assert loads(pickle.dumps(record, protocol)).tolist() == (1, 2.5)
    for dtype in TYPES:
        assert loads(pickle.dumps(dtype, protocol)) == dtype


class PointArray(np.recarray):
    """A class of arrays that the reader does not know."""


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_classes_of_arrays_come_as_arrays(protocol: int) -> None:
    points = np.array([(1, 2)], [("x", "f8"), ("y", "f8")]).view(PointArray)
    found = loads(pickle.dumps([points], protocol))[0]
    assert type(found) is np.ndarray
    assert found.tolist() == [(1, 2)]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_other_kinds_of_containers(protocol: int) -> None:
    assert loads(pickle.dumps(collections.OrderedDict(a=1, b=[2]), protocol)) == {"a": 1, "b": [2]}
    assert loads(pickle.dumps(1 - 2j, protocol)) == 1 - 2j
    shared = [1]
    found = loads(pickle.dumps([shared, shared], protocol))
    assert found[0] is found[1]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_names_of_a_pandas_index(protocol: int) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas writes such lists")
    names = pandas.MultiIndex.from_tuples([("a", "b")], names=["scorer", None]).names
    assert loads(pickle.dumps(names, protocol)) == ["scorer", None]


def test_texts_of_python_2() -> None:
    assert loads(b"(S'ab\\n\\xe9'\nU\x02\xe9xt.") == ("ab\né", "éx")
    array = b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR"
    dtype = b"cnumpy\ndtype\n(S'f4'\nI0\nI1\ntR(I3\nS'<'\nNNNI-1\nI-1\nI0\ntb"
    state = b"(I1\n(I1\nt" + dtype + b"I00\nS'\\x00\\x00\\x80?'\ntb."
    assert loads(array + state).tolist() == [1.0]


def test_big_arrays_are_not_copied() -> None:
    data = pickle.dumps(np.zeros(1_000_000), 5)
    found = loads(data)
    assert not found.flags.writeable
    assert found.nbytes == 8_000_000


# -- what would run code ---------------------------------------------------------------------


class Calls:
    """Pickles as a call of any function."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.call = function, arguments

    def __reduce__(self) -> Any:
        return self.call


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (os.system, ("touch {}",)),
        (eval, ("open({!r}, 'w')",)),
        (exec, ("open({!r}, 'w')",)),
        (open, ("{}", "w")),
        (getattr, (os, "system")),
        (subprocess.Popen, (["touch", "{}"],)),
        (np.load, ("{}",)),
        (np.zeros, (10**12,)),
        (fractions.Fraction, (1, 2)),
        (io.FileIO, ("{}", "w")),
        (bytes, (10**9,)),
        (bytearray, (10**9,)),
        (range, (10**9,)),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_code_does_not_run(
    function: Any, arguments: tuple[Any, ...], protocol: int, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    if os in arguments:
        data = b"cos\ngetattr\n(cos\nsystem\nS'x'\ntR."
    else:
        arguments = tuple(a.format(str(made)) if isinstance(a, str) else a for a in arguments)
        data = pickle.dumps({"x": [Calls(function, *arguments)]}, protocol)
    with pytest.raises(FormatError, match=r"code|should be"):
        loads(data)
    assert not made.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"cos\nsystem\n.",  # a function as a value
        b"(cos\nsystem\nl.",
        b"(ios\nsystem\n.",  # INST
        b"\x80\x02cos\nsystem\n)\x81.",  # NEWOBJ
        b"\x80\x04\x8c\x02os\x8c\x06system\x93.",
        b"\x80\x02\x82\x01.",  # EXT1
        b"Pabc\n.",  # PERSID
        b"\x80\x05\x97.",  # NEXT_BUFFER
        b"(lp0\n(dS'__class__'\ncos\nsystem\nsb.",  # BUILD of a list
        b"cnumpy.core.multiarray\n_reconstruct\n(cos\nsystem\n(I0\ntS'b'\ntR.",
        b"cnumpy\ndtype\n(S'O8'\nI0\nI1\ntR.",
        b"cnumpy\ndtype\n(S'f8, (1000000000,)f8'\ntR(I3\nS'<'\nNNNI-1\nI-1\nI0\ntb.",
    ],
)
def test_tricks_are_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        loads(data)


def test_the_reader_imports_nothing() -> None:
    program = (
        "import sys\n"
        "from sleap.io.plain_pickle import loads\n"
        "from sleap.errors import FormatError\n"
        "try: loads(b'cantigravity\\nfly\\n(tR.')\n"
        "except FormatError as error: print(error)\n"
        "assert 'antigravity' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "antigravity.fly" in done.stdout, done.stderr


# -- what would fill the memory or the stack ----------------------------------------------------


def test_lists_that_hold_themselves() -> None:
    circle: list[Any] = []
    circle.append([circle])
    with pytest.raises(FormatError, match="contains itself"):
        loads(pickle.dumps(circle))


@pytest.mark.parametrize("opening", [b"(" * 100_000 + b"t" * 100_000, b")" + b"\x85" * 100_000])
def test_deep_nesting(opening: bytes) -> None:
    with pytest.raises(FormatError, match="deep"):
        loads(b"\x80\x02" + opening + b".")
    with pytest.raises(FormatError, match="deep"):
        loads(b"\x80\x02}" + opening + b"Ns.")  # as the key of a dictionary
    with pytest.raises(FormatError, match="deep"):
        loads(b"\x80\x04\x8f(" + opening + b"\x90.")  # in a set


def test_lists_that_double() -> None:
    doubled = b"]q\x00" + b"".join(
        b"]q%c(h%ch%ce" % (level, level - 1, level - 1) for level in range(1, 60)
    )
    with pytest.raises(FormatError, match="claims to hold more"):
        loads(b"\x80\x02" + doubled + b".")
    key = b"K\x01" + b"".join(b"2\x86" for _ in range(60))  # DUP, TUPLE2
    with pytest.raises(FormatError, match="claims to hold more"):
        loads(b"\x80\x02}" + key + b"Ns.")


def test_copies_are_counted() -> None:
    text = b"X" + (100_000).to_bytes(4, "little") + b"a" * 100_000 + b"q\x00"
    call = b"c_codecs\nencode\n(h\x00X\x06\x00\x00\x00latin1tR"
    with pytest.raises(FormatError, match="claims to hold more"):
        loads(b"\x80\x02(" + text + call * 10_000 + b"l.")


@pytest.mark.parametrize(
    ("shape", "raw"), [((10**12,), b""), ((0, 10**12), b""), ((2,), b"\0"), ((-1,), b"")]
)
def test_sizes_beyond_the_data(shape: tuple[int, ...], raw: bytes) -> None:
    class Claims:
        def __reduce__(self) -> Any:
            state = (1, shape, np.dtype("u1"), False, raw)
            return np.zeros(0).__reduce__()[0], (np.ndarray, (10**12,), b"b"), state

    with pytest.raises(FormatError):
        loads(pickle.dumps(Claims()))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x80\x04",
        b".",
        b"(.",
        b"t.",
        b"\xff.",
        b"\x8e" + b"\xff" * 8,
        b"B\xff\xff\xff\xff.",
        b"I" + b"9" * 5000 + b"\n.",
        b"h\x05.",
        b"}]Ns.",
        b"(NNNd.",
        b"S'abc\n.",
        b"Sabc\n.",
        b"F1x\n.",
        b"c\\q\n\\u\n.",
    ],
)
def test_damage(data: bytes) -> None:
    with pytest.raises(FormatError, match="pickle"):
        loads(data)


def test_random_damage_is_an_error_or_plain_data() -> None:
    value = {"a": [1, 2.5, None, "text"], "b": ARRAYS[:12], "c": {(1, 2): {3}}, "d": SCALARS}
    chance = random.Random(0)
    for protocol in PROTOCOLS:
        whole = pickle.dumps(value, protocol)
        for _ in range(300):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 4)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            try:
                loads(bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]))
            except FormatError:
                continue


def test_a_table_of_metrics() -> None:
    """The shape of what older releases keep of an evaluation: a pickled dictionary in ``.npz``."""
    metrics = {"dist.avg": 1.5, "dist.dists": np.ones((5, 3)), "oks.mOKS": np.float64(0.9)}
    file = io.BytesIO()
    np.savez_compressed(file, metrics=np.array(metrics, object))
    with zipfile.ZipFile(file) as archive, archive.open("metrics.npy") as member:
        assert np.lib.format.read_magic(member) == (1, 0)
        np.lib.format.read_array_header_1_0(member)
        found = loads(member.read())
    assert found.shape == ()
    assert found.item()["dist.avg"] == 1.5
    assert found.item()["dist.dists"].shape == (5, 3)
