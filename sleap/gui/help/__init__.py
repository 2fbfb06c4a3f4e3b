"""Help: keys, first steps, versions, and what to send when something is wrong."""
