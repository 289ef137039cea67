"""The style that an organisation brings, whom to ask for help, and the languages of a page."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from travelplan import DataError
from webapp import create_app
from webapp.config import Config

ROOM = Path(__file__).parents[1] / "webapp"


@pytest.fixture
def themed(tmp_path: Path) -> FlaskClient:
    (tmp_path / "theme.css").write_text(":root { --accent: #7a1f5c; }", encoding="utf-8")
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    return create_app(Config(theme=tmp_path)).test_client()


def test_a_theme_comes_after_our_own_style_with_its_logo(themed: FlaskClient) -> None:
    page = themed.get("/").get_data(as_text=True)

    assert page.index("/static/style.css") < page.index("/theme/theme.css")
    assert '<img src="/theme/logo.svg' in page
    with themed.get("/theme/theme.css") as style, themed.get("/theme/logo.svg") as logo:
        assert "--accent: #7a1f5c" in style.get_data(as_text=True)
        assert logo.mimetype == "image/svg+xml"


@pytest.mark.parametrize("name", ["../config.py", "..%2Fconfig.py", "/etc/passwd", "nothing.css"])
def test_a_theme_serves_nothing_but_its_folder(themed: FlaskClient, name: str) -> None:
    assert themed.get(f"/theme/{name}").status_code in {308, 404}


def test_without_a_theme_nothing_is_asked_of_one(client: FlaskClient) -> None:
    assert "/theme/" not in client.get("/").get_data(as_text=True)
    assert client.get("/theme/theme.css").status_code == 404


def test_a_folder_that_does_not_exist_is_refused_at_start(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no such folder.*TRAVELPLAN_THEME_DIR"):
        create_app(Config(theme=tmp_path / "gone"))
    with pytest.raises(DataError, match=r"theme\.css.*no such file"):
        create_app(Config(theme=tmp_path))


def test_the_settings_come_from_the_environment(tmp_path: Path) -> None:
    config = Config.from_environment(
        {"TRAVELPLAN_THEME_DIR": str(tmp_path), "TRAVELPLAN_HELP": " hr@example.org "}
    )

    assert config.theme == tmp_path
    assert config.help_contact == "hr@example.org"
    assert Config.from_environment({}).theme is None


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("", "Hulp: HR"),
        ("hr@example.org", 'href="mailto:hr@example.org"'),
        ("https://example.org/help", 'href="https://example.org/help"'),
        ("Bel 1234", "Hulp: Bel 1234"),
        ("javascript:alert(1)", "Hulp: javascript:alert(1)"),
    ],
)
def test_every_page_says_whom_to_ask_in_the_same_place(contact: str, shown: str) -> None:
    client = create_app(Config(help_contact=contact)).test_client()

    for path in ("/", "/advice?destination=Nantes&depart=2027-03-01", "/nowhere"):
        foot = unescape(client.get(path).get_data(as_text=True)).partition("<footer")[2]
        assert shown in foot


def test_styles_and_scripts_stay_small_and_in_files() -> None:
    static = {path.name: path.stat().st_size for path in (ROOM / "static").iterdir()}

    of_rooms = {name: size for name, size in static.items() if name.endswith(".css")}
    common = of_rooms.pop("style.css")
    assert common <= 15_000
    assert max(of_rooms.values()) <= 5_000
    assert common + max(of_rooms.values()) + static["page.js"] + static["places.js"] <= 25_000
    for template in (ROOM / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "style=" not in text, template.name
        assert "<style" not in text, template.name
        assert "<script>" not in text, template.name
        assert "onclick" not in text, template.name
        assert "required" not in text.replace("train_required", ""), template.name
