"""Animals of confidence maps and part affinity fields: two networks that see the same images."""

import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.core.skeleton import Skeleton
from sleap.inference.assembly import Animals, assemble, candidates, length_penalty
from sleap.inference.batches import Placement
from sleap.inference.engine import Float32Array, UInt8Array
from sleap.inference.options import PafOptions
from sleap.inference.peaks import PeakFinder
from sleap.inference.stage import Stage, output_stride
from sleap.inference.streams import Together
from sleap.nn.codecs.part_affinity_fields import score_lines

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@frozen(eq=False)
class Grouper:
    """Joins the peaks of one image to animals.

    Attributes:
        skeleton: What the channels and the edges stand for.
        options: How edges are scored.
    """

    skeleton: Skeleton
    options: PafOptions

    def group(
        self,
        points: FloatArray,
        values: FloatArray,
        channels: IntArray,
        fields: Float32Array,
        stride: int,
        placement: Placement,
    ) -> Animals:
        """Join peaks.

        Args:
            points: (n_peaks, 2), (x, y) in pixels of the frame.
            values: (n_peaks,), confidence.
            channels: (n_peaks,), node of each peak.
            fields: (height, width, 2 * n_edges).
            stride: Input pixels per pixel of the fields.
            placement: Where the input of the field network lies.

        Returns:
            The animals, in pixels of the frame, best first.
        """
        options = self.options
        edges = np.array(self.skeleton.edges, dtype=np.int64).reshape(-1, 2)
        pairs = candidates(points, channels, edges, min_distance=options.min_pair_distance)
        inputs = placement.to_input(points)
        line_scores, fractions = score_lines(
            fields,
            stride,
            inputs[pairs.sources],
            inputs[pairs.destinations],
            pairs.edges,
            n_samples=options.n_edge_samples,
            min_edge_score=options.min_edge_score,
        )
        lengths = np.hypot(*(points[pairs.destinations] - points[pairs.sources]).T)
        scores = line_scores + length_penalty(lengths, options.max_edge_length)
        is_kept = (fractions >= options.min_edge_samples_correct - 1e-6) & (scores > 0)
        return assemble(
            points,
            values,
            channels,
            pairs.with_scores(scores).select(is_kept),
            n_nodes=self.skeleton.n_nodes,
            n_edges=len(edges),
            min_peaks=options.min_instance_peaks,
        )


@frozen(eq=False)
class PartImages:
    """The same parts of frames, as each of the two networks takes them.

    Attributes:
        confmap: (n, height, width, channels), for the confidence maps.
        confmap_places: Where each of these lies in its frame.
        paf: (n, height', width', channels'), for the part affinity fields.
        paf_places: Where each of these lies in its frame.
    """

    confmap: UInt8Array
    confmap_places: list[Placement]
    paf: UInt8Array
    paf_places: list[Placement]


@frozen(eq=False)
class PartFinder:
    """Finds the animals in images with two networks.

    Attributes:
        confmap: The confidence-map network.
        paf: The part-affinity-field network.
        peaks: How peaks are found in the confidence maps.
        grouper: How they are joined.
    """

    confmap: Stage
    paf: Stage
    peaks: PeakFinder
    grouper: Grouper

    @property
    def is_shared(self) -> bool:
        """Whether both networks take the same input."""
        return self.confmap.path == self.paf.path

    @property
    def depth(self) -> int:
        """How many batches should be under way while others are worked on."""
        return max(self.confmap.depth, self.paf.depth)

    def submit(self, images: PartImages) -> Together[Float32Array]:
        """Start both networks."""
        return Together([self.confmap.submit(images.confmap), self.paf.submit(images.paf)])

    def animals(self, images: PartImages, outputs: list[Float32Array]) -> list[Animals]:
        """Find the animals of each image.

        Args:
            images: What the networks saw.
            outputs: The confidence maps and the fields, (n, height, width, n_outputs) each.

        Returns:
            For each image the animals, in pixels of its frame.
        """
        maps, fields = outputs
        peaks = self.peaks.multi(maps, output_stride(images.confmap, maps))
        values = np.asarray(peaks.values, dtype=np.float64)
        stride = output_stride(images.paf, fields)
        found = []
        for row, field_map in enumerate(fields):
            mine = np.flatnonzero(peaks.sample == row)
            points = images.confmap_places[row].to_frame(peaks.points[mine])
            found.append(
                self.grouper.group(
                    points,
                    values[mine],
                    peaks.channel[mine],
                    field_map,
                    stride,
                    images.paf_places[row],
                )
            )
        return found
