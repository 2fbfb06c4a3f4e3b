import numpy as np

from sleap.nn.data.centroid import centroids

NAN = np.nan
POINTS = np.array(
    [[[0, 0], [10, 4], [2, 8]], [[5, 5], [NAN, NAN], [7, 9]], [[NAN, NAN]] * 3], dtype=np.float32
)


def test_middle_of_the_bounding_box_of_visible_points():
    np.testing.assert_array_equal(centroids(POINTS), [[5, 4], [6, 7], [NAN, NAN]])


def test_chosen_node_where_visible():
    np.testing.assert_array_equal(centroids(POINTS, node=1), [[10, 4], [6, 7], [NAN, NAN]])


def test_no_instances():
    assert centroids(POINTS[:0]).shape == (0, 2)
