"""The file of the organisation: who holds what where, and every fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases_reader import ROOT

from travelplan import DataError
from webapp.config import TRY_OUT_ORGANISATION
from webapp.organisation import Organisation, load_organisation

GOOD = """\
bodies:
  - id: stad
    name: {nl: Stad, fr: Ville, en: City}
    decides: {nl: het college, fr: le collège, en: the college}
    holders: {alderman: [schepen], general-director: [directeur]}
units:
  - id: departement
    name: {nl: Departement, fr: Département, en: Department}
    body: stad
    holders: {head-of-department: [hoofd]}
  - id: dienst
    name: {nl: Dienst, fr: Service, en: Service}
    body: stad
    part_of: departement
    holders: {head-of-service: [diensthoofd, tweede]}
roles:
  hr: [hr]
people:
  - {subject: schepen, name: De Schepen, email: schepen@voorbeeld.invalid, unit: departement}
...
"""


def read(text: str, tmp_path: Path) -> Organisation:
    path = tmp_path / "organisatie.yaml"
    path.write_text(text, "utf-8")
    return load_organisation(path)


@pytest.mark.parametrize(
    ("function", "unit", "holders"),
    [
        ("head-of-service", "dienst", ("diensthoofd", "tweede")),
        ("head-of-department", "dienst", ("hoofd",)),
        ("alderman", "dienst", ("schepen",)),
        ("alderman", "departement", ("schepen",)),
        ("head-of-service", "departement", ()),
        ("alderman", "elsewhere", ()),
    ],
)
def test_a_function_is_looked_up_in_the_unit_then_above_it_then_in_the_body(
    tmp_path: Path, function: str, unit: str, holders: tuple[str, ...]
) -> None:
    assert read(GOOD, tmp_path).holders(function, unit) == holders


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("    body: stad\n    part_of", "    body: dorp\n    part_of", "there is no body “dorp”"),
        ("part_of: departement", "part_of: nergens", "there is no unit “nergens”"),
        ("part_of: departement", "part_of: dienst", "“dienst” is part of itself"),
        (
            "    body: stad\n    holders",
            "    body: stad\n    part_of: dienst\n    holders",
            "itself",
        ),
        ("unit: departement}", "unit: nergens}", "there is no unit “nergens”"),
        ("holders: {head-of-department", "holder: {head-of-department", "holder"),
        ("roles:\n  hr: [hr]", "roles:\n  boss: [hr]", "boss"),
        ("holders: {alderman: [schepen]", "holders: {alderman: schepen", "list"),
        ("name: {nl: Stad, fr: Ville, en: City}", "name: Stad", "name"),
        ("name: {nl: Stad, fr: Ville, en: City}", "name: {nl: Stad, fr: Ville}", "en"),
        ("  - id: stad\n", "  - id: no\n", "no"),
        ("  - id: dienst\n", "  - id: departement\n", "“departement” stands twice"),
        ("email: schepen@voorbeeld.invalid", "email: schepen", "“schepen” is no address"),
        ("...\n", "", "..."),
        ("roles:\n", "bodies: []\nroles:\n", "bodies"),
        ("  hr: [hr]", "  hr: [hr, hr]", "“hr” stands twice"),
    ],
)
def test_every_fault_is_refused_with_its_file_and_what_is_wrong(
    tmp_path: Path, was: str, becomes: str, says: str
) -> None:
    assert was in GOOD
    with pytest.raises(DataError) as refused:
        read(GOOD.replace(was, becomes, 1), tmp_path)
    assert "organisatie.yaml" in str(refused.value)
    assert says in str(refused.value)
    assert "Traceback" not in str(refused.value)


def test_a_fault_of_a_reference_is_named_with_its_line(tmp_path: Path) -> None:
    bad = GOOD.replace("part_of: departement", "part_of: nergens").replace(
        "unit: departement}", "unit: nergens}"
    )
    with pytest.raises(DataError) as refused:
        read(bad, tmp_path)
    lines = [bad.split("\n")[fault.line - 1] for fault in refused.value.faults]
    assert ["nergens" in line for line in lines] == [True, True]


def test_a_unit_of_one_body_is_no_part_of_another(tmp_path: Path) -> None:
    other = "  - {id: ocmw, name: {nl: O, fr: C, en: O}, decides: {nl: b, fr: b, en: b}}\n"
    bad = GOOD.replace("units:\n", other + "units:\n").replace(
        "    body: stad\n    part_of", "    body: ocmw\n    part_of"
    )
    with pytest.raises(DataError) as refused:
        read(bad, tmp_path)
    assert "different bodies" in str(refused.value)


def test_several_faults_are_named_at_once(tmp_path: Path) -> None:
    bad = GOOD.replace("    name: {nl: Stad,", "    naam: {nl: Stad,").replace(
        "part_of: departement", "deel_van: departement"
    )
    with pytest.raises(DataError) as refused:
        read(bad, tmp_path)
    for word in ("naam", "deel_van"):
        assert word in str(refused.value)
    assert len(refused.value.faults) >= 3


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        load_organisation(tmp_path / "nergens.yaml")
    assert "nergens.yaml" in str(refused.value)


def test_the_organisation_of_the_try_out_has_somebody_for_every_function() -> None:
    organisation = load_organisation(TRY_OUT_ORGANISATION)
    chain = ("head-of-service", "head-of-department", "alderman", "general-director", "college")
    for unit in ("voorbeelddienst", "voorbeelddienst-ocmw"):
        for function in chain:
            assert organisation.holders(function, unit), (function, unit)
    assert organisation.has_role("hr", "hr")
    assert organisation.has_role("boeker", "booker")


def test_the_example_of_the_documentation_is_a_file_that_loads(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "organisation.md").read_text("utf-8")
    example = text.partition("```yaml\n")[2].partition("```")[0]
    organisation = read(example, tmp_path)
    assert organisation.holders("head-of-service", organisation.units[-1].id)
