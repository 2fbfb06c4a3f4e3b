"""Body plans: what an animal consists of and how its parts move.

A new animal is one module here with a class that derives from ``plan.BodyPlan``, and one import
line below.
"""

from sleap.samples.bodies import fly as fly
from sleap.samples.bodies import mouse as mouse
from sleap.samples.bodies.plan import BODIES as BODIES
