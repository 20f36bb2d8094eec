"""`Shown[M]`: the REST shape of a mirror, in annotations. What reads annotations at run time sees the shape itself."""

import dataclasses
from typing import Any, Generic, TypeVar, dataclass_transform, get_args, get_origin

M = TypeVar("M", covariant=True)
T = TypeVar("T")


class Shown(Generic[M]):
    """What REST answers for an `M`: so a handler is annotated, and the document and the encoder see the shape."""

    __slots__ = ()


def shape_of(hint: Any) -> Any:
    """An annotation with every `Shown` in it replaced by the shape it stands for."""
    if get_origin(hint) is Shown:
        return get_args(hint)[0].SHAPE
    inner = get_args(hint)
    replaced = tuple(shape_of(each) for each in inner)
    if replaced == inner:
        return hint
    return hint.copy_with(replaced) if hasattr(hint, "copy_with") else get_origin(hint)[replaced]


@dataclass_transform(kw_only_default=True, frozen_default=True)
def shape(cls: type[T]) -> type[T]:
    """A REST shape that is no mirror, and may hold the shapes of some."""
    cls.__annotations__ = {name: shape_of(hint) for name, hint in cls.__annotations__.items()}
    return dataclasses.dataclass(frozen=True, slots=True, kw_only=True)(cls)
