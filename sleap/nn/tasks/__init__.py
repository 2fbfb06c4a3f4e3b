"""Tasks: all that is special to one kind of network at training.

To add one: a module with a class derived from ``Task``, registered under the word of its output
type, and a line below. A task has a twin of the same name in ``sleap.inference.predictors``.
"""

from sleap.nn.tasks import bottomup as bottomup
from sleap.nn.tasks import centered_instance as centered_instance
from sleap.nn.tasks import centroid as centroid
from sleap.nn.tasks import single_instance as single_instance
from sleap.nn.tasks.task import TASKS as TASKS
from sleap.nn.tasks.task import Task as Task
from sleap.nn.tasks.task import make_task as make_task
