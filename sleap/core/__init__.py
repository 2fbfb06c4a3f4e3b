"""The nouns: skeletons, instances, frames, videos and the columnar labels that hold them."""
