"""What is written below the fields of a model, read when a description is asked for.

Pydantic's own ``use_attribute_docstrings`` reads and parses the source of every class when it is
made, which takes longer than all else that a model costs at the start of a process.
"""

from __future__ import annotations

import ast
import inspect
from functools import cache
from itertools import pairwise
from types import ModuleType

from pydantic import BaseModel


def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """The text below each field that has one, by the field's name.

    What a class inherits counts, as far as it says nothing itself.
    """
    told: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, BaseModel) and each is not BaseModel:
            told |= _own(each)
    return told


def _own(model: type[BaseModel]) -> dict[str, str]:
    module = inspect.getmodule(model)
    return {} if module is None else _of_classes(module).get(model.__qualname__, {})


@cache
def _of_classes(module: ModuleType) -> dict[str, dict[str, str]]:
    """By the names of the classes at the top of a module."""
    tree = ast.parse(inspect.getsource(module))
    classes = (each for each in tree.body if isinstance(each, ast.ClassDef))
    return {each.name: _texts(each.body) for each in classes}


def _texts(body: list[ast.stmt]) -> dict[str, str]:
    told = {}
    for field, below in pairwise(body):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                told[name] = inspect.cleandoc(text)
    return told
