"""Facts about a file as lines for people."""

from typing import Any

Facts = dict[str, Any]

MAX_LISTED = 10
"""Entries of a list that are shown unless all are asked for."""


def render(facts: Facts, *, verbose: bool = False) -> list[str]:
    """Write facts as text.

    Args:
        facts: As ``kinds.look`` collects them.
        verbose: Whether long lists are shown in full, and what else is known.
    """
    writers = {
        "skeleton": _skeleton_file,
        "model": _model,
        "profile": _model,
        "video": _video_file,
    }
    write = writers.get(facts["kind"], _labels)
    return [_head(facts), *write(facts, verbose)]


def _head(facts: Facts) -> str:
    names = {
        "labels": "labels",
        "package": "training package",
        "unfinished": "unfinished predictions",
        "analysis": "analysis",
        "skeleton": "skeleton",
        "model": "trained model",
        "profile": "training profile",
        "video": "video",
    }
    title = facts.get("format_title")
    version = facts.get("format_version")
    how = f" ({title}" + (f", version {version:g}" if version else "") + ")" if title else ""
    return f"{facts['path']}: {names[facts['kind']]}{how}, {size_of(facts['size'])}"


def size_of(n_bytes: int) -> str:
    """Write a number of bytes for people."""
    value = float(n_bytes)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{value:.0f} {unit}" if unit == "bytes" else f"{value:.1f} {unit}"
        value /= 1000
    raise AssertionError


# -- labels ---------------------------------------------------------------------------------------


def _labels(facts: Facts, verbose: bool) -> list[str]:
    totals = facts["totals"]
    lines = [
        f"Frames: {totals['frames']} ({totals['user_frames']} with user instances, "
        f"{totals['predicted_frames']} with predictions, {totals['empty_frames']} empty)",
        f"Instances: {totals['user_instances']} by the user, "
        f"{totals['predicted_instances']} predicted, {totals['tracked_instances']} in tracks; "
        f"at most {totals['max_instances']} on one frame",
        *_videos(facts["videos"]),
    ]
    for skeleton in facts["skeletons"]:
        lines += _skeleton(skeleton)
    lines += _tracks(facts["tracks"], verbose)
    lines += _suggestions(facts, verbose)
    if facts["negative_anchors"]:
        lines.append(f"Negative anchors: {facts['negative_anchors']}")
    lines += _provenance(facts["provenance"], verbose)
    if facts["unknown"]:
        lines.append(f"Kept, not known to this program: {', '.join(facts['unknown'])}")
    return lines


def _videos(videos: list[Facts]) -> list[str]:
    lost = [video for video in videos if not video["found"]]
    lines = [f"Videos: {len(videos)}" + (f", {len(lost)} missing" if lost else "")]
    for video in videos:
        many = f" and {video['files'] - 1} more images" if video["files"] > 1 else ""
        where = "" if video["path"] in (None, video["filename"]) else f" -> {video['path']}"
        lines.append(
            f"  {video['number']}: {video['filename']}{many}{where}"
            + ("" if video["found"] else "  MISSING")
        )
        facts = [_shape(video["shape"])] if video["shape"] else []
        if video["dataset"] and video["embedded_images"] is None:
            facts.append(f"dataset {video['dataset']}")
        if video["embedded_images"] is not None:
            facts.append(f"{video['embedded_images']} images in the package")
        if source := video["source"]:
            missing = "" if source["found"] else " (missing)"
            facts.append(f"taken from {source['filename']}{missing}")
        if facts:
            lines.append(f"     {', '.join(facts)}")
        if video["frames"]:
            lines.append(
                f"     {video['frames']} labeled frames, {video['first']} to {video['last']}; "
                f"{video['user_frames']} by the user; {video['tracks']} tracks"
            )
        else:
            lines.append("     no labeled frames")
    return lines


def _shape(shape: list[int]) -> str:
    frames, height, width, channels = shape
    colour = {1: "gray", 3: "color"}.get(channels, f"{channels} channels")
    return f"{frames} frames, {width} x {height} {colour}"


def _skeleton(skeleton: Facts) -> list[str]:
    """Draw the edges as a tree from the nodes that no edge leads to."""
    head = f"Skeleton '{skeleton['name']}': {len(skeleton['nodes'])} nodes, "
    head += f"{len(skeleton['edges'])} edges"
    if "instances" in skeleton:
        head += f", {skeleton['instances']} instances"
    lines = [head]
    children: dict[str, list[str]] = {}
    for source, destination in skeleton["edges"]:
        children.setdefault(source, []).append(destination)
    targets = {destination for _, destination in skeleton["edges"]}
    drawn: set[str] = set()

    def draw(root: str) -> None:
        waiting = [(root, 1)]
        while waiting:
            node, depth = waiting.pop()
            again = " (see above)" if node in drawn and node in children else ""
            lines.append("  " * depth + node + again)
            if node not in drawn:
                drawn.add(node)
                waiting += [(one, depth + 1) for one in reversed(children.get(node, []))]

    for node in skeleton["nodes"]:
        if node not in targets:
            draw(node)
    for node in skeleton["nodes"]:  # what lies in circles
        if node not in drawn:
            draw(node)
    if skeleton["symmetries"]:
        pairs = ", ".join(" | ".join(pair) for pair in skeleton["symmetries"])
        lines.append(f"  symmetric: {pairs}")
    return lines


def _tracks(tracks: list[Facts], verbose: bool) -> list[str]:
    lines = [f"Tracks: {len(tracks)}"]
    for track in tracks if verbose else tracks[:MAX_LISTED]:
        where = f", frames {track['first']} to {track['last']}" if track["instances"] else ""
        lines.append(f"  {track['name']}: {track['instances']} instances{where}")
    return lines + _more(tracks, verbose)


def _suggestions(facts: Facts, verbose: bool) -> list[str]:
    suggestions = facts["suggestions"]
    if not suggestions:
        return []
    lines = [f"Suggestions: {len(suggestions)}, {facts['labeled_suggestions']} of them labeled"]
    if verbose:
        frames: dict[int, list[str]] = {}
        for one in suggestions:
            frames.setdefault(one["video"], []).append(str(one["frame"]))
        lines += [f"  video {video}: {', '.join(texts)}" for video, texts in frames.items()]
    return lines


def _provenance(provenance: Facts, verbose: bool) -> list[str]:
    if not provenance:
        return []
    if not verbose:
        keys = ", ".join(map(str, list(provenance)[:MAX_LISTED]))
        return [f"Made by: {keys} (--verbose shows all)"]
    return ["Made by:", *(f"  {key}: {value}" for key, value in provenance.items())]


def _more(items: list[Any], verbose: bool) -> list[str]:
    n_more = 0 if verbose else len(items) - MAX_LISTED
    return [f"  ... and {n_more} more (--verbose shows all)"] if n_more > 0 else []


# -- other kinds ----------------------------------------------------------------------------------


def _skeleton_file(facts: Facts, verbose: bool) -> list[str]:
    return [line for skeleton in facts["skeletons"] for line in _skeleton(skeleton)]


def _video_file(facts: Facts, verbose: bool) -> list[str]:
    lines = [_shape(facts["shape"])]
    if facts["fps"]:
        lines.append(f"{facts['fps']:g} frames per second, {facts['seconds']:.1f} s")
    return lines


def _model(facts: Facts, verbose: bool) -> list[str]:
    lines = [f"Output: {facts['output']}", f"Network: {facts['backbone']}"]
    if verbose:
        lines += [f"  {key}: {value}" for key, value in facts["backbone_options"].items()]
    if facts["nodes"]:
        lines.append(f"Nodes: {', '.join(facts['nodes'])}")
    for key, name in (
        ("scale", "Scale of images"),
        ("sigma", "Sigma of targets, px"),
        ("crop_size", "Crop, px"),
        ("epochs", "Epochs, at most"),
        ("labels", "Trained on"),
        ("run_name", "Run"),
        ("version", "Written by version"),
    ):
        if facts[key] is not None:
            lines.append(f"{name}: {facts[key]}")
    if training := facts["training"]:
        best = training["best_val_loss"]
        told = f"; best validation loss {best:.3g} in epoch {training['best_epoch'] + 1}"
        lines.append(
            f"Trained for {training['epochs']} epochs" + (told if best is not None else "")
        )
    networks = {name: size for name, size in facts["files"].items() if name.endswith("_model.h5")}
    if facts["kind"] == "model":
        shown = ", ".join(f"{name} ({size_of(size)})" for name, size in networks.items())
        lines.append(f"Networks: {shown or 'none in this folder'}")
    return lines
