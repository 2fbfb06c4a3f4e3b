"""Install sleap: ``pip install .`` (or ``pip install .[gpu]``)."""

from pathlib import Path

from setuptools import find_packages, setup

ROOT = Path(__file__).parent
VERSION: dict[str, str] = {}
exec((ROOT / "sleap" / "version.py").read_text(encoding="utf-8"), VERSION)

setup(
    name="sleap",
    version=VERSION["__version__"],
    description="Track the poses of animals in video",
    long_description=(ROOT / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="BSD-3-Clause",
    license_files=["LICENSE"],
    packages=find_packages(include=["sleap", "sleap.*"]),
    package_data={
        "sleap": ["py.typed"],
        "sleap.gui": ["skeleton_templates/*.json"],
        "sleap.training_profiles": ["*.json", "examples/*.json"],
    },
    python_requires=">=3.11,<3.14",
    install_requires=(ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines(),
    extras_require={
        "gpu": ["tensorflow[and-cuda]>=2.18,<3"],
        "nwb": ["pynwb>=4", "ndx-pose>=0.4"],
        "nix": ["nixio>=1.5"],
        "dev": (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines(),
        "docs": ["sphinx>=8", "furo", "myst-parser>=4"],
    },
    entry_points={
        "console_scripts": [
            "sleap-label = sleap.cli.main:label",
            "sleap-train = sleap.cli.main:train",
            "sleap-track = sleap.cli.main:track",
            "sleap-render = sleap.cli.main:render",
            "sleap-convert = sleap.cli.main:convert",
            "sleap-inspect = sleap.cli.main:inspect",
            "sleap-compare = sleap.cli.main:compare",
            "sleap-demo = sleap.cli.main:demo",
        ]
    },
)
