// What every figure saves: it fetches the view, which the notebook holds once.
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// The widgets of a notebook that is opened come in any order.
async function held(model) {
  const id = model.get("_parts").replace("IPY_MODEL_", "");
  for (let left = 600; ; left--) {
    try {
      return (await model.widget_manager.get_model(id)).get("parts");
    } catch (error) {
      if (!left) throw error;
      await wait(50);
    }
  }
}
async function opened(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const { code, style, font } = await new Response(plain).json();
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const view = await import(address);
  view.dress(style, font);
  return view;
}
export default {
  async render({ model, el }) {
    const text = await held(model);
    // One module for all that hold the same text, in whichever notebook.
    const views = (globalThis.liveViews ??= new Map());
    if (!views.has(text)) views.set(text, opened(text));
    return (await views.get(text)).render({ model, el });
  },
};
