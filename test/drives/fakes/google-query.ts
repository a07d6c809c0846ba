// Questions for files in the contract fake of Google Drive (developers.google.com/workspace/drive/api/guides/search-files): terms
// of name, mimeType, parents and trashed, joined by `and`, and by `or` in brackets.
import type { GoogleNode, GoogleTree } from './google-tree';

type Matches = (node: GoogleNode, tree: GoogleTree) => boolean;

export interface ReadQuery {
  readonly matches: Matches;
  readonly parents: readonly string[];
}

const token = /\s*('(?:[^'\\]|\\['\\])*'|[()]|!?=|\w+)/y;

/** Null for what is no question of that form. */
export function readQuery(text: string): ReadQuery | null {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text)?.[1];
    if (found === undefined) return null;
    tokens.push(found);
  }
  const parents: string[] = [];
  const literal = (quoted: string | undefined): string => {
    if (quoted === undefined || !quoted.startsWith("'")) throw new SyntaxError('no text');
    return quoted.slice(1, -1).replaceAll(/\\(.)/g, '$1');
  };
  const expect = (wanted: string): void => {
    if (tokens.shift() !== wanted) throw new SyntaxError(wanted);
  };
  const readTerm = (): Matches => {
    const first = tokens.shift() ?? '';
    if (first === '(') {
      const inner = readAny();
      expect(')');
      return inner;
    }
    if (first.startsWith("'")) {
      const parent = literal(first);
      expect('in');
      expect('parents');
      parents.push(parent);
      return ({ parentId }) => parentId === parent;
    }
    expect('=');
    if (first === 'trashed') {
      const isTrashed = tokens.shift();
      if (isTrashed !== 'true' && isTrashed !== 'false') throw new SyntaxError('trashed');
      return (node, tree) => tree.isShown(node) === (isTrashed === 'false');
    }
    if (first !== 'name' && first !== 'mimeType') throw new SyntaxError(first);
    const value = literal(tokens.shift());
    return (node) => node[first] === value;
  };
  const readJoined = (word: 'and' | 'or', readOne: () => Matches): Matches => {
    const terms = [readOne()];
    while (tokens[0] === word) {
      tokens.shift();
      terms.push(readOne());
    }
    return word === 'and'
      ? (node, tree) => terms.every((term) => term(node, tree))
      : (node, tree) => terms.some((term) => term(node, tree));
  };
  const readAll = (): Matches => readJoined('and', readTerm);
  const readAny = (): Matches => readJoined('or', readAll);
  try {
    const matches = readAny();
    return tokens.length === 0 ? { matches, parents } : null;
  } catch {
    return null;
  }
}
