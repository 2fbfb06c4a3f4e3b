"""The file formats, each registered by importing its module here."""

from sleap.io.formats import slp as slp
