from sleap.cli.command import Command
from sleap.progress import Progress


def test_a_command_is_plain_data() -> None:
    def run(options: str, progress: Progress) -> None:
        progress.say(options)

    command = Command("sleap-x", "Does x.", str, run)
    assert command.examples == ()
    assert command.run is run
