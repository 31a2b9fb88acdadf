"""A hook: what a lower house asks and an upper one answers. The program does not start while one is empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class Hook(Generic[Asked, Answer]):
    """A question that says its ``purpose``. ``@hook.fill`` above a function of an upper house answers it."""

    def __init__(self, purpose: str):
        self.what = purpose
        self.functions: list[Callable[Asked, Answer]] = []
        HOOKS.append(self)

    def fill(self, function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        self.functions.append(function)
        return function

    def __call__(self, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        """The answer, where one house alone knows it."""
        (function,) = self.functions
        return function(*args, **kwargs)

    def each(self, *args: Asked.args, **kwargs: Asked.kwargs) -> list[Answer]:
        """The answers of all houses that know something."""
        return [function(*args, **kwargs) for function in self.functions]


HOOKS: list[Hook] = []


def empty_hooks() -> list[str]:
    """What is asked and nobody answers; the program starts with none."""
    return [hook.what for hook in HOOKS if not hook.functions]
