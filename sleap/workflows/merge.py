"""Merging projects: what others labeled comes into one file, and nothing gets lost unasked.

Light until ``merge`` is called: the options import only attrs.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import Attribute, evolve, field, frozen

from sleap.errors import OptionError
from sleap.progress import SILENT, Progress

if TYPE_CHECKING:
    from sleap.core.labels import Labels
    from sleap.core.merge import MergePlan, MergeResult
    from sleap.core.video import Video

RESOLUTIONS = ("both", "base", "new", "neither")


def _as_paths(value: Any) -> tuple[Path, ...]:
    return (Path(value),) if isinstance(value, str | Path) else tuple(Path(one) for one in value)


def _as_texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@frozen(kw_only=True)
class MergeOptions:
    """Options of merging labels files into one.

    Raises:
        OptionError: If there is nothing to merge, or a value is not known.
    """

    base_path: Path = field(
        converter=Path,
        metadata={
            "help": "Labels file that the others are merged into; in doubt it is right",
            "positional": True,
        },
    )
    new_paths: tuple[Path, ...] = field(
        converter=_as_paths,
        metadata={"help": "Labels file to merge, in any format; may be repeated"},
    )
    output: str = field(
        default="",
        metadata={"help": "File to write; the first file itself if not given", "flags": ("-o",)},
    )
    resolve: str = field(
        default="both",
        metadata={
            "help": "Where both files have other instances on one frame, keep: both, those of "
            "the first file (base), those of the merged one (new), or neither",
            "choices": RESOLUTIONS,
        },
    )
    replace_predictions: bool = field(
        default=False,
        metadata={
            "help": "Let the predictions of a merged file replace all older ones on their frames"
        },
    )
    match_tracks: str = field(
        default="name",
        metadata={
            "help": "Whether tracks of one name are one identity (name), or all of a merged file "
            "are new (none)",
            "choices": ("name", "none"),
        },
    )
    same_videos: tuple[str, ...] = field(
        default=(),
        converter=_as_texts,
        metadata={
            "help": "Say which videos are the same where their names do not: number or name in "
            "the merged file, '=', number or name in the first file (nothing: a video of its own)",
            "metavar": "NEW=BASE",
        },
    )
    dry_run: bool = field(
        default=False, metadata={"help": "Only say what would be merged; write nothing"}
    )

    @new_paths.validator
    def _check_new_paths(self, attribute: "Attribute[Any]", value: tuple[Path, ...]) -> None:
        if not value:
            raise OptionError("There is nothing to merge: give at least one other labels file.")

    @resolve.validator
    def _check_resolve(self, attribute: "Attribute[Any]", value: str) -> None:
        if value not in RESOLUTIONS:
            raise OptionError(f"resolve is '{value}'; expected {', '.join(RESOLUTIONS)}.")

    @match_tracks.validator
    def _check_match_tracks(self, attribute: "Attribute[Any]", value: str) -> None:
        if value not in ("name", "none"):
            raise OptionError(f"match_tracks is '{value}'; expected name or none.")

    @same_videos.validator
    def _check_same_videos(self, attribute: "Attribute[Any]", value: tuple[str, ...]) -> None:
        for text in value:
            if not text.partition("=")[0] or "=" not in text:
                raise OptionError(f"same_videos is '{text}'; expected NEW=BASE, such as 1=0.")

    @property
    def output_path(self) -> Path:
        """Where the merged labels are written."""
        return Path(self.output) if self.output else self.base_path


@frozen
class MergeReport:
    """What was merged, or would be.

    Args:
        lines: To be printed.
        plans: What was planned, one for each merged file.
        results: What was done, one for each merged file.
        output_path: The file written; None of a dry run.
    """

    lines: tuple[str, ...]
    plans: "tuple[MergePlan, ...]" = field(repr=False)
    results: "tuple[MergeResult, ...]" = field(repr=False)
    output_path: Path | None = None

    @property
    def n_conflicts(self) -> int:
        """How many conflicts there were, over all merged files."""
        return sum(plan.n_conflicts for plan in self.plans)


def merge(options: MergeOptions, progress: Progress = SILENT) -> MergeReport:
    """Merge labels files into the first one, and write the result unless it is a dry run.

    Args:
        options: What to merge.
        progress: Told how far it is.

    Returns:
        What was done, or of a dry run what would be.

    Raises:
        SleapError: If a file cannot be read or written, or a video named is not there.
    """
    from sleap.io.files import load_file, save_file

    base = load_file(options.base_path)
    report = merge_into(base, options, progress)
    if options.dry_run:
        return report
    save_file(base, options.output_path)
    return evolve(report, output_path=options.output_path)


def merge_into(base: "Labels", options: MergeOptions, progress: Progress = SILENT) -> MergeReport:
    """Merge labels files into labels; see ``merge``.

    Args:
        base: The labels; they are changed, and not saved.
        options: What to merge; ``base_path`` is only named in the report.
        progress: Told how far it is.

    Returns:
        What was done.

    Raises:
        SleapError: If a file cannot be read, or a video named is not there.
    """
    from sleap.core.merge import MergeRules, apply_merge, plan_merge
    from sleap.io.files import load_file

    progress.begin("Merging", len(options.new_paths))
    lines: list[str] = []
    plans: list[MergePlan] = []
    results: list[MergeResult] = []
    named: set[str] = set()
    for path in options.new_paths:
        progress.check()
        new = load_file(path)
        pairs = _video_pairs(options.same_videos, base, new, named)
        rules = MergeRules(
            videos=pairs,
            match_tracks=options.match_tracks == "name",
            replace_predictions=options.replace_predictions,
        )
        plan = plan_merge(base, new, rules)
        plans.append(plan)
        results.append(apply_merge(base, plan, options.resolve))
        told = [*plan.lines(), *_what_else(plan, options.resolve), *results[-1].lines()]
        lines += [f"{path} into {options.base_path}:", *(f"  {line}" for line in told)]
        progress.advance()
    unknown = [text for text in options.same_videos if text not in named]
    if unknown:
        raise OptionError(f"same_videos: no merged file has the video named in '{unknown[0]}'.")
    progress.end()
    return MergeReport(tuple(lines), tuple(plans), tuple(results))


def _what_else(plan: "MergePlan", resolve: str) -> list[str]:
    """Say how conflicts end, and what of a file cannot be merged."""
    from sleap.io.slp.kept import Kept

    lines = []
    if plan.n_conflicts:
        lines.append(f"Kept where they are in conflict: {resolve}.")
    extra = plan.new.metadata.get("hdf5")
    if isinstance(extra, Kept) and extra.names:
        names = ", ".join(sorted(extra.names))
        lines.append(f"Not merged, as its meaning is not known: {names}.")
    return lines


def _video_pairs(
    texts: tuple[str, ...], base: "Labels", new: "Labels", named: set[str]
) -> Mapping[int, int | None]:
    """Return the number in the base for each video of the new labels that a text names."""
    pairs: dict[int, int | None] = {}
    for text in texts:
        left, _, right = text.partition("=")
        number = _find_video(left, new.videos)
        if number is None:
            continue
        named.add(text)
        pairs[number] = None
        if right:
            pairs[number] = _find_video(right, base.videos)
            if pairs[number] is None:
                known = ", ".join(video.name for video in base.videos)
                raise OptionError(f"same_videos: the first file has no video '{right}': {known}.")
    return pairs


def _find_video(text: str, videos: "list[Video]") -> int | None:
    if text.isdecimal():
        return int(text) if int(text) < len(videos) else None
    for names in ([str(video.filename) for video in videos], [video.name for video in videos]):
        if names.count(text) == 1:
            return names.index(text)
        if text in names:
            raise OptionError(f"same_videos: there are several videos '{text}': give the number.")
    return None
