"""The checks and their registry: built on demand and passed in, never global.

A check of somebody else's joins by an entry point in the group ``variant_compare.checks`` that
names a :class:`~compare.checks.base.Check`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from importlib import import_module

from compare import plugins
from compare.checks.base import Check, Draft, Example
from compare.config import Config
from compare.errors import SetupError, UsageError

__all__ = ["Check", "Draft", "Example", "default_registry", "is_selected", "selected"]

ENTRY_POINT_GROUP = "variant_compare.checks"

BUILT_IN = (
    "title",
    "name",
    "entity",
    "number",
    "date",
    "negation",
    "polarity",
    "participants",
    "place",
    "gender",
    "term",
    "modality",
    "attribution",
    "fragment",
    "question",
    "untranslated",
    "garbled",
    "quote",
    "consistency",
    "contradiction",
    "omission",
    "addition",
    "wording",
)
"""Module names under :mod:`compare.checks`, in the order in which they run and are listed."""


def default_registry() -> dict[str, Check]:
    """The built-in checks and those that installed packages add, by id.

    Raises:
        SetupError: two checks share an id, or an entry point does not load or names no check.
    """
    registry: dict[str, Check] = {}
    for name in BUILT_IN:
        check: Check = import_module(f"compare.checks.{name}").CHECK
        registry[check.id] = check
    for check, origin in plugins.load(ENTRY_POINT_GROUP, Check):
        if check.id in registry:
            other = registry[check.id].origin
            raise SetupError(
                f"two checks have the id {check.id!r}: that of the package {origin}, and "
                f"{f'that of the package {other}' if other else 'a built-in one'}; "
                "uninstall the package"
            )
        registry[check.id] = dataclasses.replace(check, origin=origin)
    return registry


def is_selected(check: Check, config: Config) -> bool:
    """Whether a run with these settings uses a check."""
    return (
        (not config.select or check.id in config.select)
        and check.id not in config.ignore
        and (config.meaning or not check.learned or check.id in config.select)
    )


def selected(registry: Mapping[str, Check], config: Config) -> tuple[Check, ...]:
    """The checks that a run uses, in the registry's order.

    Raises:
        UsageError: the settings name a check that does not exist, or leave none to run.
    """
    from rapidfuzz import process

    for name in (*config.select, *config.ignore):
        if name not in registry:
            near = process.extractOne(name, list(registry))
            raise UsageError(
                f"unknown check {name!r}: did you mean {near[0]!r}? "
                "`variant-compare checks list` shows them all"
            )
    chosen = tuple(check for check in registry.values() if is_selected(check, config))
    if registry and not chosen:
        raise UsageError("no check is left to run: name one that is not ignored as well")
    return chosen
