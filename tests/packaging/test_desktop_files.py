import configparser
import os
import shutil
import sqlite3
import subprocess
import xml.etree.ElementTree as ET
from contextlib import closing
from pathlib import Path

import pytest

from layerforge.files.assets import assets_folder
from layerforge.model.canvas import Canvas
from layerforge.project.project import Project
from layerforge.project.schema import APPLICATION_ID

LINUX = Path(__file__).parents[2] / "packaging" / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
TYPE = "application/x-layerforge"
INSTALLED = {
    "applications/layerforge.desktop",
    "icons/hicolor/512x512/apps/layerforge.png",
    "icons/hicolor/scalable/apps/layerforge.svg",
    "icons/hicolor/scalable/mimetypes/application-x-layerforge.svg",
    "mime/packages/layerforge.xml",
}

pytestmark = pytest.mark.skipif(os.name != "posix", reason="these files are for Linux desktops")


def tool(name: str) -> str:
    """The path of a tool; the test is skipped where it is not installed."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"needs {name}, which is not installed")
    return path


def install(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **variables}
    return subprocess.run(
        ["sh", LINUX / "install.sh", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def entry() -> configparser.SectionProxy:
    """The keys of the desktop entry."""
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str
    parser.read(LINUX / "layerforge.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


@pytest.fixture
def mime() -> ET.Element:
    """The mime-type element."""
    found = ET.parse(LINUX / "layerforge-mime.xml").getroot().findall(f"{MIME}mime-type")
    assert len(found) == 1
    return found[0]


@pytest.fixture
def project(tmp_path) -> Path:
    """A project as the app leaves it."""
    path = tmp_path / "a.layerforge"
    with Project.create(path, canvas=Canvas(width=64, height=64)):
        pass
    return path


@pytest.fixture
def content_type(tmp_path):
    """Says what a desktop takes a file for once our types are installed."""
    gio = tool("gio")
    tool("update-mime-database")
    prefix = tmp_path / "prefix"
    assert install(prefix).returncode == 0
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "XDG_DATA_HOME": str(prefix / "share"),
        "XDG_DATA_DIRS": "/usr/local/share:/usr/share",
    }

    def ask(path: Path) -> str:
        told = subprocess.run(
            [gio, "info", "-a", "standard::content-type", path],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return told.split("standard::content-type:")[1].split()[0]

    return ask


def test_desktop_entry_is_valid():
    validate = tool("desktop-file-validate")
    done = subprocess.run(
        [validate, LINUX / "layerforge.desktop"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_desktop_entry_opens_the_window_on_our_files(entry):
    assert entry["Exec"] == "layerforge gui %f"
    assert entry["MimeType"].split(";") == [TYPE, ""]
    assert entry["Terminal"] == "false"


def test_icons_are_installed_under_the_names_the_files_use(entry, mime):
    icons = {Path(name).stem for name in INSTALLED if name.startswith("icons/")}
    assert icons == {entry["Icon"], mime.find(f"{MIME}icon").get("name")}


@pytest.mark.parametrize(
    "path",
    [LINUX / "application-x-layerforge.svg", assets_folder() / "icon.svg"],
    ids=lambda path: path.name,
)
def test_icons_are_square_svg_files(path):
    root = ET.parse(path).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("width") == root.get("height")
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


def test_magic_is_the_application_id_of_projects(mime, project):
    number = mime.find(f".//{MIME}match[@offset='68']")
    assert (number.get("type"), int(number.get("value"), 16)) == ("big32", APPLICATION_ID)
    head = project.read_bytes()[:72]
    assert head.startswith(b"SQLite format 3\0")
    assert int.from_bytes(head[68:72], "big") == APPLICATION_ID


def test_a_project_is_known_by_its_name(content_type, project):
    assert content_type(project) == TYPE


def test_a_project_is_known_by_its_content(content_type, project):
    other_name = project.rename(project.with_name("backup-of-yesterday"))
    assert content_type(other_name) == TYPE


def test_a_project_is_known_while_it_is_open(content_type, tmp_path):
    path = tmp_path / "open-one"
    with Project.create(path, canvas=Canvas(width=64, height=64)):
        assert content_type(path) == TYPE


def test_other_databases_stay_what_they_are(content_type, tmp_path):
    path = tmp_path / "someone-elses"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA application_id = 7; CREATE TABLE t (x);")
    assert content_type(path) == "application/vnd.sqlite3"


def test_our_type_is_a_kind_of_sqlite_file(mime):
    assert mime.get("type") == TYPE
    assert mime.find(f"{MIME}sub-class-of").get("type") == "application/vnd.sqlite3"


def test_installing_for_a_package_writes_the_files_and_no_caches(tmp_path):
    done = install("/usr", DESTDIR=str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert files_in(tmp_path / "usr" / "share") == INSTALLED
    assert not any((tmp_path / "usr").rglob("*.cache"))


def test_installing_without_a_prefix_is_for_this_user(tmp_path):
    assert install(HOME=str(tmp_path)).returncode == 0
    assert files_in(tmp_path / ".local" / "share") >= INSTALLED


def test_a_prefix_may_hold_spaces(tmp_path):
    prefix = tmp_path / "my own place"
    assert install(prefix).returncode == 0
    assert files_in(prefix / "share") >= INSTALLED


def test_removing_takes_every_file_away_again(tmp_path):
    assert install(tmp_path).returncode == 0
    assert install("--remove", tmp_path).returncode == 0
    assert not files_in(tmp_path / "share") & INSTALLED


def test_removing_what_is_not_there_is_no_error(tmp_path):
    done = install("--remove", tmp_path / "nothing")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [("--help",), ("--remove", "--all"), ("/usr", "/opt")])
def test_wrong_usage_is_told(arguments, tmp_path):
    done = install(*arguments, DESTDIR=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("usage: install.sh")
    assert not any(tmp_path.iterdir())
