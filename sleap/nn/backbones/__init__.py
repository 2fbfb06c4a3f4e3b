"""Backbones: the architectures that turn an image into features.

To add one: a module with an attrs class derived from ``Backbone``, registered under the name it has
in profiles, and a line below.
"""

from sleap.nn.backbones import leap as leap
from sleap.nn.backbones import unet as unet
from sleap.nn.backbones.backbone import BACKBONES as BACKBONES
from sleap.nn.backbones.backbone import Backbone as Backbone
from sleap.nn.backbones.backbone import make_backbone as make_backbone
