"""What fills the gaps of the sentences that paragraphs are put together from."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Filler = Callable[[Random], str]


def one_of(*choices: str) -> Filler:
    return lambda chance: chance.choice(choices)


def decimal(chance: Random, *, point: str) -> str:
    return f"{chance.randint(0, 500)}{point}{chance.randint(0, 9999)}"
