// The formula's box, which keeps its height: lines of one height, as many as the first
// formula takes, with `room` to grow in. What needs more is set in smaller letters.
const SMALLER = [0.92, 0.84, 0.76, 0.68, 0.6];

function formulaBox(root, first, room) {
  const box = add(root, "div", { class: "live-formula", "aria-live": "polite" });
  box.hidden = !first;
  let shown = "";
  let width = 0;
  const fits = () => box.scrollHeight <= box.clientHeight
    && [...box.children].every((line) => line.scrollWidth <= line.clientWidth);
  function fit() {
    box.style.fontSize = "";
    for (const size of SMALLER) {
      if (!width || fits()) break;
      box.style.fontSize = `calc(${size} * var(--live-formula))`;
    }
  }
  function show(formula) {
    if (formula === shown) return;
    box.innerHTML = shown = formula;
    fit();
  }
  // Called before the first picture is painted, and when the page gets narrower.
  const sized = new ResizeObserver(() => {
    if (box.offsetWidth === width) return;
    width = box.offsetWidth;
    const now = shown;
    box.style.height = box.style.fontSize = "";
    box.innerHTML = first;
    room.forEach((more, i) => { box.children[i].style.width = `${100 / more}%`; });
    box.style.height = `${box.offsetHeight}px`;
    box.innerHTML = now;
    fit();
  });
  if (first) sized.observe(box);
  return { show, stop: () => sized.disconnect() };
}
