"""Who may import whom, and what the library leaves alone: held over the syntax tree."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from cases_reader import ROOT

import travelplan

# From the bottom up: a room may import from the rooms before it, and from nothing after it.
ORDER = (
    "language",
    "errors",
    "geo",
    "strict",
    "sourced",
    "places",
    "trip",
    "journeys",
    "emissions",
    "scheme",
    "destinations",
    "review",
    "reference",
    "recommendation",
    "audit",
    "simulation",
    "upkeep",
    "reach",
    "demo",
    "report",
    "files",
    "saving",
    "sheets",
    "cli",
    "__main__",
)
# Where a room may import less than the order allows.
ONLY_THIS = {
    ("scheme", "places"): {"travelplan.places.normalise"},
    ("emissions", "journeys"): {"travelplan.journeys.model"},
    ("trip", "places"): {
        "travelplan.places",
        "travelplan.places.model",
        "travelplan.places.normalise",
    },
    ("journeys", "places"): {"travelplan.places.model"},
}
NOTHING_FROM = {
    ("journeys", "trip"),
    ("emissions", "trip"),
    ("emissions", "places"),
    ("scheme", "trip"),
    ("scheme", "journeys"),
    ("scheme", "emissions"),
    ("destinations", "journeys"),
}
# What the pages use of the library besides the names that `travelplan` itself gives.
WEBAPP_USES = {
    "travelplan.audit.frozen",
    "travelplan.audit.grounds",
    "travelplan.audit.judge",
    "travelplan.audit.money",
    "travelplan.audit.recompute",
    "travelplan.audit.results",
    "travelplan.audit.table",
    "travelplan.audit.trips",
    "travelplan.audit.ways",
    "travelplan.audit.words",
    "travelplan.demo",
    "travelplan.destinations",
    "travelplan.emissions.compare",
    "travelplan.emissions.factors",
    "travelplan.emissions.figure",
    "travelplan.emissions.flight_factors",
    "travelplan.emissions.reporting",
    "travelplan.emissions.trace",
    "travelplan.errors",
    "travelplan.files",
    "travelplan.journeys.doors",
    "travelplan.journeys.model",
    "travelplan.language",
    "travelplan.places",
    "travelplan.places.model",
    "travelplan.places.normalise",
    "travelplan.reach",
    "travelplan.recommendation",
    "travelplan.report.audited",
    "travelplan.report.choice",
    "travelplan.report.emissions",
    "travelplan.report.emissions_words",
    "travelplan.report.factor_listings",
    "travelplan.report.harmless",
    "travelplan.report.map",
    "travelplan.report.method",
    "travelplan.report.provisions",
    "travelplan.report.reach",
    "travelplan.report.record",
    "travelplan.report.remarks",
    "travelplan.report.simulated",
    "travelplan.report.table",
    "travelplan.report.tour",
    "travelplan.report.upkeep",
    "travelplan.saving",
    "travelplan.report.workbook",
    "travelplan.scheme.changes",
    "travelplan.scheme.diagram",
    "travelplan.scheme.facts",
    "travelplan.scheme.levy",
    "travelplan.scheme.outline",
    "travelplan.scheme.rights",
    "travelplan.scheme.rulebook",
    "travelplan.scheme.verdicts",
    "travelplan.scheme.vocabulary",
    "travelplan.scheme.words",
    "travelplan.sheets",
    "travelplan.simulation",
    "travelplan.sourced",
    "travelplan.trip",
    "travelplan.upkeep.deciding",
    "travelplan.upkeep.editing",
    "travelplan.upkeep.parameters",
    "travelplan.upkeep.review",
    "travelplan.upkeep.visits",
}
LIBRARIES = {
    *("babel", "geopy", "pydantic", "python_calamine", "rapidfuzz", "ruamel", "xlsxwriter", "yaml")
}
# What speaks with a terminal: the start of the server, and commands of HR.
COMMANDS = {"webapp.__main__", "webapp.hr.bring_in", "webapp.hr.command"}
# The only module that may ask another machine: an organisation has to name the service first.
ONLINE = "travelplan.places.online"
WEB_LIBRARIES = {
    "alembic",
    "babel",
    "flask",
    "flask_wtf",
    "icalendar",
    "markupsafe",
    "pydantic",
    "sqlalchemy",
    "waitress",
    "werkzeug",
    "wtforms",
}
REACHES_OUT = {
    "asyncio",
    "ftplib",
    "http",
    "multiprocessing",
    "smtplib",
    "socket",
    "socketserver",
    "sqlite3",
    "ssl",
    "telnetlib",
    "urllib",
    "xmlrpc",
}
OPENS_FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
HEAVY = ("babel", "flask", "geopy", "pydantic", "rapidfuzz", "sqlalchemy", "yaml")


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def trees(package: str) -> dict[str, ast.Module]:
    paths = sorted((ROOT / package).rglob("*.py"))
    return {name_of(path): ast.parse(path.read_text("utf-8")) for path in paths}


@cache
def imports(module: str) -> frozenset[str]:
    """Return every module that a module imports, at its head or inside a function."""
    package = module.split(".", maxsplit=1)[0]
    modules = {*trees("travelplan"), *trees("webapp")}
    found: set[str] = set()
    for node in ast.walk(trees(package)[module]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            assert node.module
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in modules else node.module)
    return frozenset(found)


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


LIBRARY = sorted(trees("travelplan"))
PAGES = sorted(trees("webapp"))
IN_ROOMS = [module for module in LIBRARY if module != "travelplan"]


def library_imports(module: str) -> Iterator[str]:
    return (name for name in imports(module) if name.split(".")[0] == "travelplan")


def calls(module: str) -> Iterator[str]:
    """Yield what a module calls, as written: `open`, `path.open`, `re.compile`."""
    for node in ast.walk(trees(module.split(".", maxsplit=1)[0])[module]):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def last_parts(module: str) -> set[str]:
    return {call.rpartition(".")[2] for call in calls(module)}


def borrowed(module: str) -> set[str]:
    """Return the names that a module has from `travelplan.files`, which opens files for it."""
    nodes = ast.walk(trees("travelplan")[module])
    found = (n for n in nodes if isinstance(n, ast.ImportFrom) and n.module == "travelplan.files")
    return {alias.name for node in found for alias in node.names}


def test_every_room_of_the_library_has_its_place_in_the_order() -> None:
    assert {room_of(module) for module in IN_ROOMS} == set(ORDER)


@pytest.mark.parametrize("module", IN_ROOMS)
def test_a_module_imports_only_from_its_own_room_and_those_before_it(module: str) -> None:
    room = room_of(module)
    allowed = {*ORDER[: ORDER.index(room) + 1]}
    if room == "files":
        allowed.add("")  # it asks the package for its version
    used = {room_of(name) for name in library_imports(module)}
    assert used <= allowed, f"{module} imports from {sorted(used - allowed)}"


@pytest.mark.parametrize("module", IN_ROOMS)
def test_rooms_that_need_little_of_each_other_use_no_more(module: str) -> None:
    room = room_of(module)
    for name in library_imports(module):
        pair = (room, room_of(name))
        assert pair not in NOTHING_FROM, f"{module} imports {name}"
        assert name in ONLY_THIS.get(pair, {name}), f"{module} imports {name}"


@pytest.mark.parametrize("module", LIBRARY)
def test_the_library_knows_neither_pages_nor_sockets(module: str) -> None:
    outside = {name.split(".")[0] for name in imports(module)} - {"travelplan"}
    assert outside <= LIBRARIES | sys.stdlib_module_names
    if module != ONLINE:
        assert not outside & REACHES_OUT
        assert not any(name.startswith("geopy.geocoders") for name in imports(module))


@pytest.mark.parametrize(
    "module", [m for m in LIBRARY if room_of(m) not in {"files", "saving", "sheets", "cli"}]
)
def test_only_files_saving_and_the_command_line_open_files(module: str) -> None:
    opened = {call for call in calls(module) if call.rpartition(".")[2] in OPENS_FILES}
    assert not opened - borrowed(module)
    unpackers = {"gzip", "bz2", "lzma", "zipfile", "tempfile", "shutil"}
    assert not imports(module) & unpackers


@pytest.mark.parametrize(
    "module",
    [m for m in IN_ROOMS if room_of(m) not in {"cli", "__main__", "files", "saving", "sheets"}],
)
def test_only_the_command_line_speaks_with_terminal_and_machine(module: str) -> None:
    assert not last_parts(module) & {"print", "input", "getenv"}
    assert not imports(module) & {"sys", "os", "subprocess", "argparse", "logging", "signal"}


@pytest.mark.parametrize("module", LIBRARY)
def test_only_trip_and_command_line_ask_the_clock(module: str) -> None:
    if room_of(module) not in {"trip", "cli", "demo"}:  # demo has a seeded generator
        assert not last_parts(module) & {"today", "now", "utcnow", "time", "random"}


@pytest.mark.parametrize("module", [m for m in PAGES if m not in COMMANDS])
def test_the_pages_never_print(module: str) -> None:
    assert "print" not in set(calls(module))


@pytest.mark.parametrize("module", PAGES)
def test_the_pages_use_the_public_names_and_a_few_rooms(module: str) -> None:
    used = set(library_imports(module)) - {"travelplan"}
    assert used <= WEBAPP_USES
    outside = {name.split(".")[0] for name in imports(module)} - {"travelplan", "webapp"}
    assert outside <= WEB_LIBRARIES | sys.stdlib_module_names


@pytest.mark.parametrize("module", PAGES)
def test_what_the_pages_take_from_the_package_itself_is_public(module: str) -> None:
    for node in ast.walk(trees("webapp")[module]):
        if isinstance(node, ast.ImportFrom) and node.module == "travelplan":
            assert {alias.name for alias in node.names} <= set(travelplan.__all__)


@pytest.mark.parametrize("module", [*LIBRARY, *PAGES])
def test_no_assert_no_catch_all_and_nothing_evaluated(module: str) -> None:
    assert not set(calls(module)) & {"eval", "exec", "compile", "__import__"}
    for node in ast.walk(trees(module.split(".", maxsplit=1)[0])[module]):
        assert not isinstance(node, ast.Assert), f"line {getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else ""
            assert caught not in {"", "Exception", "BaseException"}, f"line {node.lineno}"


def test_no_module_has_more_than_300_lines() -> None:
    long = {}
    for package in ("travelplan", "webapp", "scripts", "bench"):
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" in path.parts:  # written by Alembic
                continue
            lines = len(path.read_text("utf-8").splitlines())
            if lines > (100 if path.name == "conftest.py" else 300):
                long[str(path.relative_to(ROOT))] = lines
    assert long == {}


def loaded_after(statement: str) -> set[str]:
    """Return the packages that a fresh Python holds after a statement."""
    code = f"{statement}; import sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, text=True
    )
    return set(ran.stdout.split())


def test_importing_the_library_loads_nothing_heavy() -> None:
    assert not loaded_after("import travelplan") & {*HEAVY, "webapp"}


def test_the_distance_between_two_places_needs_no_yaml_and_no_pages() -> None:
    loaded = loaded_after("from travelplan import great_circle_km")
    assert not loaded & {*HEAVY, "webapp"}


def test_the_command_line_loads_no_pages() -> None:
    assert not loaded_after("import travelplan.cli") & {"flask", "sqlalchemy", "webapp", "wtforms"}


def test_every_public_name_can_be_loaded_and_is_known_to_type_checkers() -> None:
    for name in travelplan.__all__:
        assert getattr(travelplan, name) is not None
    tree = trees("travelplan")["travelplan"]
    stated = {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("travelplan.")
        for alias in node.names
    }
    assert stated == set(travelplan.__all__) - {"__version__"}


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = travelplan.nothing
