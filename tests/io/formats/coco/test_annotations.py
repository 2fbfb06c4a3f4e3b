import numpy as np

from sleap.io.formats.coco.annotations import AnnotationTable


def test_what_we_wrote_is_told_by_its_source() -> None:
    table = AnnotationTable()
    base = {"image_id": 1, "category_id": 1, "keypoints": [0, 0, 0]}
    table.add({**base, "source": "user"})
    table.add({**base, "source": "predicted"})
    table.add({**base, "source": "predicted", "keypoints": [0, 0, 2], "keypoint_scores": [None]})
    table.add({**base, "keypoints": [[3, 4, 1]]})
    found = table.understand()
    assert found.places.tolist() == [0, 1, 2, 3]
    assert found.is_user.tolist() == [True, False, False, True]
    np.testing.assert_array_equal(found.points[:, 0], [np.nan, np.nan, 0, 3])
    assert found.visible.tolist() == [False, False, True, False]
    assert np.isnan(found.point_scores).all()


def test_no_annotations() -> None:
    found = AnnotationTable().understand()
    assert found.points.shape == (0, 2)
    assert len(found.places) == 0


def test_numbers_that_are_not_finite_are_missing_points() -> None:
    table = AnnotationTable()
    values = [float("nan"), 1, 2, float("inf"), 1, 2, 1, 1, 2]
    table.add({"image_id": 1, "category_id": 1, "keypoints": values})
    assert np.isnan(table.understand().points).all(axis=1).tolist() == [True, True, False]
