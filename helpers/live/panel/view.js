// The view of a training panel. It draws what Python says, and tells Python
// which button was pressed.

const PATIENCE = 1500; // ms without an answer before the reader is told
const LABELS = {
  ready: "Start", training: "Pause", paused: "Resume",
  stopped: "Stopped", done: "Done", failed: "Failed",
};
const OVER = ["stopped", "done", "failed"];

// The button that has the keyboard, by cell: JupyterLab shows the panel anew when its
// stored picture changes, and the keyboard is to stay where it was.
const held = new WeakMap();

function draw({ model, el }) {
  // Ids are shared by all figures of a page; a prefix keeps them apart.
  const uid = `panel${Math.random().toString(36).slice(2, 8)}`;
  const own = (svg) => svg.replace(/(\bid="|url\(#|href="#)/g, `$1${uid}`);
  const [width, height] = model.get("size");
  const root = add(el, "div", { class: "live live-panel", "data-lm-suppress-shortcuts": "true" });
  root.style.setProperty("--live-width", `${width}px`);
  root.style.setProperty("--live-least", `${least(width)}px`);
  const frame = add(root, "div", { class: "live-picture" });
  const picture = add(frame, "svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
  const still = add(picture, "g");
  const moving = add(picture, "g", { class: "live-moving" });
  const row = add(root, "div", { class: "live-controls" });
  const go = add(row, "button", { type: "button", class: "live-go" });
  const stop = add(row, "button", { type: "button", class: "live-stop" }, "Stop");
  const bar = add(row, "progress", { "aria-label": "steps trained" });
  const count = add(row, "span", { class: "live-count" });
  const words = add(root, "div", { class: "live-note", role: "status" });
  const fault = add(root, "details", { class: "live-fault", role: "alert", hidden: true });
  const faultLine = add(fault, "summary");
  const faultTrace = add(fault, "pre");
  const samples = add(root, "ul", { class: "live-samples", "aria-label": "what the model writes, newest first" });

  let gone = false;
  let heard = false; // whether Python has ever answered
  let lost = false; // whether Python was there and was restarted
  let timer = null;

  function paint() {
    const now = model.get("now");
    moving.innerHTML = own(now.svg);
    picture.setAttribute("aria-label", now.alt);
    const over = lost || OVER.includes(now.phase);
    go.textContent = LABELS[now.phase];
    // A button that is switched off would lose the keyboard.
    go.setAttribute("aria-disabled", over);
    stop.setAttribute("aria-disabled", over);
    bar.max = now.total;
    bar.value = now.step;
    count.textContent = lost ? "" : now.count;
    say(lost ? "Python has been restarted: run the notebook again." : now.words);
    fault.hidden = !now.fault;
    faultLine.textContent = now.fault ? now.fault.line : "";
    faultTrace.textContent = now.fault ? now.fault.trace : "";
    const lines = now.samples.map(([step, text]) => {
      const line = document.createElement("li");
      add(line, "span", {}, `step ${step}`);
      add(line, "span", {}, text); // the learner's text is never markup
      return line;
    });
    samples.replaceChildren(...lines);
    samples.hidden = !lines.length;
  }
  function say(text) {
    if (words.textContent !== text) words.textContent = text;
  }
  function press(name) {
    if (go.getAttribute("aria-disabled") === "true") return;
    model.send({ press: name });
    clearTimeout(timer);
    timer = setTimeout(() => gone || say(heard
      ? "Python is busy. The panel follows when it is free."
      : "Run the notebook to train: no Python answers."), PATIENCE);
  }
  function receive(message) {
    if (!("heard" in message)) return;
    heard = true;
    clearTimeout(timer);
    say(model.get("now").words);
  }
  const onLost = () => { lost = true; paint(); };
  const onStill = () => { still.innerHTML = own(model.get("still")); };

  go.onclick = () => press(model.get("now").phase === "training" ? "pause" : "start");
  stop.onclick = () => press("stop");
  // Keys pressed on a button are meant for it, not for the notebook.
  root.addEventListener("keydown", (event) => event.stopPropagation());
  const sized = fitsThePage(root, model);
  const cell = () => root.closest(".jp-Cell") ?? root;
  root.addEventListener("focusin", ({ target }) => held.set(cell(), target.className));
  root.addEventListener("focusout", () => setTimeout(() => {
    if (root.isConnected && !root.contains(document.activeElement)) held.delete(cell());
  }));
  setTimeout(() => {
    const name = held.get(cell());
    if (name) root.querySelector(`.${name}`)?.focus({ preventScroll: true });
  });
  onStill();
  paint();
  model.on("change:still", onStill);
  model.on("change:now", paint);
  model.on("msg:custom", receive);
  model.on("comm_live_update", onLost);
  return () => {
    gone = true;
    sized.disconnect();
    clearTimeout(timer);
    model.off("change:still", onStill);
    model.off("change:now", paint);
    model.off("msg:custom", receive);
    model.off("comm_live_update", onLost);
  };
}

export { dress, render };
