"""Live figures in exported HTML: they move with no kernel and no network.

`jupyter nbconvert --to html` and JupyterLab's own export use this preprocessor,
as the course's environment names it in their settings. Without it a widget in a
page fetches a widget manager from the network.
"""

import json
from html import escape

from nbconvert.preprocessors import Preprocessor

from helpers.live.figure import Live
from helpers.live.formula import typeset
from helpers.live.parts import unpacked

WIDGET = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
_TRAITS = ["start", "size", "drags", "pack"]

_SHARED = """<style>math {{ font-family: "Course Maths", math; }}</style>
<script type="application/json" id="live-parts">{parts}</script>
<script>
window.liveParts = {{
  load: import(URL.createObjectURL(new Blob(
    [{loader}], {{ type: "text/javascript" }}))),
  get: () => JSON.parse(document.getElementById("live-parts").textContent),
}};
</script>
"""
_FIGURE = """<div>
<img src="data:image/png;base64,{png}" width="{width}" alt="{alt}">
</div>
<script type="application/json">{state}</script>
<script>
{{
  const data = document.currentScript.previousElementSibling;
  const state = JSON.parse(data.textContent);
  window.liveParts.load.then(async ({{ default: view }}) => {{
    const there = data.previousElementSibling;
    const el = document.createElement("div");
    const model = {{
      get: (name) => state[name],
      set() {{}}, save_changes() {{}}, send() {{}}, on() {{}}, off() {{}},
      widget_manager: {{ get_model: async () => window.liveParts }},
    }};
    there.after(el);
    await view.render({{ model, el }});
    there.remove();
  }});
}}
</script>
"""


class OfflineFigures(Preprocessor):
    """Put each live figure into the page, with the frames it was saved with.

    Formulas in the text become MathML, as MathJax too comes from the network.
    """

    def preprocess(self, nb, resources):
        """Replace the widget views of `nb`; other widgets keep their picture."""
        widgets = nb.metadata.pop("widgets", {}).get(STATE, {}).get("state", {})
        self._shared = False
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = typeset(cell.source)
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                view = data.pop(WIDGET, None)
                model = widgets.get(view["model_id"], {}) if view else {}
                state = model.get("state", {})
                if "image/png" in data and all(name in state for name in _TRAITS):
                    data["text/html"] = self._figure(data, state)
        return nb, resources

    def _figure(self, data, state):
        kept = {name: state[name] for name in _TRAITS}
        first = unpacked(state["start"])["first"]
        kept |= {"state": first["state"], "offline": True, "_parts": ""}
        shared = "" if self._shared else shared_parts()
        self._shared = True
        return shared + _FIGURE.format(
            png=data["image/png"].strip(),
            width=state["size"][0],
            alt=escape(data.get("text/plain", ""), quote=True),
            state=_inert(kept),
        )


def shared_parts():
    """The view with its style and font, which a page needs once."""
    return _SHARED.format(parts=_inert(Live.view), loader=_inert(Live._esm))


def _inert(value):
    # Inside a script element only "<" could end it early.
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
