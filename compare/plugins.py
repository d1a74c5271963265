"""What installed packages add by entry points; an error names the package that it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

from compare.errors import SetupError

T = TypeVar("T")


def load(group: str, kind: type[T]) -> Iterator[tuple[T, str]]:
    """What the entry points of a group name, each with the package that adds it.

    Args:
        group: of entry points, e.g. ``variant_compare.checks``.
        kind: the class that each must be of; messages call it by its name.

    Yields:
        The object, and the name and version of its package (empty where there is none).

    Raises:
        SetupError: one does not load, or is of another class.
    """
    for point in entry_points(group=group):
        shown = f"the {kind.__name__.lower()} {point.name!r} ({point.value}){_of(point)}"
        try:
            loaded = point.load()
        except (Exception, SystemExit) as error:
            raise SetupError(
                f"{shown} does not load: {str(error) or type(error).__name__}; "
                "repair or uninstall the package that adds it"
            ) from error
        if not isinstance(loaded, kind):
            raise SetupError(
                f"{shown} is not a {kind.__name__}; repair or uninstall the package that adds it"
            )
        yield loaded, _origin(point)


def _origin(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else ""


def _of(point: EntryPoint) -> str:
    origin = _origin(point)
    return f" of the package {origin}" if origin else ""
