"""One module for each kind of video; the first that accepts a video reads it."""

from sleap.video.reader import READERS

# isort: off
from sleap.video.readers import embedded as embedded
from sleap.video.readers import hdf5 as hdf5
from sleap.video.readers import numpy_array as numpy_array
from sleap.video.readers import imgstore as imgstore  # before folders of images
from sleap.video.readers import image_files as image_files
from sleap.video.readers import media as media  # the last: it tries any file

# isort: on

__all__ = ["READERS"]
