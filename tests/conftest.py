"""What all tests share: real photographs, and the folder of known answers where there is one."""

import subprocess
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_sample_image

from layerforge.files.assets import samples_folder

PHOTOGRAPHS = ("china.jpg", "flower.jpg")


@pytest.fixture(scope="session")
def photographs() -> dict[str, np.ndarray]:
    """The two photographs that scikit-learn ships, (427, 640, 3) uint8."""
    return {name: load_sample_image(name) for name in PHOTOGRAPHS}


@pytest.fixture(scope="session")
def photo_folder(tmp_path_factory, photographs) -> Path:
    """A folder with the two photographs as JPEG files."""
    folder = tmp_path_factory.mktemp("photographs")
    for name, pixels in photographs.items():
        Image.fromarray(pixels).save(folder / name, quality=95)
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample images."""
    return samples_folder()


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory):
    """The user's cache folder stays as it is: tests have one of their own."""
    folder = tmp_path_factory.mktemp("cache")
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(folder))
    patch.setenv("XDG_DATA_HOME", str(folder / "data"))
    patch.setenv("LAYERFORGE_MODELS", str(folder / "models"))
    patch.setenv("HF_HUB_CACHE", str(folder / "hub"))
    yield folder
    patch.undo()


@pytest.fixture
def mounted(tmp_path):
    """Mounts a small file system at a folder; only the superuser can."""
    folder = tmp_path / "disk"
    folder.mkdir()
    undo = []

    def mount(options):
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        try:
            done = subprocess.run(command, capture_output=True, check=False)
        except FileNotFoundError:
            pytest.skip("there is no mount here")
        if done.returncode:
            pytest.skip("file systems cannot be mounted here")
        undo.append(folder)
        return folder

    yield mount
    for path in undo:
        subprocess.run(["umount", str(path)], check=True)


@pytest.fixture
def remount():
    """Mounts what is mounted at a folder otherwise."""

    def otherwise(folder, options):
        subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)

    return otherwise


@pytest.fixture
def fill():
    """Leaves no room on the disk of a folder, and says with what."""

    def until_full(folder):
        ballast = folder / "ballast"
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 4096)
        return ballast

    return until_full
