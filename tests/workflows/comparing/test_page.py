from html.parser import HTMLParser
from pathlib import Path

from sleap.workflows.comparing.page import COLOURS, _colour, render_page
from sleap.workflows.comparing.run import Run


def run(name: str, network: str = "centroids", state: str = "ended") -> Run:
    return Run(
        path=Path("m") / name,
        network=network,
        state=state,
        told="it broke <here>" if state == "failed" else "",
        losses=[2, 1],
        val_losses=[3, 2],
    )


class Outline(HTMLParser):
    """Counts tags, and follows which are open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_nothing_else() -> None:
    page = render_page([run("a"), run("b", "confmaps"), run("c", state="failed")])
    outline = Outline(page)
    assert not outline.open
    assert outline.tags.count("svg") == 2  # one for each network
    assert outline.tags.count("tr") == 4
    assert not {"script", "link", "img", "iframe"} & {*outline.tags}
    assert "http" not in page and "url(" not in page


def test_what_is_unfinished_stands_out_and_names_are_escaped() -> None:
    page = render_page([run("a"), run("<c>", state="failed")])
    assert page.count('<tr class="unfinished">') == 1
    assert "&lt;c&gt;: it broke &lt;here&gt;" in page
    assert "<c>" not in page


def test_runs_without_losses_have_no_drawing() -> None:
    assert "<svg" not in render_page([Run(path=Path("a"))])


def test_colours_never_run_out() -> None:
    assert len({_colour(index) for index in range(3 * len(COLOURS))}) == 3 * len(COLOURS)
