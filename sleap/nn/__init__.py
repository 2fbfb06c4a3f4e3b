"""Networks: their profiles, data, training and saved files.

Importing this package loads no network library; it only prepares the environment for one.
"""

from sleap.nn import backend

backend.prepare()
