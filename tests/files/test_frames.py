from PIL import Image

from layerforge.files.frames import MOST_FRAMES, read_frames
from tests.files.pictures import encoded


def animation(count):
    frames = [Image.new("L", (3, 2), number) for number in range(count)]
    return encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:])


def test_of_very_many_frames_some_are_taken_from_all_over():
    read = list(read_frames(animation(200), name="x", frame="all"))
    numbers = [one.number for one in read]
    assert len(numbers) == len(set(numbers)) == MOST_FRAMES
    assert (numbers[0], numbers[-1]) == (1, 200)
    assert [int(one.decoded.pixels[0, 0, 0]) for one in read] == [one - 1 for one in numbers]
    assert read[0].notes == ("it holds 200 pictures; 64 from all over it are used",)
    assert all(one.notes == () for one in read[1:])


def test_a_still_is_a_still_whatever_is_chosen():
    content = encoded(Image.new("L", (3, 2), 9))
    for frame in (None, 1, 7, "all"):
        (one,) = read_frames(content, name="x", frame=frame)
        assert one.number is None
        assert one.notes == ()
