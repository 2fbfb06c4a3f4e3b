"""From trained models and video frames to poses."""
