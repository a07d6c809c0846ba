// The tree of pages: 64 at each node, so that a program finds the 5,000th without reading the others. Numbers of nodes are given
// before their children are written, since each child names its parent.

import type { PdfFile } from './pdf-file';

export interface PageTree {
  readonly root: number;
  /** A page that comes next; gives the number of the node that is its parent. */
  add(page: number): number;
  /** Writes the nodes that are left. */
  end(): void;
}

interface Node {
  readonly number: number;
  readonly kids: number[];
  pages: number;
}

const fanOut = 64;

/** `shared`: entries that all pages inherit. The root has as many nodes as there are 4,096 pages. */
export function createPageTree(file: PdfFile, shared: string): PageTree {
  const newNode = (): Node => ({ number: file.reserve(), kids: [], pages: 0 });
  const root = newNode();
  let middle = newNode();
  let leaf = newNode();
  const write = ({ number, kids, pages }: Node, more: string): void =>
    file.put(number, `<< /Type /Pages ${more} /Count ${pages} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`);
  const hang = (node: Node, under: Node): void => {
    under.kids.push(node.number);
    under.pages += node.pages;
    write(node, `/Parent ${under.number} 0 R`);
  };
  const endMiddle = (): void => hang(middle, root);
  const endLeaf = (): void => hang(leaf, middle);
  return {
    root: root.number,
    add(page) {
      if (leaf.kids.length === fanOut) {
        endLeaf();
        if (middle.kids.length === fanOut) {
          endMiddle();
          middle = newNode();
        }
        leaf = newNode();
      }
      leaf.kids.push(page);
      leaf.pages++;
      return leaf.number;
    },
    end() {
      endLeaf();
      endMiddle();
      write(root, shared);
    },
  };
}
