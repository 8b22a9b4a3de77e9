"""Exported pages. Authority: the exported HTML, as a parser reads it."""

import json
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter
from traitlets.config import Config

from helpers.live.export import STATE, WIDGET, OfflineFigures

ROOT = Path(__file__).parents[2]
CODE = """
from helpers.live import Live, Slider
from helpers.live.style import figure
fig, ax = figure()
(line,) = ax.plot([0, 1], [0, 1], animated=True)
Live(fig, lambda a: line.set_ydata([0, a]), alt="</script><b>A line",
     a=Slider(0, 3, 1, 1, "slope"))
"""


@pytest.fixture(scope="module")
def notebook():
    from nbclient import NotebookClient

    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_PACK", "1")
        NotebookClient(nb, timeout=300, kernel_name="python3").execute()
    return nb


class Parts(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.sources, self.images, self.scripts = [], [], []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.inside = tag == "script"
        if tag == "script":
            self.sources.append(attributes.get("src", ""))
            self.scripts.append("")
        if tag == "img":
            self.images.append(attributes)

    def handle_data(self, data):
        if self.inside:
            self.scripts[-1] += data

    def handle_endtag(self, tag):
        self.inside = False


def test_the_page_needs_no_widget_manager(notebook):
    exporter = HTMLExporter(preprocessors=[OfflineFigures])
    page, _ = exporter.from_notebook_node(notebook)
    parts = Parts(page)
    assert not [source for source in parts.sources if "widget" in source]
    states = [text for text in parts.scripts if text.startswith('{"start"')]
    assert len(states) == 1
    state = json.loads(states[0])
    assert state["offline"] and len(state["pack"]) > 100
    (image,) = parts.images
    assert image["alt"] == "</script><b>A line"


def test_the_view_is_in_the_page_once(notebook):
    twice = nbformat.from_dict({**notebook, "cells": notebook.cells * 2})
    page, _ = HTMLExporter(preprocessors=[OfflineFigures]).from_notebook_node(twice)
    assert page.count('id="live-parts"') == 1


def test_another_widget_keeps_its_picture(notebook):
    other = json.loads(json.dumps(notebook))
    for model in other["metadata"]["widgets"][STATE]["state"].values():
        model["state"] = {}
    nb, _ = OfflineFigures().preprocess(nbformat.from_dict(other), {})
    data = nb.cells[0].outputs[-1].data
    assert WIDGET not in data and "text/html" not in data
    assert "image/png" in data


@pytest.mark.parametrize(
    "name",
    [
        "jupyter_nbconvert_config.json",
        "jupyter_server_config.d/one-token-at-a-time-export.json",
    ],
)
def test_the_environment_names_the_preprocessor(name, notebook):
    text = (ROOT / "environment/etc/jupyter" / name).read_text(encoding="utf-8")
    page, _ = HTMLExporter(config=Config(json.loads(text))).from_notebook_node(notebook)
    assert 'id="live-parts"' in page
