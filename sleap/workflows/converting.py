"""The steps of ``sleap-convert``: repair, merge, relink, choose, write."""

from pathlib import Path

import numpy as np
from attrs import evolve

from sleap.core.arrays import frames_of
from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.io.files import load_file, save_file
from sleap.io.format import FORMATS
from sleap.io.slp.kept import find_unsaved
from sleap.progress import Progress
from sleap.workflows import outputs
from sleap.workflows.convert_options import ConvertOptions, ConvertReport
from sleap.workflows.losses import describe_losses, find_losses
from sleap.workflows.merge import MergeOptions, merge_into
from sleap.workflows.outputs import Target
from sleap.workflows.package import SUFFIX as PACKAGE_SUFFIX
from sleap.workflows.package import describe, package
from sleap.workflows.relink import Relinked, RelinkOptions, relink
from sleap.workflows.repair import repair

N_BACKUPS = 1
"""How many earlier versions of a file that is replaced are kept."""


class _News:
    """Collects what a person should know; what is only planned is not said on the way."""

    def __init__(self, progress: Progress, is_dry_run: bool) -> None:
        self.lines: list[str] = []
        self._progress, self._is_dry_run = progress, is_dry_run

    def tell(self, *lines: str) -> None:
        self.lines += [line for line in lines if line]
        if not self._is_dry_run:
            for line in filter(None, lines):
                self._progress.say(line)


def convert(options: ConvertOptions, progress: Progress) -> ConvertReport:
    """See ``sleap.workflows.convert.convert``."""
    news = _News(progress, options.dry_run)
    written: list[Path] = []
    if options.repair:
        repaired = _repair(options, progress, news)
        written.append(repaired)
        if _only_repairs(options):
            return ConvertReport(tuple(written), tuple(news.lines))
        options = evolve(options, input_path=repaired)
    labels = load_file(options.input_path, videos_search=options.search)
    if options.merge:
        _merge(labels, options, progress, news)
    if options.video_prefix or options.search:
        wanted = RelinkOptions(prefixes=options.video_prefix, folders=options.search)
        news.tell(*map(describe_relinked, relink(labels, options.input_path, wanted)))
    video = outputs.find_video(labels, options.video) if options.video else None
    if not options.keeps_empty_frames:
        _remove_empty_frames(labels)
    targets = outputs.find_targets(options, labels, video)
    _tell_losses(targets, labels, video, options, news)
    if not options.dry_run:
        for target in targets:
            progress.check()
            _write(labels, target, video, options, progress, news)
    return ConvertReport(
        (*written, *(target.path for target in targets)), tuple(news.lines), options.dry_run
    )


def describe_relinked(video: Relinked) -> str:
    """Say in a line what became of a video; "" if it lies where it always did."""
    if not video.is_found:
        return f"{video.old}: not found. {video.reason}".rstrip()
    if not video.is_changed:
        return ""
    return f"{video.old} is now {video.new} (by {video.rule}; content {video.content.value})."


def _only_repairs(options: ConvertOptions) -> bool:
    has_more = options.merge or options.video_prefix or options.video or options.package.is_on
    is_labels = options.format in ("", "slp", "h5") and all(
        FORMATS.get("slp").find_suffix(Path(name)) and not Path(name).is_dir()
        for name in options.output
    )
    return not has_more and is_labels and len(options.output) <= 1 and options.keeps_empty_frames


def _repair(options: ConvertOptions, progress: Progress, news: _News) -> Path:
    """Repair the input into the output if nothing else is to be done, else into its own file."""
    output = options.output[0] if options.output and _only_repairs(options) else None
    report = repair(options.input_path, output, progress)
    news.tell(*report.lines)
    return report.path


def _merge(labels: Labels, options: ConvertOptions, progress: Progress, news: _News) -> None:
    wanted = MergeOptions(
        base_path=options.input_path,
        new_paths=options.merge,
        resolve=options.resolve,
        same_videos=options.same_videos,
        replace_predictions=options.replace_predictions,
        match_tracks=options.match_tracks,
    )
    news.tell(*merge_into(labels, wanted, progress).lines)


def _remove_empty_frames(labels: Labels) -> None:
    store = labels.store
    has = np.zeros(len(store.frames), bool)
    has[frames_of(store, store.live_instances)] = True
    frames = store.live_frames
    store.remove_frames(frames[~has[frames]])


def _tell_losses(
    targets: list[Target], labels: Labels, video: Video | None, options: ConvertOptions, news: _News
) -> None:
    """Say what each format does not keep, and what a name promises and the file does not hold."""
    for format in {target.format.title: target.format for target in targets}.values():
        losses = find_losses(labels, format, video)
        if format.write is None:  # the other videos have files of their own
            losses = [loss for loss in losses if loss.facet != "videos"]
        news.tell(describe_losses(losses, format))
        if options.dry_run and format is FORMATS.get("slp") and (lost := find_unsaved(labels)):
            news.tell(f"Not kept, as what it refers to has changed: {', '.join(lost)}.")
    for target in targets:
        is_package = target.path.name.endswith(PACKAGE_SUFFIX) and not options.package.is_on
        if is_package and not any(one.is_embedded for one in labels.videos):
            news.tell(
                f"'{target.path}' is named as a training package and holds no images: add --embed "
                "user, or choose another name."
            )


def _write(
    labels: Labels,
    target: Target,
    video: Video | None,
    options: ConvertOptions,
    progress: Progress,
    news: _News,
) -> None:
    if video is not None and target.video is None:
        labels = labels.extract(videos=[video])
    if options.package.is_on:
        report = package(labels, target.path, options.package, progress, backups=N_BACKUPS)
        news.lines += describe(report, target.path)
        return
    progress.begin(f"Writing {target.path.name}", 1)
    name = next(name for name in FORMATS if FORMATS.get(name) is target.format)
    if name == "analysis" and not options.keeps_empty_frames and target.video is not None:
        _write_trimmed(labels, target.path, target.video)
    else:
        save_file(labels, target.path, format=name, video=target.video, backups=N_BACKUPS)
    progress.advance()
    progress.end()


def _write_trimmed(labels: Labels, path: Path, video: Video) -> None:
    from sleap.io.atomic import keeping
    from sleap.io.backups import kept_or_warned
    from sleap.io.formats import analysis_hdf5

    with keeping(path, lambda old: kept_or_warned(old, N_BACKUPS)):
        analysis_hdf5.write(labels, path, video, all_frames=False)
