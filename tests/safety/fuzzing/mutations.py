"""Ways in which files get damaged, each a function of bytes and chance."""

import random
from collections.abc import Callable

Mutation = Callable[[bytes, bytes, random.Random], bytes]

MAX_RUN = 64
"""Bytes overwritten in one place, at most."""

_NUMBERS = (0, 1, 2, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, (1 << 63) - 1, (1 << 64) - 1)


def flip_bits(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Flip 1 to 8 bits."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        damaged[_place(data, chance)] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def change_bytes(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Set 1 to 16 bytes to anything."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 16)):
        damaged[_place(data, chance)] = chance.randrange(256)
    return bytes(damaged)


def change_number(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Set an aligned number to one at the edge of what it can be, or to a place in the file."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        size = chance.choice((1, 2, 4, 8))
        value = chance.choice((*_NUMBERS, len(data), _place(data, chance), _place(data, chance)))
        place = _place(data, chance) // size * size
        damaged[place : place + size] = (value % (1 << 8 * size)).to_bytes(size, "little")
    return bytes(damaged[: max(len(data), 1)])


def overwrite_run(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Fill a run with one byte or with noise."""
    place, length = _place(data, chance), chance.randint(1, MAX_RUN)
    noise = chance.choice((b"\0" * length, b"\xff" * length, chance.randbytes(length)))
    return (data[:place] + noise + data[place + length :])[: len(data)]


def truncate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Lose the end."""
    return data[: chance.randrange(len(data))]


def splice(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Go on as another file from some place."""
    place = _place(data, chance)
    return data[:place] + other[place if chance.random() < 0.5 else _place(other, chance) :]


def repeat_block(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Have a block twice, in place of what follows it or before it."""
    start, end = _block(data, chance)
    if chance.random() < 0.5:
        return data[:end] + data[start:]
    return (data[:end] + data[start:end] + data[2 * end - start :])[: len(data)]


def swap_blocks(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Exchange two blocks of one length."""
    start, end = _block(data, chance)
    place = chance.randrange(max(len(data) - (end - start), 1))
    damaged = bytearray(data)
    damaged[start:end], damaged[place : place + end - start] = (
        data[place : place + end - start],
        data[start:end],
    )
    return bytes(damaged[: len(data)])


MUTATIONS: dict[str, Mutation] = {
    function.__name__: function
    for function in (
        flip_bits,
        change_bytes,
        change_number,
        overwrite_run,
        truncate,
        splice,
        repeat_block,
        swap_blocks,
    )
}


def damage(data: bytes, other: bytes, seed: int) -> tuple[str, bytes]:
    """Damage a file, the same way for the same seed.

    Args:
        data: The file; not empty.
        other: Another, to splice with.
        seed: Of the choice.

    Returns:
        What was done, and the damaged file.
    """
    chance = random.Random(seed)
    names = chance.choices(list(MUTATIONS), k=1 if chance.random() < 0.8 else 2)
    for name in names:
        data = MUTATIONS[name](data, other, chance) or b"\0"
    return "+".join(names), data


def _place(data: bytes, chance: random.Random) -> int:
    """Choose a place; half of them in the first 4 kB, where the structure of most files lies."""
    if chance.random() < 0.4:
        return chance.randrange(min(len(data), 4096))
    return chance.randrange(len(data))


def _block(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(start + chance.choice((8, 64, 512, 4096)), len(data))
