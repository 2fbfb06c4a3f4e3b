"""The labels file (``.slp``, ``.h5``): HDF5 tables, JSON lists and, in packages, images."""
