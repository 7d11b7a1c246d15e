"""Ways in which files break, each repeatable by its seed."""

import random

PAGE = 4096


def random_bytes(data, chance):
    for _ in range(chance.randint(1, 40)):
        at = chance.randrange(len(data) - 64)
        data[at : at + 64] = chance.randbytes(64)
    return data


def random_pages(data, chance):
    for number in chance.sample(range(len(data) // PAGE), chance.randint(1, 20)):
        data[number * PAGE : (number + 1) * PAGE] = chance.randbytes(PAGE)
    return data


def empty_pages(data, chance):
    for number in chance.sample(range(len(data) // PAGE), chance.randint(1, 20)):
        data[number * PAGE : (number + 1) * PAGE] = bytes(PAGE)
    return data


def swapped_pages(data, chance):
    one, other = (number * PAGE for number in chance.sample(range(len(data) // PAGE), 2))
    ours, theirs = data[one : one + PAGE], data[other : other + PAGE]
    data[one : one + PAGE], data[other : other + PAGE] = theirs, ours
    return data


def cut_off(data, chance):
    return data[: chance.randrange(PAGE, len(data))]


def first_half(data, chance):
    return data[: len(data) // 2]


def second_half(data, chance):
    half = len(data) // 2
    return bytes(half) + data[half:]


def no_first_page(data, chance):
    data[:PAGE] = bytes(PAGE)
    return data


def no_head(data, chance):
    data[:100] = chance.randbytes(100)
    return data


def one_bit_of_the_head(data, chance):
    at = chance.choice([*range(60), *range(64, 100)])  # a file of a newer version is not broken
    data[at] ^= 1 << chance.randrange(8)
    return data


KINDS = (
    random_bytes,
    random_pages,
    empty_pages,
    swapped_pages,
    cut_off,
    first_half,
    second_half,
    no_first_page,
    no_head,
    one_bit_of_the_head,
)


def damaged(content, kind, seed):
    """``content`` with one kind of damage."""
    return bytes(kind(bytearray(content), random.Random(seed)))
