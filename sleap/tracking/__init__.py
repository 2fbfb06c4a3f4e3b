"""From poses on single frames to identities over time. Light: loads no network."""
