"""The file formats, each registered by importing its module here."""

from sleap.io.formats import alphatracker as alphatracker
from sleap.io.formats import analysis_csv as analysis_csv
from sleap.io.formats import analysis_hdf5 as analysis_hdf5
from sleap.io.formats import coco as coco
from sleap.io.formats import deeplabcut as deeplabcut
from sleap.io.formats import deepposekit as deepposekit
from sleap.io.formats import labels_json as labels_json
from sleap.io.formats import leap_matlab as leap_matlab
from sleap.io.formats import nix as nix
from sleap.io.formats import nwb as nwb
from sleap.io.formats import slp as slp
