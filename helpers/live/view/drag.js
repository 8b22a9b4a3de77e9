// Dragging in the picture: handles that share a box share a zone.
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
