// Frames by key, the least recently used dropped first, and how they travel
// with a notebook: gzip in base64.
const CACHE_LIMIT = 4e6; // characters of fragments kept, a few MB

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
const length = (frame) => (frame.svg ?? frame.traceback).length + 200;

async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream();
  const plain = stream.pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(plain).text());
}
// Field by field, and of each field what stands between the numbers once and the
// numbers by place: see `_columns` in parts.py.
const NUMBER = /[0-9]+(?:\.[0-9]+)?/g;

function inColumns(texts) {
  const kinds = new Map();
  const order = texts.map((text) => {
    const parts = text.split(NUMBER);
    const name = parts.join("\0");
    if (!kinds.has(name)) kinds.set(name, { index: kinds.size, parts, rows: [] });
    kinds.get(name).rows.push(text.match(NUMBER) ?? []);
    return kinds.get(name).index;
  });
  const column = (rows, place) => {
    const all = rows.map((row) => row[place]);
    return all.every((number) => number === all[0]) ? all[0] : all.join(" ");
  };
  return [order, [...kinds.values()].map(({ parts, rows }) =>
    [parts, rows[0].map((_, place) => column(rows, place))])];
}
function textsOf([order, kinds]) {
  const next = kinds.map(([parts, columns]) => {
    const split = columns.map((column) => column.split(" "));
    let row = 0;
    return () => {
      const text = split.map((column, place) =>
        (column.length > 1 ? column[row] : column[0]) + parts[place + 1]);
      row += 1;
      return parts[0] + text.join("");
    };
  });
  return order.map((kind) => next[kind]());
}
// None, if the page put them together when the picture was of another width.
async function unpackedFrames(text, width) {
  const { key: names, width: drawn = width, ...columns } = await unpacked(text);
  if (drawn !== width) return {};
  const fields = Object.entries(columns).map(([field, all]) => [field, textsOf(all)]);
  return Object.fromEntries(names.map((name, i) =>
    [name, Object.fromEntries(fields.map(([field, values]) => [field, values[i]]))]));
}
async function packedFrames(all, width) {
  const frames = Object.values(all);
  const columns = { key: Object.keys(all), width };
  for (const field of Object.keys(frames[0] ?? {})) {
    columns[field] = inColumns(frames.map((frame) => frame[field] ?? ""));
  }
  const stream = new Blob([JSON.stringify(columns)]).stream();
  const small = stream.pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(small).arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(text);
}
