"""What all tests share."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import postgres
import pytest

# Its limit of 0.2 s for an example tells how busy the machine is; what must be quick is measured.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")


@pytest.fixture(autouse=True, scope="session")
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Sentence vectors are kept for the time of the tests, away from the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VARIANT_COMPARE_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("VARIANT_COMPARE_DATABASE", raising=False)
        patch.delenv("VARIANT_COMPARE_PROJECT", raising=False)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL that lives as long as the tests."""
    programs = postgres.programs()
    if programs is None:
        postgres.missing()
    else:
        with postgres.server(programs) as url:
            yield url


_numbers = itertools.count()


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """An empty schema of a PostgreSQL database."""
    return postgres.make_schema(postgres_server, f"log{next(_numbers)}")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where a log of decisions is kept: a file, and then PostgreSQL."""
    if request.param == "sqlite":
        return tmp_path / "verdicts.sqlite"
    url: str = request.getfixturevalue("postgres_url")
    return url
