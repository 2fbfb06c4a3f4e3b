"""The how-to about experiments names real options and keys, and all columns."""

import re
from pathlib import Path

import pytest

from sleap.cli.command import Command
from sleap.cli.commands import compare, train
from sleap.cli.main import make_parser
from sleap.nn.backbones.unet import UNet
from sleap.nn.config.optimization import TrainerConfig

PAGE = (Path(__file__).parents[2] / "docs" / "how-tos" / "compare-trainings.md").read_text(
    encoding="utf-8"
)


@pytest.mark.parametrize(
    ("program", "command"), [("sleap-compare", compare.COMMAND), ("sleap-train", train.COMMAND)]
)
def test_the_command_lines_can_be_read(program: str, command: Command) -> None:
    lines = re.findall(rf"^\s*{program} ([^#\n]*)", PAGE, re.MULTILINE)
    assert len(lines) >= 2
    for line in lines:
        make_parser(command).parse(line.replace("$seed", "1").split())


def test_the_keys_to_try_are_keys_of_a_profile() -> None:
    keys = re.findall(r"`([a-z_]+)`", PAGE.partition("## What to try")[2])
    assert len(keys) > 10
    assert {*keys} <= {*TrainerConfig.options(), *UNet.options()}
