// Takes out of the client's files what nobody needs.   bin/lighten.mjs FOLDER [--sort]
//
// - Views that come to life in steps, while the page stays usable: Hubbub's come to life at once. Nothing polls
//   these futures, but tables refer to what makes them, so that no optimizer may drop their code. It is known by
//   its names, which have to be in the file still, and becomes a function that stops. Where two functions are the
//   same, the compiler keeps one of them under either name: so the short ones, which may be others' too, stay.
// - Streams that Rust gives to scripts: they are exported by a library, and nobody here makes any.
// - Where on the machine that built the client the files of its libraries were, which is part of every panic's
//   words. What the words say, and places in Hubbub's own files, stay.
// - What the linker has written down for a client to be split, where it is not split.
// - Names under which the WASM file and its script know each other: wasm-bindgen's carry a hash each, which
//   does not compress. They become a letter or two.
//
// With --sort, functions get names in whose order the same generic function stands together for all of its types,
// the small ones first, for wasm-opt to sort them by: what is alike compresses better side by side.
//
// The layout of the files: https://webassembly.github.io/spec/core/binary/modules.html
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const HEADER = 8;
const SECTIONS = { custom: 0, imports: 2, exports: 7, code: 10, data: 11 };
const KINDS = { function: 0, table: 1, memory: 2, global: 3, tag: 4 };
const NAMES_OF_FUNCTIONS = 1;
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The bodies of tachys' `hydrate_async`, and not what is in them or drops them. */
const UNCALLED = /hydrate_async28_\$u7b\$\$u7b\$closure\$u7d\$\$u7d\$17h[0-9a-f]{16}E$/;

/** No other function is the same as one of so many bytes. */
const ONE_OF_ITS_KIND = 100;

/** Strings stand in the data without anything between them: a place begins just where the libraries are. */
const LIBRARIES = [join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry/src/'), '/rustc/'];
const PLACES = new RegExp(`(?:${LIBRARIES.map((path) => path.replaceAll('.', '\\.')).join('|')})[\\w./-]+?\\.rs`, 'g');

/** What tachys says where it is built for a server, about being built for one. */
const SAID_BY_SERVERS = /Value is None because the `ssr` feature is active\.[^\0]{0,500}?to identify the source\./g;

/** The names of what a script gives to its WASM file. */
const IMPORTED = /(?<=[{,]\s*)__wb\w+(?=\s*[:(])/g;

/** What linkers and the splitting of a client need to know. */
const FOR_LINKERS = /^(linking$|reloc\.|__wasm_split)/;

const STREAMS = /^(__wbg_)?intounderlying/;

/** No locals; `unreachable`; `end`. */
const STOPS = Buffer.from([0x00, 0x00, 0x0b]);

class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get isAtEnd() {
    return this.at >= this.bytes.length;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** An unsigned LEB128 number. */
  number() {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  take(length) {
    return this.bytes.subarray(this.at, (this.at += length));
  }

  text() {
    return this.take(this.number()).toString('utf8');
  }

  limits() {
    const hasMost = this.byte() & 1;
    this.number();
    if (hasMost) this.number();
  }

  /** What is imported, as it is written. */
  described() {
    const start = this.at;
    const kind = this.byte();
    switch (kind) {
      case KINDS.function: this.number(); break;
      case KINDS.table: this.byte(); this.limits(); break;
      case KINDS.memory: this.limits(); break;
      case KINDS.global: this.take(2); break;
      case KINDS.tag: this.byte(); this.number(); break;
      default: throw new Error(`an import of an unknown kind: ${kind}`);
    }
    return { kind, bytes: this.bytes.subarray(start, this.at) };
  }
}

function encoded(value) {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value & 0x7f) | 0x80);
  return Buffer.from([...bytes, value]);
}

const sized = (bytes) => Buffer.concat([encoded(bytes.length), bytes]);
const named = (name) => sized(Buffer.from(name));

function sections(wasm) {
  const reader = new Reader(wasm, HEADER);
  const found = [];
  while (!reader.isAtEnd) found.push({ id: reader.byte(), content: reader.take(reader.number()) });
  return found;
}

/** The names of functions, by their places; `undefined` when a section has none. */
function namesIn({ id, content }) {
  const reader = new Reader(content);
  if (id !== SECTIONS.custom || reader.text() !== 'name') return undefined;
  const found = new Map();
  while (!reader.isAtEnd) {
    const kind = reader.byte();
    const names = new Reader(reader.take(reader.number()));
    for (let left = kind === NAMES_OF_FUNCTIONS ? names.number() : 0; left > 0; left--) found.set(names.number(), names.text());
  }
  return found;
}

/** A section of names by which functions are sorted: what they are called in all of their types, then their size. */
function sortedNames(names, sizes) {
  const entries = [encoded(names.size)];
  for (const [place, name] of names) {
    const size = String(sizes.get(place) ?? 0).padStart(6, '0');
    entries.push(encoded(place), named(`${name.replace(/17h[0-9a-f]{16}E/, '')}_${size}_${place}`));
  }
  return Buffer.concat([named('name'), Buffer.from([NAMES_OF_FUNCTIONS]), sized(Buffer.concat(entries))]);
}

/** The code without the bodies that nobody calls; `sizes` learns how long each is. */
function withoutBodies(content, places, imported, sizes) {
  const reader = new Reader(content);
  const count = reader.number();
  const bodies = [encoded(count)];
  for (let place = imported; place < imported + count; place++) {
    const body = reader.take(reader.number());
    sizes.set(place, body.length);
    bodies.push(sized(places.has(place) && body.length >= ONE_OF_ITS_KIND ? STOPS : body));
  }
  return Buffer.concat(bodies);
}

/** Short names for those that one file and the script have in common. */
class ShortNames {
  constructor(isOne) {
    this.isOne = isOne;
    this.given = new Map();
  }

  of(name) {
    if (!this.isOne(name)) return name;
    if (!this.given.has(name)) {
      let [left, short] = [this.given.size, ''];
      do {
        short += LETTERS[left % LETTERS.length];
        left = Math.floor(left / LETTERS.length);
      } while (left > 0);
      this.given.set(name, short);
    }
    return this.given.get(name);
  }

  /** The script with the short names; each has to be there. */
  into(script, pattern) {
    const missing = new Set(this.given.keys());
    const shortened = script.replace(pattern, (name) => {
      missing.delete(name);
      return this.given.get(name) ?? name;
    });
    if (missing.size > 0) throw new Error(`the script does not have ${[...missing].join(', ')}`);
    return shortened;
  }
}

function lightened(wasm, imports, exports) {
  const all = sections(wasm);
  const names = all.map(namesIn).find((names) => names !== undefined) ?? new Map();
  const places = new Set([...names.keys()].filter((place) => UNCALLED.test(names.get(place))));
  const sizes = new Map();
  let imported = 0;
  const parts = [wasm.subarray(0, HEADER)];
  for (const { id, content } of all) {
    const reader = new Reader(content);
    if (id === SECTIONS.custom && FOR_LINKERS.test(new Reader(content).text())) continue;
    let now = content;
    if (id === SECTIONS.imports) {
      const entries = [encoded(reader.number())];
      while (!reader.isAtEnd) {
        const [module, name] = [reader.text(), reader.text()];
        const { kind, bytes } = reader.described();
        if (kind === KINDS.function) imported++;
        entries.push(named(module), named(module.endsWith('_bg.js') ? imports.of(name) : name), bytes);
      }
      now = Buffer.concat(entries);
    } else if (id === SECTIONS.exports) {
      reader.number();
      const entries = [];
      while (!reader.isAtEnd) {
        const [name, kind, place] = [reader.text(), reader.take(1), reader.number()];
        if (!STREAMS.test(name)) entries.push(Buffer.concat([named(exports.of(name)), kind, encoded(place)]));
      }
      now = Buffer.concat([encoded(entries.length), ...entries]);
    } else if (id === SECTIONS.data) {
      // As long as before: what is around them is found by its place.
      const blank = (text) => ' '.repeat(text.length);
      const blanked = content.toString('latin1').replace(PLACES, blank).replace(SAID_BY_SERVERS, blank);
      now = Buffer.from(blanked, 'latin1');
    } else if (id === SECTIONS.code) {
      now = withoutBodies(content, places, imported, sizes);
    } else if (isSorting && namesIn({ id, content })) {
      now = sortedNames(names, sizes);
    }
    parts.push(Buffer.from([id]), sized(now));
  }
  return { bytes: Buffer.concat(parts), dropped: places.size };
}

const folder = process.argv[2];
const isSorting = process.argv[3] === '--sort';
const [main, script] = [join(folder, 'hubbub.wasm'), join(folder, 'hubbub.js')];
const imports = new ShortNames((name) => /^__wb/.test(name));
const exports = new ShortNames((name) => /^_ZN/.test(name));
const first = lightened(readFileSync(main), imports, exports);
if (first.dropped === 0) throw new Error(`${main} has no names of functions, or views have changed`);
const others = new ShortNames(() => false);
const parts = readdirSync(folder).filter((name) => /^(split|chunk)_\w+\.wasm$/.test(name)).map((name) => join(folder, name));
for (const part of parts) writeFileSync(part, lightened(readFileSync(part), others, others).bytes);
writeFileSync(main, first.bytes);
writeFileSync(script, exports.into(imports.into(readFileSync(script, 'utf8'), IMPORTED), /(?<=\.)_ZN[\w$]+/g));

// The playground is a client of its own.
const [playground, its] = [join(folder, 'playground_bg.wasm'), join(folder, 'playground.js')];
const names = new ShortNames((name) => /^__wb/.test(name));
writeFileSync(playground, lightened(readFileSync(playground), names, others).bytes);
writeFileSync(its, names.into(readFileSync(its, 'utf8'), IMPORTED));
