// The view of a live figure. It draws the state and nothing else: the still
// part once, then one fragment per state, from a cache or from Python.

const CACHE_LIMIT = 4e6; // characters of fragments kept, a few MB
const PACK_LIMIT = 1e6; // characters of fragments saved with the notebook
const AHEAD = 8; // states asked for in one message while nobody moves anything
const NEAR = 12; // states fetched ahead before the reader touches a control
const IDLE = 120; // ms without a move before anything is fetched ahead
const SETTLED = 200; // ms without a move before Python sees the state
const PATIENCE = 1200; // ms without an answer before the reader is told

const key = (state) => JSON.stringify(state);
const copy = (state) => JSON.parse(key(state));
const clamp = (x, low, high) => Math.min(Math.max(x, low), high);

function render({ model, el }) {
  const specs = model.get("controls");
  const { state: initial, ...first } = model.get("first");
  const frames = new Frames();
  frames.set(key(initial), first);

  let state = copy(model.get("state"));
  let active = 0; // the control in use
  let grabbed = null; // the bar in use, and the bars as they were when taken
  let waiting = null; // the key that Python has been asked for
  let alive = null; // null until Python answers or is given up
  let fetching = false;
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
  // Narrower than this the words in the picture are too small to read.
  root.style.setProperty("--live-least", `${Math.min(width, width > 600 ? 600 : 340)}px`);
  const frame = add(root, "div", { class: "live-picture" });
  const picture = add(frame, "svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
  add(picture, "g").innerHTML = own(model.get("still"));
  const moving = add(picture, "g", { class: "live-moving" });
  const formula = add(root, "div", { class: "live-formula", "aria-live": "polite" });
  formula.hidden = !first.formula;
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
    formula.innerHTML = frame.formula;
    picture.setAttribute("aria-label", frame.alt);
    say("");
  }
  function say(text) {
    note.hidden = !text;
    note.textContent = text;
  }

  // ---- from a move to a picture -------------------------------------------
  function change(i, value, bar) {
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
    model.save_changes();
  }
  function show() {
    const frame = frames.get(key(state));
    if (frame) paint(frame);
    else ask();
  }
  function ask() {
    if (alive === false) return alone();
    if (waiting) return; // one request at a time; the newest state comes next
    waiting = key(state);
    model.send({ now: state });
    after("patience", PATIENCE, giveUp);
  }
  function giveUp() {
    if (alive) return say("Python is busy. The picture follows when it is free.");
    if (frames.size < 2) return say("Run the cell to bring this picture to life.");
    alive = false;
    waiting = null;
    show();
  }
  // Without Python only the frames that travelled along are there: those in
  // which one control has moved from where it started.
  function alone() {
    const kept = state[active];
    state = copy(initial);
    state[active] = grabbed
      ? rescale(initial[active], grabbed.bar, kept[grabbed.bar]) : kept;
    if (grabbed) grabbed.base = initial[active];
    inputs.forEach((input, i) => input.show(state[i]));
    const frame = frames.get(key(state));
    if (frame) paint(frame);
    say(frame ? "Without Python one control moves at a time."
              : "This needs Python: run the notebook to see it.");
  }
  function receive({ frames: got, ahead }) {
    alive = true;
    clearTimeout(timers.patience);
    for (const [name, frame] of got) frames.set(name, frame);
    if (ahead) fetching = false;
    else waiting = null;
    const frame = frames.get(key(state));
    if (frame) paint(frame);
    else if (!waiting) {
      if (!ahead && got.length) paint(got[0][1]); // the newest that there is
      ask();
    }
    // As long a pause as the drawing took leaves the kernel free for cells.
    rest();
  }

  // ---- while nobody moves anything ----------------------------------------
  function rest() {
    after("ahead", IDLE, fetchAhead);
  }
  function fetchAhead() {
    if (alive === false || waiting || fetching || !visible(root)) return;
    const missing = nearest(specs, state, active, grabbed, touched ? Infinity : NEAR)
      .filter((one) => !frames.has(key(one)));
    if (!missing.length || frames.full) return save();
    fetching = true;
    model.send({ ahead: missing.slice(0, AHEAD) });
  }
  // What the browser holds is saved with the notebook, so that the figure
  // moves when it is opened again and no kernel runs.
  async function save() {
    if (!touched || frames.size < 2 || frames.size === frames.saved) return;
    frames.saved = frames.size;
    const text = await packed(frames.newest(PACK_LIMIT, key(initial)));
    if (!gone) model.set("pack", text);
  }

  // ---- start --------------------------------------------------------------
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
  if (pack) unpacked(pack).then((all) => { frames.fill(all); begin(); });
  else begin();
  const seen = new IntersectionObserver(([entry]) => entry.isIntersecting && rest());
  if (specs.length) seen.observe(root);

  return () => {
    gone = true;
    seen.disconnect();
    Object.values(timers).forEach(clearTimeout);
    inputs.forEach((input) => input.stop?.());
    model.off("msg:custom", receive);
    model.off("change:state", onState);
  };
}

// ---- frames by key, the least recently used dropped first -----------------
class Frames {
  constructor() {
    this.map = new Map();
    this.characters = 0;
    this.saved = 0;
  }
  get size() { return this.map.size; }
  get full() { return this.characters > 0.8 * CACHE_LIMIT; }
  has(name) { return this.map.has(name); }
  get(name) {
    const frame = this.map.get(name);
    if (frame) {
      this.map.delete(name);
      this.map.set(name, frame);
    }
    return frame;
  }
  set(name, frame) {
    if (this.map.has(name)) this.drop(name);
    this.map.set(name, frame);
    this.characters += length(frame);
    for (const old of this.map.keys()) {
      if (this.characters <= CACHE_LIMIT || old === name) break;
      this.drop(old);
    }
  }
  drop(name) {
    this.characters -= length(this.map.get(name));
    this.map.delete(name);
  }
  fill(all) {
    for (const [name, frame] of Object.entries(all)) this.set(name, frame);
  }
  newest(limit, always) {
    const kept = {};
    let characters = 0;
    for (const name of [always, ...[...this.map.keys()].reverse()]) {
      const frame = this.map.get(name);
      if (!frame || frame.error || (characters += length(frame)) > limit) continue;
      kept[name] = frame;
    }
    return kept;
  }
}
const length = (frame) => (frame.svg || frame.traceback).length + 200;

async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream();
  const plain = stream.pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(plain).text());
}
async function packed(all) {
  const stream = new Blob([JSON.stringify(all)]).stream();
  const small = stream.pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(small).arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(text);
}

// ---- states ---------------------------------------------------------------
// The same rule as `rescale` in controls.py, in whole numbers throughout.
function rescale(percents, bar, percent) {
  const rest = 100 - percent;
  let weights = percents.map((p, i) => (i === bar ? 0 : p));
  const sum = (list) => list.reduce((a, b) => a + b, 0);
  if (!sum(weights)) weights = percents.map((_, i) => (i === bar ? 0 : 1));
  const total = sum(weights);
  const shares = weights.map((w) => Math.floor((w * rest) / total));
  const left = weights.map((w) => (w * rest) % total);
  const order = left.map((_, i) => i).sort((a, b) => left[b] - left[a] || a - b);
  for (const i of order.slice(0, rest - sum(shares))) shares[i] += 1;
  shares[bar] = percent;
  return shares;
}

// The states along the control in use, nearest to where it stands first.
function nearest(specs, state, active, grabbed, most) {
  const spec = specs[active];
  if (!spec || spec.kind === "text" || (spec.kind === "bars" && !grabbed)) return [];
  const bars = spec.kind === "bars";
  const count = bars ? 101 : spec.texts.length;
  const here = bars ? state[active][grabbed.bar] : state[active];
  const all = [];
  for (let step = 1; step < count && all.length < most; step++) {
    for (const there of [here + step, here - step]) {
      if (there < 0 || there >= count) continue;
      const one = copy(state);
      one[active] = bars ? rescale(grabbed.base, grabbed.bar, there) : there;
      all.push(one);
    }
  }
  return all;
}

// ---- controls: each returns what shows a state, and what stops it ----------
const CONTROLS = {
  range(panel, spec, id, on) {
    const row = add(panel, "div", { class: "live-row" });
    add(row, "label", { for: id }, spec.label);
    const last = spec.texts.length - 1;
    const input = add(row, "input", { id, type: "range", min: 0, max: last, step: 1 });
    const unit = spec.unit ? ` ${spec.unit}` : "";
    const output = add(row, "output", { for: id });
    // The widest text sets the width, so that nothing shifts while it moves.
    const widest = Math.max(...spec.texts.map((text) => text.length)) + unit.length;
    output.style.minWidth = `${widest + 0.5}ch`;
    input.oninput = () => on.change(Number(input.value));
    input.onfocus = input.onpointerenter = on.use;
    let timer;
    let button;
    const stop = () => {
      clearInterval(timer);
      timer = undefined;
      if (button) button.textContent = "▶ Play";
    };
    const step = () => {
      if (Number(input.value) >= last) return stop();
      on.change(Number(input.value) + 1);
    };
    if (spec.play) {
      button = add(row, "button", { type: "button", class: "live-play" }, "▶ Play");
      button.onclick = () => {
        if (timer) return stop();
        button.textContent = "⏸ Pause";
        if (Number(input.value) >= last) on.change(0);
        timer = setInterval(step, 450);
      };
    }
    return {
      stop,
      show(value) {
        input.value = value;
        output.textContent = spec.texts[value] + unit;
        input.setAttribute("aria-valuetext", output.textContent);
      },
    };
  },
  choice(panel, spec, id, on) {
    const row = add(panel, "div", { class: "live-row" });
    add(row, "label", { for: id }, spec.label);
    const select = add(row, "select", { id });
    spec.texts.forEach((text, i) => add(select, "option", { value: i }, text));
    select.onchange = () => on.change(Number(select.value));
    select.onfocus = select.onpointerenter = on.use;
    return { show(value) { select.value = value; } };
  },
  toggle(panel, spec, id, on) {
    const row = add(panel, "div", { class: "live-row" });
    const box = add(row, "input", { id, type: "checkbox" });
    add(row, "label", { for: id }, spec.label);
    box.onchange = () => on.change(box.checked ? 1 : 0);
    box.onfocus = row.onpointerenter = on.use;
    return { show(value) { box.checked = value === 1; } };
  },
  text(panel, spec, id, on) {
    const row = add(panel, "div", { class: "live-row" });
    add(row, "label", { for: id }, spec.label);
    const input = add(row, "input", { id, type: "text", maxlength: spec.longest,
      autocomplete: "off", spellcheck: "false" });
    input.oninput = () => on.change(input.value);
    return { show(value) { if (input.value !== value) input.value = value; } };
  },
  bars(panel, spec, id, on) {
    const group = add(panel, "fieldset", { class: "live-bars" });
    add(group, "legend", {}, spec.label);
    const rows = spec.labels.map((label, bar) => {
      const one = { label, unit: "%", texts: PERCENTS };
      const change = (value) => on.change(value, bar);
      return CONTROLS.range(group, one, `${id}-${bar}`, { change, use: on.use });
    });
    return { show(value) { rows.forEach((row, bar) => row.show(value[bar])); } };
  },
};
const PERCENTS = Array.from({ length: 101 }, (_, i) => String(i));

// ---- dragging in the picture ------------------------------------------------
function dragging(picture, handles, specs, state, change) {
  const zones = new Map(); // one zone a box, however many handles share it
  for (const handle of handles) {
    const name = key(handle.box);
    zones.set(name, [...(zones.get(name) || []), handle]);
  }
  for (const group of zones.values()) {
    const [x, y, width, height] = group[0].box;
    const zone = add(picture, "rect", { class: "live-drag", x, y, width, height });
    const at = (event, { box, xlim, ylim }) => {
      const inside = picture.getScreenCTM().inverse();
      const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(inside);
      const across = (p.x - box[0]) / box[2];
      const up = 1 - (p.y - box[1]) / box[3];
      return { x: xlim[0] + across * (xlim[1] - xlim[0]),
               y: ylim[0] + up * (ylim[1] - ylim[0]) };
    };
    const bars = (i) => i !== null && specs[i].kind === "bars";
    const far = (handle, p) => ["x", "y"].reduce((sum, axis) => {
      const i = handle[axis];
      const here = bars(i) ? null
        : i !== null ? specs[i].numbers[state()[i]] : handle.at;
      const span = handle[`${axis}lim`][1] - handle[`${axis}lim`][0];
      return here === null ? sum : sum + ((here - p[axis]) / span) ** 2;
    }, 0);
    let held = null;
    const move = (event) => {
      if (!held) return;
      const p = at(event, held.handle);
      for (const axis of ["x", "y"]) {
        const i = held.handle[axis];
        if (i === null) continue;
        if (bars(i)) change(i, clamp(Math.round(p[axis] * 100), 0, 100), held.bar);
        else {
          const numbers = specs[i].numbers;
          const off = numbers.map((number) => Math.abs(number - p[axis]));
          const index = off.indexOf(Math.min(...off));
          if (index !== state()[i]) change(i, index);
        }
      }
    };
    zone.onpointerdown = (event) => {
      const sorted = [...group].sort((a, b) => far(a, at(event, a)) - far(b, at(event, b)));
      const handle = sorted[0];
      const p = at(event, handle);
      const over = bars(handle.y) ? p.x : p.y;
      const i = bars(handle.y) ? handle.y : handle.x;
      const bar = bars(i) ? clamp(Math.round(over), 0, specs[i].labels.length - 1) : null;
      held = { handle, bar };
      zone.setPointerCapture(event.pointerId);
      event.preventDefault();
      move(event);
    };
    zone.onpointermove = move;
    zone.onpointerup = zone.onpointercancel = () => { held = null; };
  }
}

// ---- small tools ------------------------------------------------------------
function add(parent, tag, attributes = {}, text) {
  const svg = tag === "svg" || parent instanceof SVGElement;
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag)
                   : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else node.setAttribute(name, value);
  }
  if (text !== undefined) node.textContent = text;
  parent.append(node);
  return node;
}
function visible(node) {
  const box = node.getBoundingClientRect();
  return box.height > 0 && box.bottom > 0 && box.top < window.innerHeight;
}

export default { render };
