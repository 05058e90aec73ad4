// Gives what the WASM file imports from its script short names, in both files: wasm-bindgen's carry a hash
// each, which does not compress.   bin/shorten-imports.mjs NAME.wasm NAME.js
//
// The layout of the file: https://webassembly.github.io/spec/core/binary/modules.html
import { readFileSync, writeFileSync } from 'node:fs';

const [wasmPath, scriptPath] = process.argv.slice(2);
const wasm = readFileSync(wasmPath);
let script = readFileSync(scriptPath, 'utf8');

const HEADER = 8;
const IMPORTS = 2;
const KINDS = { function: 0, table: 1, memory: 2, global: 3, tag: 4 };
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Reads an unsigned LEB128 number; returns it and where it ends. */
function number(at) {
  for (let value = 0, shift = 0; ; shift += 7) {
    const byte = wasm[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

function encoded(value) {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value & 0x7f) | 0x80);
  return Buffer.from([...bytes, value]);
}

function text(at) {
  const [length, start] = number(at);
  return [wasm.toString('utf8', start, start + length), start + length];
}

const named = (name) => Buffer.concat([encoded(Buffer.byteLength(name)), Buffer.from(name)]);

/** Where the limits of a table or a memory end. */
function limits(at) {
  const hasMost = wasm[at] & 1;
  [, at] = number(at + 1);
  return hasMost ? number(at)[1] : at;
}

/** Where the description of an import ends. */
function described(at) {
  switch (wasm[at]) {
    case KINDS.function: return number(at + 1)[1];
    case KINDS.table: return limits(at + 2);
    case KINDS.memory: return limits(at + 1);
    case KINDS.global: return at + 3;
    case KINDS.tag: return number(at + 2)[1];
    default: throw new Error(`an import of an unknown kind: ${wasm[at]}`);
  }
}

const shortNames = new Map();

function shortened(name) {
  if (!shortNames.has(name)) {
    let [left, short] = [shortNames.size, ''];
    do {
      short += LETTERS[left % LETTERS.length];
      left = Math.floor(left / LETTERS.length);
    } while (left > 0);
    shortNames.set(name, short);
  }
  return shortNames.get(name);
}

function imports(at) {
  let count;
  [count, at] = number(at);
  const entries = [encoded(count)];
  for (let place = 0; place < count; place++) {
    let module, name;
    [module, at] = text(at);
    [name, at] = text(at);
    const end = described(at);
    const isOurs = module.endsWith('_bg.js') && /^__wb/.test(name);
    entries.push(named(module), named(isOurs ? shortened(name) : name), wasm.subarray(at, end));
    at = end;
  }
  return Buffer.concat(entries);
}

const parts = [wasm.subarray(0, HEADER)];
for (let at = HEADER; at < wasm.length; ) {
  const id = wasm[at];
  const [length, start] = number(at + 1);
  const content = id === IMPORTS ? imports(start) : wasm.subarray(start, start + length);
  parts.push(Buffer.from([id]), encoded(content.length), content);
  at = start + length;
}

// The script has each as the name of a property, once.
const missing = new Set(shortNames.keys());
script = script.replace(/(?<=[{,])(__wb\w+)(?=[:(])/g, (name) => {
  if (!shortNames.has(name)) return name;
  if (!missing.delete(name)) throw new Error(`the script has ${name} twice`);
  return shortNames.get(name);
});
if (shortNames.size === 0 || missing.size > 0) {
  throw new Error(`the script does not have what the WASM file imports: ${[...missing].join(', ')}`);
}
writeFileSync(wasmPath, Buffer.concat(parts));
writeFileSync(scriptPath, script);
