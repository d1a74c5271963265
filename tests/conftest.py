"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Sentence vectors are kept for the time of the tests, away from the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VARIANT_COMPARE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
