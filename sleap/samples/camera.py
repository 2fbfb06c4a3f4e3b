"""From light to bytes: drifting light, blur, sensor noise."""

import cv2
import numpy as np
import numpy.typing as npt

Float32Array = npt.NDArray[np.float32]


class Camera:
    """A camera above an arena.

    Args:
        size: (height, width) px.
        rng: Where the constant properties of this camera come from.
        seed: Numbers that, with the frame, decide the noise of that frame.
        noise: Standard deviation of the noise at medium light, as a share of full scale.
        blur: Standard deviation of the optics' blur, px; 0 for none.
        drift: How much the light changes over time and across the picture; 0 for steady light.
    """

    def __init__(
        self,
        size: tuple[int, int],
        rng: np.random.Generator,
        seed: tuple[int, ...],
        *,
        noise: float,
        blur: float,
        drift: float,
    ) -> None:
        self.size, self.seed = size, seed
        self.noise, self.blur, self.drift = noise, blur, drift
        height, width = size
        self._grain = rng.standard_normal((height + 61, width + 67)).astype(np.float32)
        self._rates = rng.uniform(0.6, 1.4, 4) / np.array([310.0, 83.0, 450.0, 270.0])
        self._phases = rng.uniform(0, 2 * np.pi, 4)
        self._across = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
        self._down = np.linspace(-1, 1, height, dtype=np.float32)[:, None]

    def light(self, frame: int) -> Float32Array:
        """Return how strong the light is at each pixel; (height, width), about 1."""
        slow, quick, x, y = np.sin(2 * np.pi * self._rates * frame + self._phases)
        level = 1 + self.drift * (0.05 * slow + 0.015 * quick)
        across = np.float32(level) + np.float32(0.06 * self.drift * x) * self._across
        return np.asarray(across + np.float32(0.06 * self.drift * y) * self._down)

    def expose(self, scene: Float32Array, frame: int) -> npt.NDArray[np.uint8]:
        """Take a picture.

        Args:
            scene: (height, width, channels) float32, 0 to 1; not changed.
            frame: Which frame it is.

        Returns:
            (height, width) or (height, width, 3) uint8.
        """
        picture = scene[..., 0] if scene.shape[2] == 1 else scene
        light = self.light(frame)
        picture = picture * (light if picture.ndim == 2 else light[..., None])
        if self.blur > 0:
            picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), self.blur), np.float32)
        if self.noise > 0:
            rng = np.random.default_rng((*self.seed, frame))
            y, x = int(rng.integers(0, 61)), int(rng.integers(0, 67))
            grain = self._grain[y : y + self.size[0], x : x + self.size[1]]
            if rng.random() < 0.5:
                grain = grain[:, ::-1]
            # Photons arrive at random, so the noise grows with the root of the light.
            spread = np.sqrt(np.maximum(picture, 0) * np.float32(1.6) + np.float32(0.15))
            spread = spread * np.float32(self.noise)
            picture = picture + spread * (grain if picture.ndim == 2 else grain[..., None])
        return np.asarray(cv2.convertScaleAbs(np.clip(picture, 0, 1), alpha=255), np.uint8)
