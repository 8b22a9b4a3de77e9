// The view of a live figure. It draws the state and nothing else: the still
// part once, then one fragment per state, from a cache or from Python.

const PACK_LIMIT = 1e6; // characters of fragments saved with the notebook
const AHEAD = 8; // states asked for in one message while nobody moves anything
const NEAR = 12; // states fetched ahead before the reader touches a control
const FAR = 100; // the same afterwards, about where the control stands
const REST = 3; // times as long as an answer took nothing more is fetched ahead
const LULL = 40; // ms, the shortest such pause
const IDLE = 120; // ms without a move before anything is fetched ahead
const SETTLED = 200; // ms without a move before Python sees the state
const LEFT_OUT = 20; // steps to the nearest frame that travelled along, at most
const PATIENCE = 1200; // ms without an answer before the reader is told

// What the figures of a page share: when any of them was last used.
const page = (window.liveFigures ??= { used: -IDLE });

async function draw({ model, el }) {
  const start = await unpacked(model.get("start"));
  const { still, room, controls: specs } = start;
  const { state: initial, ...first } = start.first;
  const frames = new Frames();
  frames.set(key(initial), first);

  let state = copy(model.get("state"));
  let active = 0; // the control in use
  let grabbed = null; // the bar in use, and the bars as they were when taken
  let before = 0; // where the control in use stood before the last move
  let waiting = null; // the key that Python has been asked for
  let alive = null; // null until Python answers or is given up
  let fetching = 0; // when states ahead were asked for, 0 if none are on the way
  let touched = false;
  let gone = false;
  const timers = {};
  const after = (name, ms, what) => {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(() => gone || what(), ms);
  };

  // ---- the page -----------------------------------------------------------
  const uid = `live${Math.random().toString(36).slice(2, 8)}`;
  // Ids are shared by all figures of a page; a prefix keeps them apart.
  const own = (svg) => svg.replace(/(\bid="|url\(#|href="#)/g, `$1${uid}`);
  const [width, height] = model.get("size");
  const root = add(el, "div", { class: "live", "data-lm-suppress-shortcuts": "true" });
  root.style.setProperty("--live-width", `${width}px`);
  root.style.setProperty("--live-least", `${least(width)}px`);
  const frame = add(root, "div", { class: "live-picture" });
  const picture = add(frame, "svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
  add(picture, "g").innerHTML = own(still);
  const moving = add(picture, "g", { class: "live-moving" });
  const formula = formulaBox(root, first.formula, room);
  const panel = add(root, "div", { class: "live-controls" });
  const note = add(root, "div", { class: "live-note", role: "status", hidden: true });
  const fault = add(root, "details", { class: "live-fault", role: "alert", hidden: true });
  const faultLine = add(fault, "summary");
  const faultTrace = add(fault, "pre");

  const inputs = specs.map((spec, i) => CONTROLS[spec.kind](panel, spec, uid + i, {
    change: (value, bar) => change(i, value, bar),
    use: () => use(i),
  }));
  if (specs.length) {
    const reset = add(panel, "button", { class: "live-reset", type: "button" }, "Reset");
    reset.onclick = () => { state = copy(initial); moved(); };
  }
  // Whatever the reader presses next, Python has seen where they let go.
  root.addEventListener("focusout", () => gone || settle());
  root.addEventListener("pointerup", () => gone || settle());
  // Keys pressed on a control are meant for it, not for the notebook.
  root.addEventListener("keydown", (event) => event.stopPropagation());
  dragging(picture, model.get("drags"), specs, () => state, change);

  function paint(frame) {
    fault.hidden = !frame.error;
    if (frame.error) {
      faultLine.textContent = frame.error;
      faultTrace.textContent = frame.traceback;
      return;
    }
    moving.innerHTML = own(frame.svg);
    picture.setAttribute("aria-label", frame.alt);
    say("");
    formula.show(frame.formula);
  }
  function say(text) {
    note.hidden = !text;
    note.textContent = text;
  }

  // ---- from a move to a picture -------------------------------------------
  function change(i, value, bar) {
    before = bar === undefined ? state[i] : state[i][bar];
    if (specs[i].kind === "bars") {
      const same = grabbed && grabbed.i === i && grabbed.bar === bar;
      if (!same) grabbed = { i, bar, base: state[i] };
      value = rescale(grabbed.base, bar, value);
    } else {
      grabbed = null;
    }
    state[i] = value;
    use(i);
    moved();
  }
  function use(i) {
    active = i;
    touched = true;
    page.used = performance.now();
    rest();
  }
  function moved() {
    inputs.forEach((input, i) => input.show(state[i]));
    show();
    after("settle", SETTLED, settle);
    rest();
  }
  function settle() {
    clearTimeout(timers.settle);
    if (key(model.get("state")) === key(state)) return;
    model.set("state", copy(state));
    // Not by save_changes, which waits while an older change is on its way: a button
    // that is pressed next would overtake it.
    model.send({ settled: copy(state) });
  }
  function show() {
    const frame = frames.get(key(state));
    if (frame) paint(frame);
    else ask();
  }
  function ask() {
    if (alive === false) return alone();
    if (waiting) return; // one request at a time; the newest state comes next
    expect(key(state));
    model.send({ now: copy(state) });
    after("patience", PATIENCE, giveUp);
  }
  function expect(name) {
    waiting = name;
    // For a screen reader, and for whoever waits for the picture to be the one asked for.
    frame.setAttribute("aria-busy", name !== null);
  }
  function giveUp() {
    if (alive) return say("Python is busy. The picture follows when it is free.");
    if (frames.size < 2) return say("Run the cell to bring this picture to life.");
    alive = false;
    expect(null);
    show();
  }
  // Without Python only the frames that travelled along are there: those in
  // which one control has moved from where it started, some values left out.
  function alone() {
    const bars = grabbed?.i === active;
    const kept = bars ? state[active][grabbed.bar] : state[active];
    if (bars) grabbed.base = initial[active];
    const at = (value) => {
      const one = copy(initial);
      one[active] = bars ? rescale(grabbed.base, grabbed.bar, value) : value;
      return one;
    };
    const near = typeof kept === "string" ? [kept] : onward(kept, LEFT_OUT, kept < before ? -1 : 1);
    const there = near.map(at).find((one) => frames.has(key(one)));
    state = there || at(kept);
    inputs.forEach((input, i) => input.show(state[i]));
    if (there) paint(frames.get(key(state)));
    say(there ? "Without Python one control moves at a time."
              : "This needs Python: run the notebook to see it.");
  }
  function receive({ frames: got, ahead, crowd = 1 }) {
    const took = fetching && performance.now() - fetching;
    alive = true;
    clearTimeout(timers.patience);
    for (const [name, frame] of got) frames.set(name, frame);
    if (ahead) fetching = 0;
    else expect(null);
    const frame = frames.get(key(state));
    if (frame) paint(frame);
    else if (!waiting) {
      if (!ahead && got.length) paint(got[0][1]); // the newest that there is
      ask();
    }
    // A slow answer and a crowded processor both make the pause longer, so that
    // many readers on one computer leave each other room.
    rest(ahead && took ? Math.max(LULL, took * REST * crowd) : IDLE);
  }

  // ---- while nobody moves anything ----------------------------------------
  function rest(ms = IDLE) {
    after("ahead", ms, fetchAhead);
  }
  function fetchAhead() {
    if (alive === false || waiting || fetching || !visible(root)) return;
    if (performance.now() - page.used < IDLE) return rest();
    const missing = nearest(specs, state, active, grabbed, touched ? FAR : NEAR)
      .filter((one) => !frames.has(key(one)));
    if (!missing.length || frames.full) return save();
    fetching = performance.now();
    model.send({ ahead: missing.slice(0, AHEAD) });
  }
  // What the browser holds is saved with the notebook, so that the figure
  // moves when it is opened again and no kernel runs.
  async function save() {
    if (!touched || frames.size < 2 || frames.size === frames.saved) return;
    frames.saved = frames.size;
    const text = await packedFrames(frames.newest(PACK_LIMIT, key(initial)), width);
    if (!gone) model.set("pack", text);
  }

  // ---- start --------------------------------------------------------------
  const sized = fitsThePage(root, model);
  paint(first);
  inputs.forEach((input, i) => input.show(state[i]));
  const onState = () => {
    if (key(model.get("state")) === key(state)) return;
    state = copy(model.get("state"));
    inputs.forEach((input, i) => input.show(state[i]));
    show();
  };
  model.on("msg:custom", receive);
  model.on("change:state", onState);
  const begin = () => {
    if (gone) return;
    if (key(state) !== key(initial)) show();
    if (specs.length && !model.get("offline")) model.send({ ahead: [] });
  };
  if (model.get("offline")) alive = false;
  const pack = model.get("pack");
  if (pack) {
    unpackedFrames(pack, width).then((all) => {
      if (!Object.keys(all).length) model.set("pack", "");
      frames.fill(all);
      begin();
    });
  } else begin();
  const seen = new IntersectionObserver(([entry]) => entry.isIntersecting && rest());
  if (specs.length) seen.observe(root);

  return () => {
    gone = true;
    sized.disconnect();
    seen.disconnect();
    formula.stop();
    Object.values(timers).forEach(clearTimeout);
    inputs.forEach((input) => input.stop?.());
    model.off("msg:custom", receive);
    model.off("change:state", onState);
  };
}

export { dress, packedFrames, render, rescale, unpackedFrames };
