"""Codecs: each keeps the encoding and the decoding of one representation of points together.

They are the only code that knows about strides, spreads and sub-pixels. Points are in pixels of the
network's input, pixel centre at integer coordinates; a map samples the input at
``x = stride * column``.
"""
