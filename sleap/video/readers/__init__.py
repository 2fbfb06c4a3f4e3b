"""One module for each kind of video; the first that accepts a video reads it."""

from sleap.video.reader import READERS
from sleap.video.readers import embedded as embedded  # isort: skip
from sleap.video.readers import hdf5 as hdf5  # isort: skip
from sleap.video.readers import numpy_array as numpy_array  # isort: skip
from sleap.video.readers import image_files as image_files  # isort: skip
from sleap.video.readers import media as media  # isort: skip

__all__ = ["READERS"]
