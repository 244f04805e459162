"""One folder for every test of a file, emptied before each: what was read of the reference tables there is known by their place."""

import shutil

import pytest


@pytest.fixture
def tmp_path(tmp_path_factory, request):
    """Stands for pytest's own, which is another folder for every test, so that each would read all reference tables anew."""
    place = tmp_path_factory.getbasetemp() / f"one-place-{request.path.stem}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    return place
