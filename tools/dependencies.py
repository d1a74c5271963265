"""The packages that this project installs: their licences, and a bill of materials.

usage: python tools/dependencies.py page | gate | sbom [FILE]

``page`` prints ``docs/dependencies.md``. ``gate`` fails where a package is under a licence that
the project does not take (:data:`TAKEN`). ``sbom`` writes a CycloneDX bill of materials. All three
go by what is installed here; what the project asks for is read from ``pyproject.toml``.
"""

from __future__ import annotations

import re
import sys
import tomllib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = "variant-compare"
RUNTIME_EXTRAS = ("team", "ray")
"""Extras for users; the others are for who works on the project, and are not handed on."""
BUILDS = ("nvidia-", "cuda-", "triton")
"""What torch brings in some of its builds and not in others."""
Copyleft = Literal["", "weak", "strong"]
TAKEN: Mapping[str, frozenset[Copyleft]] = {
    "": frozenset(("",)),
    "team": frozenset(("", "weak")),
    "ray": frozenset(("", "weak")),
}
"""Which copyleft is taken: the LGPL only where a user asks for it by an extra, the GPL nowhere."""


@dataclass(frozen=True, slots=True)
class Package:
    """One installed package."""

    name: str
    version: str
    licence: str
    extra: str
    """The extra that brings it; empty where every installation has it."""
    requires: tuple[str, ...]
    """Names of the packages that it needs, as far as they are installed."""


def project() -> dict[str, object]:
    """The table ``project`` of ``pyproject.toml``."""
    table: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))[
        "project"
    ]
    return table


def requirements(lines: Iterable[str], extras: frozenset[str]) -> list[Requirement]:
    """The requirements that hold here, with these extras."""
    found = []
    for line in lines:
        wanted = Requirement(line)
        marker = wanted.marker
        if marker is None or any(marker.evaluate({"extra": e}) for e in (*extras, "")):
            found.append(wanted)
    return found


def closure(direct: Iterable[str], extra: str = "") -> dict[str, Package]:
    """All installed packages that these requirements need, by name; builds of torch left out.

    A package that is not installed is left out as well.
    """
    found: dict[str, Package] = {}
    done: dict[str, frozenset[str]] = {}
    waiting = requirements(direct, frozenset())
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        extras = frozenset(wanted.extras) | done.get(name, frozenset())
        if done.get(name) == extras or name.startswith(BUILDS):
            continue
        done[name] = extras
        try:
            dist = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        needs = requirements(dist.requires or (), extras)
        waiting += needs
        names = {canonicalize_name(need.name) for need in needs}
        version = dist.version.partition("+")[0]
        found[name] = Package(
            name, version, licence(dist.metadata), extra, tuple(sorted(names - {name}))
        )
    return found


def packages() -> list[Package]:
    """Every package of a user's installation, and what each runtime extra adds, in order."""
    table = project()
    direct, optional = table["dependencies"], table["optional-dependencies"]
    assert isinstance(direct, list)
    assert isinstance(optional, dict)
    found = closure(direct)
    for extra in RUNTIME_EXTRAS:
        found = closure(optional[extra], extra) | found
    return [found[name] for name in sorted(found)]


INTRODUCTION = """\
# Dependencies

Every package that an installation brings, as pinned in `constraints.txt`, with the licence that the
package itself states. Made by `python tools/dependencies.py page`; a test holds it to what is
installed.

On Linux the build of torch from the package index also brings NVIDIA's CUDA packages, which are
under licences of NVIDIA's own and are not listed; nothing here needs them, and [the
README](../README.md) tells how to do without.

No package under the GPL or the AGPL is taken, and none under the LGPL that everybody gets: CI fails
where one is. The LGPL is taken in an extra, which a user asks for by name and may replace (psycopg,
for PostgreSQL). Where a package gives a choice of licences, the mildest counts (tld: MPL-1.1).

`python3 dev.py sbom` writes the same packages as a bill of materials (CycloneDX, JSON),
`python3 dev.py audit` asks a database of known vulnerabilities about them, and `requirements.lock`
has a hash for each of their files, those of the extra `ray` apart.

| package | version | licence, as stated | installed |
|---|---|---|---|
"""
"""How the page begins."""


# Licences ---------------------------------------------------------------------------------------


def licence(about: metadata.PackageMetadata) -> str:
    """What a package says of its licence, in few words.

    The SPDX expression, else the field ``License`` where it is one line, else the classifiers.
    """
    expression = str((about.get_all("License-Expression") or [""])[0])
    if expression:
        return expression
    stated = str((about.get_all("License") or [""])[0])
    if 0 < len(stated) <= 60 and "\n" not in stated:
        return stated
    classifiers = about.get_all("Classifier") or []
    named = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::")]
    return ", ".join(named) or "not stated"


def copyleft(stated: str) -> Copyleft:
    """How far a licence reaches; of a choice the mildest counts.

    >>> copyleft("MIT"), copyleft("LGPL-3.0-only"), copyleft("GPL-3.0-or-later")
    ('', 'weak', 'strong')
    >>> copyleft("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later")
    ''
    >>> copyleft("MIT AND GNU Affero General Public License v3")
    'strong'
    >>> copyleft("GPL-3.0-or-later WITH GCC-exception-3.1 AND BSD-3-Clause")
    ''
    """
    order: tuple[Copyleft, ...] = ("", "weak", "strong")
    choices = []
    for choice in re.split(r"\s+OR\s+", stated.strip("()")):
        reach: Copyleft = ""
        for part in re.split(r"\s+AND\s+|,\s*", choice):
            if re.search(r"WITH\s+\S*exception", part, re.IGNORECASE):
                continue
            if re.search(r"\bLGPL|(Lesser|Library) General Public", part, re.IGNORECASE):
                here: Copyleft = "weak"
            elif re.search(r"\bA?GPL|General Public License", part, re.IGNORECASE):
                here = "strong"
            else:
                here = ""
            reach = max(reach, here, key=order.index)
        choices.append(reach)
    return min(choices, key=order.index)


def refused(found: Iterable[Package]) -> list[str]:
    """A line for each package whose licence the project does not take, or that states none."""
    return [
        f"{package.name} {package.version}: {package.licence}"
        for package in found
        if package.licence == "not stated" or copyleft(package.licence) not in TAKEN[package.extra]
    ]


def row(package: Package) -> str:
    """A package as a row of the page."""
    told = package.licence.replace("|", "\\|")
    return f"| {package.name} | {package.version} | {told} | {package.extra or 'always'} |"


def page(found: Iterable[Package]) -> str:
    """``docs/dependencies.md``."""
    return INTRODUCTION + "".join(row(package) + "\n" for package in found)


# Bill of materials ------------------------------------------------------------------------------


def sbom(found: Iterable[Package]) -> str:
    """A CycloneDX 1.6 document in JSON: the same packages give the same text.

    Raises:
        ValueError: it does not hold to the schema.
    """
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentScope, ComponentType
    from cyclonedx.output.json import JsonV1Dot6
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator
    from packageurl import PackageURL

    licences = LicenseFactory()

    def component(package: Package, kind: ComponentType) -> Component:
        url = PackageURL("pypi", name=package.name, version=package.version)
        return Component(
            name=package.name,
            version=package.version,
            type=kind,
            scope=ComponentScope.OPTIONAL if package.extra else ComponentScope.REQUIRED,
            purl=url,
            bom_ref=str(url),
            licenses=[licences.make_from_string(package.licence)],
        )

    about = project()
    own = Package(PROJECT, str(about["version"]), str(about["license"]), "", ())
    root = component(own, ComponentType.APPLICATION)
    found = list(found)
    content = "\n".join(f"{p.name}=={p.version}" for p in [own, *found])
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, content))
    bom.metadata.component = root
    # The schema does not ask for a time, and with one no two were the same.
    bom.metadata.timestamp = None  # type: ignore[assignment,unused-ignore]
    made = {p.name: component(p, ComponentType.LIBRARY) for p in found}
    for part in made.values():
        bom.components.add(part)
    names = (canonicalize_name(Requirement(str(line)).name) for line in _direct(about))
    bom.register_dependency(root, [made[name] for name in names if name in made])
    for package in found:
        needs = [made[name] for name in package.requires if name in made]
        bom.register_dependency(made[package.name], needs)
    text: str = JsonV1Dot6(bom).output_as_string(indent=1)
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        raise ValueError(f"the bill of materials does not hold to the schema: {fault}")
    return text + "\n"


def _direct(about: Mapping[str, object]) -> list[object]:
    direct = about["dependencies"]
    assert isinstance(direct, list)
    return direct


def main(arguments: list[str]) -> int:
    """Run one of the three; the exit code."""
    if not arguments or arguments[0] not in ("page", "gate", "sbom"):
        print(__doc__, file=sys.stderr)
        return 2
    found = packages()
    if arguments[0] == "page":
        sys.stdout.buffer.write(page(found).encode())
    elif arguments[0] == "gate":
        for line in refused(found):
            print(f"licence not taken: {line}", file=sys.stderr)
        return int(bool(refused(found)))
    elif arguments[1:]:
        Path(arguments[1]).write_text(sbom(found), "utf-8")
        print(f"{len(found)} packages: {arguments[1]}")
    else:
        print(sbom(found), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
