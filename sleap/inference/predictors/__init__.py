"""The ways in which networks find poses together, one module each."""
