// States of the controls.

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
