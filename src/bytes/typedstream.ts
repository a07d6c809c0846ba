// NeXTSTEP's typedstream, in which NSArchiver wrote objects and Messages still keeps its texts: header `streamtyped`, then groups of
// a type string and values. Strings, and objects with classes, are numbered as they come, and later named by their number.
// Facts: formats/international.md §9.2, worked out from ReagentX/crabstep's test files and the examples there.

/** What a value can be; a class and what is nil are null. */
export type StreamValue = null | number | bigint | Uint8Array | StreamObject;

export interface StreamObject {
  readonly className: string;
  /** The values of all its groups, in order. */
  readonly values: readonly StreamValue[];
}

const newMark = 0x84;
const nilMark = 0x85;
const endMark = 0x86;
/** Numbers of what came before begin here; as a signed byte, −110. */
const firstReference = -110;
const depthLimit = 64;
/** Values and objects of one stream. */
const stepLimit = 1_000_000;

/** The root objects of a stream; null for what is none. A stream that breaks off gives what was whole. */
export function readTypedstream(bytes: Uint8Array): readonly StreamValue[] | null {
  const isStream = bytes[0] === 4 && bytes[1] === 11 && new TextDecoder('latin1').decode(bytes.subarray(2, 13)) === 'streamtyped';
  if (!isStream) return null;
  const reader = new Reader(bytes, 13);
  const roots: StreamValue[] = [];
  try {
    reader.integer();
    while (!reader.isAtEnd) roots.push(...reader.group(0));
  } catch (error) {
    if (!(error instanceof BrokenStream)) throw error;
  }
  return roots.length === 0 ? reader.partial() : roots;
}

class BrokenStream extends Error {}

interface OpenObject {
  className: string;
  values: StreamValue[];
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #strings: string[] = [];
  /** Objects, classes (by name) and C strings share their numbers. */
  readonly #things: (OpenObject | string | Uint8Array)[] = [];
  #at: number;
  #steps = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#at = at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The outermost object as far as it was read. */
  partial(): readonly StreamValue[] {
    const first = this.#things.find((thing) => typeof thing === 'object' && !(thing instanceof Uint8Array));
    return first === undefined ? [] : [first as OpenObject];
  }

  group(depth: number): StreamValue[] {
    const types = this.#sharedString();
    if (types === null) return [];
    const values: StreamValue[] = [];
    for (const type of splitTypes(types)) values.push(...this.#value(type, depth));
    return values;
  }

  /** One byte, or behind 0x81, 0x82, 0x87 two, four or eight, little-endian. */
  integer(): number | bigint {
    const head = this.#byte();
    if (head === 0x81) return this.#view.getInt16(this.#take(2), true);
    if (head === 0x82) return this.#view.getInt32(this.#take(4), true);
    if (head === 0x87) return this.#view.getBigInt64(this.#take(8), true);
    return head > 127 ? head - 256 : head;
  }

  #byte(): number {
    return this.#bytes[this.#take(1)] ?? 0;
  }

  #take(lengthBytes: number): number {
    if (++this.#steps > stepLimit || lengthBytes < 0 || this.#at + lengthBytes > this.#bytes.length) throw new BrokenStream();
    this.#at += lengthBytes;
    return this.#at - lengthBytes;
  }

  #length(): number {
    const value = Number(this.integer());
    return value < 0 ? value + 256 : value;
  }

  #reference(): number {
    return Number(this.integer()) - firstReference;
  }

  #sharedString(): string | null {
    const mark = this.#bytes[this.#at];
    if (mark === nilMark) return (void this.#take(1), null);
    if (mark !== newMark) return this.#strings[this.#reference()] ?? null;
    this.#take(1);
    const lengthBytes = this.#length();
    const from = this.#take(lengthBytes);
    const text = new TextDecoder().decode(this.#bytes.subarray(from, from + lengthBytes));
    this.#strings.push(text);
    return text;
  }

  #value(type: string, depth: number): StreamValue[] {
    if (type === '@') return [this.#object(depth)];
    if (type === '+') return [this.#data(this.#length())];
    if (type === '*') return [this.#cString()];
    if (type === '#') return (this.#class(depth), [null]);
    if (type === 'c' || type === 'C') return [this.#byte()];
    if (type === 'f' || type === 'd') return [this.#float(type)];
    if (type.startsWith('{')) return splitTypes(type.slice(type.indexOf('=') + 1, -1)).flatMap((field) => this.#value(field, depth));
    if (type.startsWith('[')) return this.#array(type, depth);
    return [this.integer()];
  }

  #data(lengthBytes: number): Uint8Array {
    const from = this.#take(lengthBytes);
    return this.#bytes.subarray(from, from + lengthBytes);
  }

  #float(type: 'f' | 'd'): number {
    if (this.#bytes[this.#at] !== 0x83) return Number(this.integer());
    this.#take(1);
    return type === 'f' ? this.#view.getFloat32(this.#take(4), true) : this.#view.getFloat64(this.#take(8), true);
  }

  #array(type: string, depth: number): StreamValue[] {
    const count = Number.parseInt(type.slice(1), 10);
    const item = type.slice(1 + String(count).length, -1);
    if (!(count >= 0)) throw new BrokenStream();
    if (item === 'c' || item === 'C') return [this.#data(count)];
    const values: StreamValue[] = [];
    for (let index = 0; index < count; index++) values.push(...this.#value(item, depth));
    return values;
  }

  #cString(): Uint8Array | null {
    const mark = this.#bytes[this.#at];
    if (mark === nilMark) return (void this.#take(1), null);
    if (mark !== newMark) {
      const known = this.#things[this.#reference()];
      return known instanceof Uint8Array ? known : null;
    }
    this.#take(1);
    const text = new TextEncoder().encode(this.#sharedString() ?? '');
    this.#things.push(text);
    return text;
  }

  #object(depth: number): StreamValue {
    const mark = this.#bytes[this.#at];
    if (mark === nilMark) return (void this.#take(1), null);
    if (mark !== newMark) {
      const known = this.#things[this.#reference()];
      return known === undefined || typeof known === 'string' ? null : known;
    }
    this.#take(1);
    if (depth > depthLimit) throw new BrokenStream();
    const object: OpenObject = { className: '', values: [] };
    this.#things.push(object);
    object.className = this.#class(depth) ?? '';
    while (this.#bytes[this.#at] !== endMark) object.values.push(...this.group(depth + 1));
    this.#take(1);
    return object;
  }

  /** A class and the classes above it. */
  #class(depth: number): string | null {
    const mark = this.#bytes[this.#at];
    if (mark === nilMark) return (void this.#take(1), null);
    if (mark !== newMark) {
      const known = this.#things[this.#reference()];
      return typeof known === 'string' ? known : null;
    }
    this.#take(1);
    if (depth > depthLimit) throw new BrokenStream();
    const name = this.#sharedString() ?? '';
    this.integer();
    this.#things.push(name);
    this.#class(depth + 1);
    return name;
  }
}

/** `iI` to `i` and `I`; arrays and structures stay whole. */
function splitTypes(types: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < types.length;) {
    const from = at;
    let open = 0;
    do {
      const letter = types[at++];
      if (letter === '{' || letter === '[') open++;
      else if (letter === '}' || letter === ']') open--;
    } while (open > 0 && at < types.length);
    found.push(types.slice(from, at));
  }
  return found;
}
