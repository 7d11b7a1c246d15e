import io

import numpy as np
from PIL import Image

from layerforge.files.decoding import decode_frames, decode_image
from layerforge.files.recipes import read_recipe
from layerforge.files.storyboard import Frame, animated_webp, strip_png
from layerforge.model.canvas import Canvas
from layerforge.model.recipe import Recipe

RECIPE = Recipe(canvas=Canvas(width=48, height=32), sources=(), steps=())


def frames(count):
    made = []
    for place in range(count):
        pixels = np.zeros((32, 48, 4), np.float32)
        pixels[..., :3] = place / count
        pixels[..., 3] = 1
        made.append(Frame(name=f"Step {place}", pixels=pixels))
    return made


def test_the_strip_shows_every_step_with_its_name(tmp_path):
    content = strip_png(frames(8), recipe=RECIPE)
    with Image.open(io.BytesIO(content)) as image:
        sheet = np.asarray(image)
    assert sheet.shape == (2 * (62 + 12) + 12, 6 * (48 + 12) + 12, 3)
    for place in range(8):
        row, column = divmod(place, 6)
        top, left = 12 + row * 74, 12 + column * 60
        value = int(place / 8 * 255 + 0.5)
        assert (sheet[top : top + 32, left : left + 48] == value).all()
        assert sheet[top + 32 : top + 62, left : left + 48].min() < 120  # its name, in dark ink
    (tmp_path / "x.png").write_bytes(content)
    assert read_recipe(tmp_path / "x.png") == RECIPE


def test_the_animation_has_a_frame_a_step(tmp_path):
    content = animated_webp(frames(5), recipe=RECIPE)
    shown = [one.pixels for one in decode_frames(content, name="x", choose=range)]
    assert len(shown) == 5
    for place, frame in enumerate(shown):
        assert frame.shape == (62, 48, 4)
        assert abs(float(frame[16, 24, :3].mean()) - place / 5 * 255) < 4
        assert frame[32:, :, :3].min() < 120
    with Image.open(io.BytesIO(content)) as image:
        times = []
        for place in range(5):
            image.seek(place)
            image.load()
            times.append(image.info["duration"])
    assert times == [900] * 4 + [3000]
    (tmp_path / "x.webp").write_bytes(content)
    assert read_recipe(tmp_path / "x.webp") == RECIPE


def test_one_step_is_enough():
    assert decode_image(animated_webp(frames(1)), name="x").frames == 1
    assert strip_png(frames(1)).startswith(b"\x89PNG")
