// Small tools of the view.
const key = (state) => JSON.stringify(state);
const copy = (state) => JSON.parse(key(state));
const clamp = (x, low, high) => Math.min(Math.max(x, low), high);
// The whole numbers from `middle` on, `way` (1 or -1) first, then back.
const onward = (middle, reach, way) => [1, -1].flatMap((turn) =>
  Array.from({ length: reach }, (_, k) => middle + way * turn * k));
// Text without half an emoji, which a kernel cannot read.
const whole = (text) => (text.toWellFormed ? text.toWellFormed() : text);

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

// Once a page: the style sheet, and the font of the formulas. Made from bytes it is
// there at once, so that no formula is first set in another.
function dress(style, font) {
  add(document.head, "style", {}, style);
  if (!font || [...document.fonts].some((one) => one.family.includes(MATHS))) return;
  const bytes = Uint8Array.from(atob(font), (c) => c.charCodeAt(0));
  document.fonts.add(new FontFace(MATHS, bytes));
}
const MATHS = "Course Maths";
