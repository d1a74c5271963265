"""What the project takes from others: licences, locks, and nothing on disk that is run as code."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from compare.embed import package_folder
from compare.errors import SetupError
from tools import dependencies
from tools.dependencies import Package, licence, packages, page, refused, row, sbom

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
INSTALLED = packages()


# Licences ---------------------------------------------------------------------------------------


def test_no_package_is_under_a_licence_that_is_not_taken() -> None:
    assert len(INSTALLED) > 50
    assert refused(INSTALLED) == []


@pytest.mark.parametrize(
    ("stated", "extra", "taken"),
    [
        ("MIT", "", True),
        ("MPL-2.0", "", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", "", True),
        ("GPL-3.0-or-later WITH GCC-exception-3.1 AND BSD-3-Clause", "", True),
        ("LGPL-3.0-only", "", False),
        ("LGPL-3.0-only", "team", True),
        ("GNU Library or Lesser General Public License (LGPL)", "", False),
        ("GPL-3.0-only", "team", False),
        ("BSD-3-Clause AND GPL-2.0-or-later", "", False),
        ("(GPL-2.0-only OR AGPL-3.0-only)", "", False),
        ("GNU Affero General Public License v3", "", False),
        ("GNU General Public License v3 (GPLv3)", "ray", False),
        ("not stated", "", False),
    ],
)
def test_which_licences_are_taken(stated: str, extra: str, taken: bool) -> None:
    assert (refused([Package("one", "1", stated, extra, ())]) == []) == taken


@pytest.mark.parametrize(
    ("fields", "stated"),
    [
        ([("License-Expression", "MIT"), ("License", "other")], "MIT"),
        ([("License", "BSD"), ("Classifier", "License :: OSI Approved :: MIT License")], "BSD"),
        ([("License", "Copyright 2001\n" * 9), ("Classifier", "License :: X :: GPL")], "GPL"),
        ([("Classifier", "Topic :: Text")], "not stated"),
    ],
)
def test_what_a_package_states(fields: list[tuple[str, str]], stated: str) -> None:
    from email.message import Message

    about = Message()
    for name, value in fields:
        about.add_header(name, value)
    assert licence(about) == stated  # type: ignore[arg-type]  # read as package metadata is


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.M))


def test_the_page_of_dependencies_is_up_to_date() -> None:
    """Where an extra is not installed, its rows cannot be looked at."""
    hint = "python tools/dependencies.py page > docs/dependencies.md"
    lines = PAGE.splitlines()
    pinned = pins("constraints.txt")
    shown = re.findall(r"^\| ([a-z0-9-]+) \| (\d[\w.]*) \| .* \| (\w+) \|$", PAGE, re.M)
    assert PAGE.startswith(dependencies.INTRODUCTION), hint
    assert {name: pinned[name] for name, _, _ in shown} == {name: v for name, v, _ in shown}, hint
    here = {package.name: package for package in INSTALLED}
    for name, version, extra in shown:
        assert name in here or extra != "always" or _elsewhere(name), (name, hint)
        # The builds of torch may state their licences differently.
        if name in here and here[name].version == version and name != "torch":
            assert row(here[name]) in lines, hint
    if sys.platform == "linux":  # where the page is made; others need some packages more
        assert {package.name for package in INSTALLED} <= {name for name, _, _ in shown}, hint
    assert page(INSTALLED).splitlines()[:5] == lines[:5]


def _elsewhere(name: str) -> bool:
    """Whether this machine's Python or system does without a package."""
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return True
    return False


def test_the_bill_of_materials_holds_to_its_schema() -> None:
    pytest.importorskip("cyclonedx")
    text = sbom(INSTALLED)
    assert sbom(INSTALLED) == text
    bill = json.loads(text)
    assert bill["metadata"]["component"]["name"] == "variant-compare"
    found = {part["name"]: part for part in bill["components"]}
    assert set(found) == {package.name for package in INSTALLED}
    assert found["numpy"]["scope"] == "required"
    (own,) = (d for d in bill["dependencies"] if d["ref"].startswith("pkg:pypi/variant-compare@"))
    assert found["spacy"]["bom-ref"] in own["dependsOn"]


def test_every_file_of_the_lock_has_a_hash_and_every_pin_is_that_of_the_constraints() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    locked, pinned = pins("requirements.lock"), pins("constraints.txt")
    items = re.findall(r"^[a-z][^\n]*(?:\n    --hash=sha256:[0-9a-f]{64}[^\n]*)*", text, re.M)
    assert len(items) == len(locked)
    assert all("--hash=" in item for item in items)
    own = {name: version for name, version in locked.items() if name in pinned}
    assert own == {name: pinned[name] for name in own}
    needed = {p.name for p in INSTALLED if p.extra in ("", "team")}
    assert needed <= set(own), "python3 dev.py lock"
    # The rest is for some systems only: what torch brings on Linux, and what others need.
    assert all(" ; " in item for item in items if item.split("==")[0] not in own)


# Nothing that is read is run --------------------------------------------------------------------


UNSAFE = {"pickle", "cPickle", "_pickle", "joblib", "shelve", "marshal", "dill", "cloudpickle"}
"""Modules that make code of what they read."""
CALLS = {"torch.load", "read_pickle", "to_pickle", "yaml.load", "yaml.unsafe_load", "eval", "exec"}


def unsafe(source: str) -> Iterator[str]:
    """What in a module reads objects, or runs what it has read."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.split(".")[0] in UNSAFE)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in UNSAFE:
            yield str(node.module)
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            last = name.rpartition(".")[2]
            if name in CALLS or last in CALLS:
                yield name
            if any(
                k.arg == "allow_pickle" and ast.unparse(k.value) != "False" for k in node.keywords
            ):
                yield f"{name}(allow_pickle=…)"
            if last in ("import_module", "__import__") and node.args:
                module = node.args[0]
                if isinstance(module, ast.Constant) and str(module.value) in UNSAFE:
                    yield str(module.value)


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "def f():\n    from joblib import load",
        "import numpy as np\nnp.load(path, allow_pickle=True)",
        "import torch\ntorch.load(path)",
        "pd.read_pickle(path)",
        "importlib.import_module('shelve')",
        "eval(text)",
    ],
)
def test_the_scan_sees_what_it_is_for(source: str) -> None:
    assert list(unsafe(source))


@pytest.mark.parametrize(
    "source", ["json.loads(t)", "np.load(p)", "np.load(p, allow_pickle=False)"]
)
def test_the_scan_passes_what_is_safe(source: str) -> None:
    assert list(unsafe(source)) == []


def test_no_object_is_unpickled_anywhere() -> None:
    files = [*(ROOT / "compare").rglob("*.py"), *(ROOT / "app_pages").glob("*.py"), ROOT / "app.py"]
    assert len(files) > 50
    found = {path.name: list(unsafe(path.read_text("utf-8"))) for path in files}
    assert {name: uses for name, uses in found.items() if uses} == {}


def test_every_binary_in_the_package_is_one_that_is_verified_when_it_is_loaded() -> None:
    text = {".py", ".json", ".toml", ".tsv", ".css", ".csv", ".typed", ".md", ".html", ".txt"}
    folder = ROOT / "compare"
    binaries = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in text | {".pyc"}
    }
    # compare.meaning and compare.mpnet compare their hashes: test_meaning.py, test_mpnet.py
    assert binaries == {"models/meaning.onnx", "models/mpnet.onnx"}
    for path in folder.rglob("*"):
        if path.suffix in text:
            path.read_text("utf-8")  # raises on anything that is no text


def test_a_folder_of_a_model_is_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "some_model"
    (package / "data" / "ner").mkdir(parents=True)
    (package / "__init__.py").touch()
    for name in ("config", "ner/model"):
        (package / "data" / name).write_text(name)
    monkeypatch.syspath_prepend(str(tmp_path))
    right = "078e77b1492ab883cce39d662e19e387daa7aa545e180e3c5946d118b9117865"
    with pytest.raises(SetupError, match=r"expected 0{12}….*pip install --force-reinstall some-m"):
        package_folder("some_model", "data", sha256="0" * 64)
    assert package_folder("some_model", "data", sha256=right) == package / "data"
    (package / "data" / "ner" / "model").write_text("other")
    with pytest.raises(SetupError, match="is not the one this program was tested with"):
        package_folder("some_model", "data", sha256=right)
    (package / "data" / "ner" / "model").rename(package / "data" / "model")
    with pytest.raises(SetupError, match="is not the one this program was tested with"):
        package_folder("some_model", "data", sha256=right)
