"""The labeling program: a window over a document. The only room that knows Qt."""
