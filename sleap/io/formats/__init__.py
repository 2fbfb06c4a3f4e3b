"""The file formats, each registered by importing its module here."""

from sleap.io.formats import analysis_csv as analysis_csv
from sleap.io.formats import analysis_hdf5 as analysis_hdf5
from sleap.io.formats import coco as coco
from sleap.io.formats import labels_json as labels_json
from sleap.io.formats import slp as slp
