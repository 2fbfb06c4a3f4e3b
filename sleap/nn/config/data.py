"""Options of ``trainer`` about the examples that a network is trained on."""

from attrs import define

from sleap.nn.config.schema import Group, option


@define(kw_only=True, slots=False)
class DataOptions(Group):
    """How labeled frames become training examples."""

    val_size: float = option(
        0.1,
        "Share of the labeled frames held out for validation, if there is no separate set.",
        at_least=0,
        below=1,
    )
    shuffle: bool = option(True, "Whether examples are drawn in random order.")
    shuffle_buffer_size: int = option(
        -1, "Examples among which the next one is drawn; 0 or less: all.", unit="examples"
    )
    scale: float = option(1.0, "Factor by which images are resized.", above=0, at_most=16)
    sigma: float = option(
        5.0,
        "Spread of the targets: standard deviation of the Gaussians, half width of the fields; "
        "in pixels of the resized image.",
        unit="px",
        above=0,
    )
    instance_crop: bool = option(
        False, "Whether the network is trained on crops around each animal."
    )
    bounding_box_size: int = option(
        0, "Side of the crops; 0 or less: found from the labels.", unit="px"
    )
    instance_crop_use_ctr_node: bool = option(
        False, "Whether an animal's centre is one of its nodes instead of the midpoint of its box."
    )
    instance_crop_ctr_node_ind: int = option(0, "Index of that node.", at_least=0)
    instance_crop_padding: int = option(
        0, "Pixels added to the side of the crops when it is found from the labels.", unit="px"
    )
    n_workers: int = option(
        0, "Threads that prepare examples; 0: chosen from the machine.", at_least=0
    )


@define(kw_only=True, slots=False)
class AugmentationOptions(Group):
    """How each training example is varied at random."""

    augment_rotate: bool = option(True, "Whether images are rotated.")
    augment_rotation: float = option(
        180.0, "Largest rotation, either way.", unit="degrees", at_least=0, at_most=180
    )
    augment_scale: bool = option(False, "Whether images are resized at random.")
    augment_scale_min: float = option(0.9, "Smallest factor.", above=0)
    augment_scale_max: float = option(1.1, "Largest factor.", above=0)
    augment_flip: bool = option(
        False, "Whether images are mirrored left to right, symmetric nodes swapped."
    )
    augment_uniform_noise: bool = option(False, "Whether uniform noise is added to pixels.")
    augment_uniform_noise_min_val: float = option(0.0, "Smallest noise.", unit="fraction of 255")
    augment_uniform_noise_max_val: float = option(0.1, "Largest noise.", unit="fraction of 255")
    augment_gaussian_noise: bool = option(False, "Whether Gaussian noise is added to pixels.")
    augment_gaussian_noise_mean: float = option(0.05, "Mean of the noise.", unit="fraction of 255")
    augment_gaussian_noise_stddev: float = option(
        0.1, "Standard deviation of the noise.", unit="fraction of 255", at_least=0
    )
    augment_contrast: bool = option(False, "Whether the contrast is varied.")
    augment_contrast_min_gamma: float = option(0.5, "Smallest gamma.", above=0)
    augment_contrast_max_gamma: float = option(2.0, "Largest gamma.", above=0)
    augment_brightness: bool = option(False, "Whether the brightness is varied.")
    augment_brightness_val: float = option(
        0.0, "Largest change of the brightness, either way.", unit="of 255"
    )
