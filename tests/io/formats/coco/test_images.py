from sleap.io.formats.coco.images import ImageTable


def test_two_images_of_one_frame_are_one_frame() -> None:
    table = ImageTable()
    for number in (1, 2):
        table.add({"id": number, "file_name": "a.png", "video_id": 1, "frame_id": 5})
    videos, numbers, indices = table.make_videos([{"id": 1, "file_name": "v.mp4"}])
    assert [video.filename for video in videos] == ["v.mp4"]
    assert numbers.tolist() == [0, 0]
    assert indices.tolist() == [5, 5]


def test_videos_without_images() -> None:
    table = ImageTable()
    videos, _, _ = table.make_videos([{"id": 1, "name": "frames"}, {"id": 2, "file_name": "v.mp4"}])
    assert [video.filename for video in videos] == ["v.mp4"]
    assert len(table) == 0


def test_frame_numbers_order_images_only_if_all_have_them() -> None:
    table = ImageTable()
    for number, frame in ((1, 8), (2, None), (3, 4)):
        item = {"id": number, "file_name": f"{number}.png", "video_id": 1}
        table.add(item if frame is None else {**item, "frame_id": frame})
    videos, _, indices = table.make_videos([])
    assert videos[0].filename == ["1.png", "2.png", "3.png"]
    assert indices.tolist() == [0, 1, 2]
