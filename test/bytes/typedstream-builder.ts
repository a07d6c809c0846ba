// Typedstreams built by hand, for tests.

const utf8 = (text: string): number[] => [...new TextEncoder().encode(text)];

/** The smallest stream of a text, byte by byte as formats/international.md §9.2 has it: two runs where `runs` has two lengths. */
export function streamOf(text: string, lengths: readonly number[] = [text.length]): Uint8Array {
  const named = (name: string): number[] => [name.length, ...utf8(name)];
  const head = [4, 11, ...utf8('streamtyped'), 0x81, 0xe8, 3, 0x84, 1, 0x40, 0x84, 0x84, 0x84, ...named('NSAttributedString'), 0];
  const classes = [0x84, 0x84, ...named('NSObject'), 0, 0x85, 0x92, 0x84, 0x84, 0x84, ...named('NSString'), 1, 0x94, 0x84, 1, 0x2b];
  const bytes = utf8(text);
  const body = [...(bytes.length < 128 ? [bytes.length] : [0x81, bytes.length & 255, bytes.length >> 8]), ...bytes, 0x86];
  const [first = 0, ...others] = lengths;
  const run = [0x84, 2, 0x69, 0x49, 1, first, 0x92, 0x84, 0x84, 0x84, ...named('NSDictionary'), 0, 0x94, 0x84, 1, 0x69, 1];
  const part = [0x92, 0x84, 0x96, 0x96, ...named('__kIMMessagePartAttributeName'), 0x86];
  const zero = [
    0x92,
    0x84,
    0x84,
    0x84,
    ...named('NSNumber'),
    0,
    0x84,
    0x84,
    ...named('NSValue'),
    0,
    0x94,
    0x84,
    1,
    0x2a,
    0x84,
    0x99,
    0x99,
    0,
  ];
  const again = others.flatMap((length) => [0x97, 1, length]);
  return Uint8Array.from([...head, ...classes, ...body, ...run, ...part, ...zero, 0x86, 0x86, ...again, 0x86]);
}
