"""The engines, entered in ``sleap.inference.engine.ENGINES`` in order of registration."""

from sleap.inference.engines import keras, openvino

__all__ = ["keras", "openvino"]
