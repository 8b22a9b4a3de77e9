// The controls: each returns what shows a state, and what stops it.
const CONTROLS = {
  range(panel, spec, id, on) {
    const wide = spec.play ? " live-wide" : ""; // room for the button
    const row = add(panel, "div", { class: `live-row${wide}` });
    add(row, "label", { for: id }, spec.label);
    const last = spec.texts.length - 1;
    const input = add(row, "input", { id, type: "range", min: 0, max: last, step: 1 });
    const output = add(row, "output", { for: id });
    // The widest text sets the width, so that nothing shifts while it moves.
    const widest = Math.max(...spec.texts.map((text) => text.length));
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
        output.textContent = spec.texts[value];
        input.setAttribute("aria-valuetext", output.textContent);
      },
    };
  },
  choice(panel, spec, id, on) {
    const row = add(panel, "div", { class: "live-row live-small" });
    add(row, "label", { for: id }, spec.label);
    const select = add(row, "select", { id });
    spec.texts.forEach((text, i) => add(select, "option", { value: i }, text));
    select.onchange = () => on.change(Number(select.value));
    select.onfocus = select.onpointerenter = on.use;
    return { show(value) { select.value = value; } };
  },
  toggle(panel, spec, id, on) {
    const row = add(panel, "div", { class: "live-row live-small" });
    const box = add(row, "input", { id, type: "checkbox" });
    add(row, "label", { for: id }, spec.label);
    box.onchange = () => on.change(box.checked ? 1 : 0);
    box.onfocus = row.onpointerenter = on.use;
    return { show(value) { box.checked = value === 1; } };
  },
  text(panel, spec, id, on) {
    const row = add(panel, "div", { class: "live-row live-wide" });
    add(row, "label", { for: id }, spec.label);
    const input = add(row, "input", { id, type: "text", maxlength: spec.longest,
      autocomplete: "off", spellcheck: "false" });
    input.oninput = () => on.change(whole(input.value));
    return { show(value) { if (input.value !== value) input.value = value; } };
  },
  bars(panel, spec, id, on) {
    const group = add(panel, "fieldset", { class: "live-bars" });
    add(group, "legend", {}, spec.label);
    const rows = spec.labels.map((label, bar) => {
      const one = { label, texts: PERCENTS };
      const change = (value) => on.change(value, bar);
      return CONTROLS.range(group, one, `${id}-${bar}`, { change, use: on.use });
    });
    return { show(value) { rows.forEach((row, bar) => row.show(value[bar])); } };
  },
};
const PERCENTS = Array.from({ length: 101 }, (_, i) => `${i} %`);
