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
// Field by field, alike beside alike: that packs smaller.
async function unpackedFrames(text) {
  const { key: names, ...columns } = await unpacked(text);
  const fields = Object.entries(columns);
  return Object.fromEntries(names.map((name, i) =>
    [name, Object.fromEntries(fields.map(([field, values]) => [field, values[i]]))]));
}
async function packedFrames(all) {
  const frames = Object.values(all);
  const columns = { key: Object.keys(all) };
  for (const field of Object.keys(frames[0] ?? {})) {
    columns[field] = frames.map((frame) => frame[field]);
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
