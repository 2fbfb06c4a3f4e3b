"""Trained models on disk: the network's file and the folder it lies in."""
