import os
import socket
import subprocess
import sys

import pytest

from sleap.io.processes import birth, is_alive

HOST = socket.gethostname()


def test_this_process_lives() -> None:
    assert is_alive(os.getpid(), HOST, birth())
    assert is_alive(os.getpid(), HOST, None)


def test_another_computer_is_out_of_sight() -> None:
    assert is_alive(os.getpid(), HOST + "2", birth()) is None


@pytest.mark.skipif(birth() is None, reason="the system does not tell when a process began")
def test_a_later_process_of_the_same_number_is_another() -> None:
    born = birth()
    assert born is not None
    assert not is_alive(os.getpid(), HOST, born + 1)


def test_one_that_ended_does_not_live() -> None:
    with subprocess.Popen([sys.executable, "-c", "pass"]) as process:
        process.wait()
    assert not is_alive(process.pid, HOST, 1)
