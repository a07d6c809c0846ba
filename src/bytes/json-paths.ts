// Paths into JSON: `messages[*]` is every element of the array under the key `messages` of the root object.

/** Keys and indexes from the root down. */
export type JsonPath = readonly (string | number)[];

/** What is wanted below a value. */
export interface PathNode {
  readonly keys: Map<string, PathNode>;
  /** What is wanted below every key that is not in `keys`. */
  anyKey: PathNode | null;
  each: PathNode | null;
  /** True where a wanted path ends. */
  isItem: boolean;
}

const createNode = (): PathNode => ({ keys: new Map(), anyKey: null, each: null, isItem: false });

/** The tree of wanted paths: keys joined by `.`, each followed by `[*]` for every element; `[*]` alone is a root array, and the key `*` any key. */
export function parsePaths(paths: readonly string[]): PathNode {
  const root = createNode();
  for (const path of paths) {
    let node = root;
    for (const step of path.split(/\.|(?=\[\*\])/)) {
      if (step === '[*]') node = node.each ??= createNode();
      else if (step === '*') node = node.anyKey ??= createNode();
      else if (step !== '') {
        const next = node.keys.get(step) ?? createNode();
        node.keys.set(step, next);
        node = next;
      }
    }
    node.isItem = true;
  }
  return root;
}
