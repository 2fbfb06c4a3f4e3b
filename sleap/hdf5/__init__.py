"""HDF5 files that somebody else wrote: checked before the HDF5 library follows them.

The library trusts what it reads: a few wrong bytes make it loop for ever, take all memory, or take
the process down. So the structure of a file (not its values) is read here first, in plain Python,
and what does not add up, or leads out of the file, is refused. ``files.opened`` is the door.
"""
