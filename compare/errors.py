"""What can go wrong, each class with its exit code; a message says what failed, why, what to do."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of ``variant-compare``."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INPUT = 3
    ENVIRONMENT = 4
    INTERRUPTED = 130
    TERMINATED = 143


class CompareError(Exception):
    """Base of every error that is shown to the user without a traceback."""

    exit_code: ExitCode = ExitCode.ENVIRONMENT


class UsageError(CompareError):
    """Wrong usage or configuration."""

    exit_code = ExitCode.USAGE


class InputError(CompareError):
    """An input that cannot be used: missing, empty, undecodable, binary, too large."""

    exit_code = ExitCode.INPUT


class NotSameStoryError(InputError):
    """The two texts share too little to be compared; ``--force`` goes on."""


class SetupError(CompareError):
    """A model, package or folder that is missing or cannot be used."""

    exit_code = ExitCode.ENVIRONMENT
