"""A saved network as an OpenVINO graph, layer by layer; TensorFlow is not needed.

Keras lays images out as (n, height, width, channels), OpenVINO as (n, channels, height, width): the
graph turns them once at each end, which costs nothing measurable. What each layer computes follows
the documentation of Keras ("same" padding puts the odd pixel at the bottom and at the right).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import openvino as ov
from openvino import opset1
from openvino import opset13 as ops

from sleap.inference.engine import UnsupportedNetworkError
from sleap.nn.saved.keras_h5 import Layer, Network

Array = npt.NDArray[Any]
Build = Callable[[dict[str, Any], list[Any], list[Array]], Any]

_LAYERS: dict[str, Build] = {}


def build(network: Network) -> ov.Model:
    """Build the graph of a network, with the normalisation of images inside.

    Args:
        network: The layers in order, and their weights.

    Returns:
        A model from (?, ?, ?, channels) uint8 to float32, (?, ?, ?, n_outputs) for a network that
        ends in maps. Several outputs (stacked networks) are averaged into one.

    Raises:
        UnsupportedNetworkError: If the network has a layer that is not known here.
    """
    images = ops.parameter([-1, -1, -1, network.input_shape[-1]], np.uint8, name="images")
    nodes: dict[str, Any] = {}
    for layer in network.layers:
        if layer.class_name == "InputLayer":
            scaled = ops.multiply(ops.convert(images, np.float32), np.float32(1 / 255))
            nodes[layer.name] = ops.transpose(scaled, [0, 3, 1, 2])
        else:
            inputs = [nodes[name] for name in layer.inputs]
            nodes[layer.name] = _build_layer(layer, inputs, network.weights.get(layer.name, []))
    outputs = [_channels_last(nodes[name]) for name in network.outputs]
    result = outputs[0]
    for other in outputs[1:]:
        result = ops.add(result, other)
    if len(outputs) > 1:
        result = ops.multiply(result, np.float32(1 / len(outputs)))
    return ov.Model([ops.result(result)], [images], "network")


def _build_layer(layer: Layer, inputs: list[Any], weights: list[Array]) -> Any:
    if layer.class_name not in _LAYERS:
        raise UnsupportedNetworkError(
            f"Layer '{layer.name}' is a {layer.class_name}, which the engine 'openvino' does not "
            f"know (it knows {', '.join(sorted(_LAYERS))}). Use --engine keras."
        )
    config = layer.config
    weights = [np.asarray(array, dtype=np.float32) for array in weights]
    return _LAYERS[layer.class_name](config, inputs, weights)


def _layer(*names: str) -> Callable[[Build], Build]:
    def enter(function: Build) -> Build:
        for name in names:
            _LAYERS[name] = function
        return function

    return enter


def _rank(node: Any) -> int:
    return int(node.get_output_partial_shape(0).rank.get_length())


def _channels_last(node: Any) -> Any:
    return ops.transpose(node, [0, 2, 3, 1]) if _rank(node) == 4 else node


def _pair(value: Any) -> list[int]:
    return [int(value)] * 2 if isinstance(value, int) else [int(part) for part in value]


def _add_bias(node: Any, config: dict[str, Any], weights: list[Array]) -> Any:
    if config.get("use_bias", True):
        bias = weights[-1]
        node = ops.add(node, bias.reshape(1, -1, 1, 1) if _rank(node) == 4 else bias)
    return _activate(node, config.get("activation"))


def _activate(node: Any, activation: Any) -> Any:
    name = activation["class_name"] if isinstance(activation, dict) else activation
    if name in (None, "linear"):
        return node
    channels = 1 if _rank(node) == 4 else -1
    functions: dict[str, Callable[[Any], Any]] = {
        "relu": ops.relu,
        "relu6": lambda x: ops.clamp(x, 0.0, 6.0),
        "sigmoid": ops.sigmoid,
        "tanh": ops.tanh,
        "elu": lambda x: ops.elu(x, 1.0),
        "swish": lambda x: ops.swish(x),
        "silu": lambda x: ops.swish(x),
        "softmax": lambda x: ops.softmax(x, channels),
    }
    if name not in functions:
        raise UnsupportedNetworkError(
            f"The activation '{name}' is not known to the engine 'openvino' (it knows linear, "
            f"{', '.join(functions)}). Use --engine keras."
        )
    return functions[name](node)


def _same(config: dict[str, Any]) -> str:
    return "same_upper" if config.get("padding", "valid") == "same" else "valid"


@_layer("Conv2D")
def _conv(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    n_groups = int(config.get("groups", 1) or 1)
    kernel = weights[0].transpose(3, 2, 0, 1)  # (kh, kw, in, out) -> (out, in, kh, kw)
    settings = {
        "strides": _pair(config.get("strides", 1)),
        "pads_begin": [0, 0],
        "pads_end": [0, 0],
        "dilations": _pair(config.get("dilation_rate", 1)),
        "auto_pad": _same(config),
    }
    if n_groups == 1:
        node = ops.convolution(inputs[0], np.ascontiguousarray(kernel), **settings)
    else:
        grouped = kernel.reshape(n_groups, -1, *kernel.shape[1:])
        node = ops.group_convolution(inputs[0], np.ascontiguousarray(grouped), **settings)
    return _add_bias(node, config, weights)


@_layer("DepthwiseConv2D")
def _depthwise(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    kernel = weights[0].transpose(2, 3, 0, 1)  # (kh, kw, in, multiplier) -> (in, multiplier, ..)
    node = ops.group_convolution(
        inputs[0],
        np.ascontiguousarray(kernel[:, :, None]),
        strides=_pair(config.get("strides", 1)),
        pads_begin=[0, 0],
        pads_end=[0, 0],
        dilations=_pair(config.get("dilation_rate", 1)),
        auto_pad=_same(config),
    )
    return _add_bias(node, config, weights)


@_layer("SeparableConv2D")
def _separable(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    spatial = {**config, "use_bias": False, "activation": None}
    pointwise = {**config, "strides": 1, "dilation_rate": 1}
    return _conv(pointwise, [_depthwise(spatial, inputs, weights[:1])], weights[1:])


@_layer("Conv2DTranspose")
def _conv_transpose(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    if config.get("output_padding") is not None or _pair(config.get("dilation_rate", 1)) != [1, 1]:
        raise UnsupportedNetworkError(
            "A Conv2DTranspose with output padding or dilation is not known to the engine "
            "'openvino'. Use --engine keras."
        )
    kernel = weights[0]
    strides = _pair(config.get("strides", 1))
    begin, end, extra = [], [], []
    for size, stride in zip(kernel.shape[:2], strides, strict=True):
        # the output is ``stride`` times the input: what a stride-1 "same" layer pads is cut off
        overhang = max(size - stride, 0) if _same(config) == "same_upper" else 0
        begin.append(overhang // 2)
        end.append(overhang - overhang // 2)
        extra.append(max(stride - size, 0))
    node = ops.convolution_backprop_data(
        inputs[0],
        np.ascontiguousarray(kernel.transpose(3, 2, 0, 1)),  # (kh, kw, out, in) -> (in, out, ..)
        strides,
        pads_begin=begin,
        pads_end=end,
        output_padding=extra,
    )
    return _add_bias(node, config, weights)


@_layer("MaxPooling2D")
def _max_pool(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    size = _pair(config.get("pool_size", 2))
    strides = _pair(config.get("strides") or size)
    return opset1.max_pool(inputs[0], strides, [0, 0], [0, 0], size, auto_pad=_same(config))


@_layer("AveragePooling2D")
def _average_pool(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    size = _pair(config.get("pool_size", 2))
    strides = _pair(config.get("strides") or size)
    return ops.avg_pool(
        inputs[0], strides, [0, 0], [0, 0], size, exclude_pad=True, auto_pad=_same(config)
    )


@_layer("UpSampling2D")
def _upsample(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    scales = np.array(_pair(config.get("size", 2)), dtype=np.float32)
    method = config.get("interpolation", "nearest")
    if method not in ("nearest", "bilinear"):
        raise UnsupportedNetworkError(
            f"Upsampling '{method}' is not known to the engine 'openvino' (it knows nearest and "
            f"bilinear). Use --engine keras."
        )
    is_nearest = method == "nearest"
    return ops.interpolate(
        inputs[0],
        scales,
        mode="nearest" if is_nearest else "linear_onnx",
        shape_calculation_mode="scales",
        coordinate_transformation_mode="asymmetric" if is_nearest else "half_pixel",
        nearest_mode="floor",
        axes=np.array([2, 3]),
    )


@_layer("ZeroPadding2D")
def _zero_pad(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    (top, bottom), (left, right) = _margins(config.get("padding", 1))
    return ops.pad(inputs[0], [0, 0, top, left], [0, 0, bottom, right], "constant", np.float32(0))


@_layer("Cropping2D")
def _crop(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    (top, bottom), (left, right) = _margins(config.get("cropping", 0))
    return ops.pad(
        inputs[0], [0, 0, -top, -left], [0, 0, -bottom, -right], "constant", np.float32(0)
    )


def _margins(value: Any) -> list[list[int]]:
    """Read ((top, bottom), (left, right)) from the short forms that Keras allows."""
    if isinstance(value, int):
        return [[value] * 2] * 2
    return [_pair(side) for side in value]


@_layer("BatchNormalization")
def _batch_norm(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    arrays = list(weights)
    scale = arrays.pop(0) if config.get("scale", True) else np.float32(1)
    shift = arrays.pop(0) if config.get("center", True) else np.float32(0)
    mean, variance = arrays
    scale = scale / np.sqrt(variance + np.float32(config.get("epsilon", 1e-3)))
    shape = (1, -1, 1, 1) if _rank(inputs[0]) == 4 else (1, -1)
    node = ops.multiply(inputs[0], scale.reshape(shape).astype(np.float32))
    return ops.add(node, (shift - mean * scale).reshape(shape).astype(np.float32))


@_layer("Concatenate")
def _concatenate(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    rank = _rank(inputs[0])
    axis = int(config.get("axis", -1)) % rank
    return ops.concat(inputs, {0: 0, 1: 2, 2: 3, 3: 1}[axis] if rank == 4 else axis)


@_layer("Add")
def _add(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    total = inputs[0]
    for other in inputs[1:]:
        total = ops.add(total, other)
    return total


@_layer("Average")
def _average(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    return ops.multiply(_add(config, inputs, weights), np.float32(1 / len(inputs)))


@_layer("Multiply")
def _multiply(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    product = inputs[0]
    for other in inputs[1:]:
        product = ops.multiply(product, other)
    return product


@_layer("Activation")
def _activation(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    return _activate(inputs[0], config.get("activation"))


@_layer("ReLU")
def _relu(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    slope = float(config.get("negative_slope") or 0)
    if config.get("threshold"):
        raise UnsupportedNetworkError(
            "A ReLU with a threshold is not known to the engine 'openvino'. Use --engine keras."
        )
    node = (
        ops.relu(inputs[0])
        if not slope
        else ops.prelu(inputs[0], np.array([slope], dtype=np.float32))
    )
    limit = config.get("max_value")
    return node if limit is None else ops.minimum(node, np.float32(limit))


@_layer("LeakyReLU")
def _leaky_relu(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    slope = config.get("negative_slope", config.get("alpha", 0.3))
    return ops.prelu(inputs[0], np.array([slope], dtype=np.float32))


@_layer("Rescaling")
def _rescaling(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    scaled = ops.multiply(inputs[0], np.float32(config["scale"]))
    return ops.add(scaled, np.float32(config.get("offset", 0)))


@_layer("Dropout", "SpatialDropout2D", "GaussianNoise")
def _identity(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    return inputs[0]


@_layer("GlobalMaxPooling2D")
def _global_max(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    return ops.reduce_max(inputs[0], [2, 3], bool(config.get("keepdims", False)))


@_layer("GlobalAveragePooling2D")
def _global_average(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    return ops.reduce_mean(inputs[0], [2, 3], bool(config.get("keepdims", False)))


@_layer("Flatten")
def _flatten(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    return ops.reshape(_channels_last(inputs[0]), np.array([0, -1]), special_zero=True)


@_layer("Dense")
def _dense(config: dict[str, Any], inputs: list[Any], weights: list[Array]) -> Any:
    node = ops.matmul(inputs[0], weights[0], False, False)
    return _add_bias(node, config, weights)
