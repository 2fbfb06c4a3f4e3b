"""A scripted session of editing, to be killed at any moment: run as a program.

Before each edit it says ``begin NUMBER``, and after it ``end NUMBER DIGEST``, where the digest is
that of the labels. Saves are among the steps.
"""

import random
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import random_edits

from sleap.editing.document import Document


def main(project: str, seed: int, n_steps: int) -> None:
    """Edit a project."""
    rng = random.Random(seed)
    document = Document.open(project)
    print("ready", random_edits.contents(document.labels), flush=True)
    for number in range(n_steps):
        print("begin", number, flush=True)
        step(document, rng)
        print("end", number, random_edits.contents(document.labels), flush=True)
    print("over", flush=True)
    sys.stdin.read()


def step(document: Document, rng: random.Random) -> None:
    """Do one step."""
    match rng.randrange(12):
        case 0:
            document.undo()
        case 1:
            document.redo()
        case 2:
            saving = document.prepare_save(backups=rng.randint(0, 1))
            worker = threading.Thread(target=saving)
            worker.start()
            worker.join()
            saving.finish()
        case 3:
            document.run(random_edits.move_one, rng, join="drag")
        case _:
            document.run(rng.choice([*random_edits.EDITS, random_edits.mixed]), rng)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
