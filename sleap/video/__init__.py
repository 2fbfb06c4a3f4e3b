"""Videos as arrays of pixels, frame by frame and exactly.

``open_video`` gives a ``Reader`` of any kind of video; ``load_video`` describes one. Importing this
package is light: the libraries that decode are loaded when the first video is opened.
"""

from sleap.video.opening import load_video, open_video

__all__ = ["load_video", "open_video"]
