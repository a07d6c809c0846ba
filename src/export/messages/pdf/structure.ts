// What programs that read aloud are told of a file (tagged PDF; ISO 32000-1, 14.7 and 14.8): a tree of elements, each with the
// pieces of pages that show it. An element is written as it ends, so that what is held are the elements that are open.

import type { PdfFile } from './pdf-file';
import { textString } from './pdf-syntax';

/** The first two hold others; the last four hold what is shown. */
type Role = 'Document' | 'Sect' | 'H1' | 'H2' | 'P' | 'Figure';

/** An element that is shown. */
export interface Tagged {
  readonly number: number;
  readonly role: Role;
}

export interface Structure {
  /** Whose part is what is drawn now; null for what only adorns a page. */
  readonly current: Tagged | null;
  /** Begins an element in the one that is open. `alt`: what a picture shows, in words. */
  open(role: Exclude<Role, 'Document'>, alt?: string): void;
  /** Ends the element that was opened last. One that shows nothing is left out. */
  close(): void;
  /** What is drawn meanwhile adorns the page: its head, its number. */
  adorn(draw: () => void): void;
  /** Says that the current element is shown on this page, in the piece of this number. */
  show(page: number, piece: number): void;
  /** Takes the elements that a page shows, by piece; gives the key by which the page names them. */
  addPage(owners: readonly Tagged[]): number;
  /** Ends everything; gives the number of the root. */
  end(): number;
}

interface Element extends Tagged {
  readonly parent: number;
  readonly alt: string | null;
  /** The page of its first piece: those on it are told by their numbers alone. */
  page: number | null;
  readonly kids: string[];
}

/** Pages at each leaf of the tree by which a piece finds its element. */
const leafPages = 64;

export function createStructure(file: PdfFile): Structure {
  const root = file.reserve();
  const whole: Element = { number: file.reserve(), role: 'Document', parent: root, alt: null, page: null, kids: [] };
  const open: Element[] = [whole];
  const owners = createOwners(file);
  let adorning = false;
  const last = (): Element => open.at(-1) ?? whole;
  const current = (): Element | null => (adorning || last().role === 'Document' || last().role === 'Sect' ? null : last());
  return {
    get current() {
      return current();
    },
    open: (role, alt) => void open.push({ number: file.reserve(), role, parent: last().number, alt: alt ?? null, page: null, kids: [] }),
    close() {
      const element = open.length > 1 ? open.pop() : undefined;
      if (element === undefined || element.kids.length === 0) return;
      last().kids.push(`${element.number} 0 R`);
      put(file, element);
    },
    adorn(draw) {
      adorning = true;
      draw();
      adorning = false;
    },
    show(page, piece) {
      const element = current();
      if (element === null) return;
      element.page ??= page;
      element.kids.push(element.page === page ? String(piece) : `<< /Type /MCR /Pg ${page} 0 R /MCID ${piece} >>`);
    },
    addPage: owners.add,
    end() {
      while (open.length > 1) this.close();
      put(file, whole);
      file.put(root, `<< /Type /StructTreeRoot /K ${whole.number} 0 R ${owners.end()} >>`);
      return root;
    },
  };
}

function put(file: PdfFile, { number, role, parent, alt, page, kids }: Element): void {
  const [only = '', ...more] = kids;
  const parts = [
    `/S /${role} /P ${parent} 0 R`,
    page === null ? '' : `/Pg ${page} 0 R`,
    alt === null ? '' : `/Alt ${textString(alt)}`,
    `/K ${more.length === 0 && only !== '' ? only : `[${kids.join(' ')}]`}`,
  ];
  file.put(number, `<< ${parts.filter(Boolean).join(' ')} >>`);
}

/** From a page and the number of a piece to its element (14.7.4.4). */
function createOwners(file: PdfFile) {
  const leaves: number[] = [];
  let entries: string[] = [];
  let count = 0;
  const endLeaf = (): void => {
    if (entries.length === 0) return;
    const number = file.reserve();
    file.put(number, `<< /Limits [${count - entries.length} ${count - 1}] /Nums [${entries.join(' ')}] >>`);
    leaves.push(number);
    entries = [];
  };
  return {
    add(owners: readonly Tagged[]): number {
      const number = file.reserve();
      file.put(number, `[${owners.map((owner) => `${owner.number} 0 R`).join(' ')}]`);
      entries.push(`${count} ${number} 0 R`);
      count++;
      if (entries.length === leafPages) endLeaf();
      return count - 1;
    },
    end(): string {
      endLeaf();
      const tree = file.reserve();
      file.put(tree, `<< /Kids [${leaves.map((leaf) => `${leaf} 0 R`).join(' ')}] >>`);
      return `/ParentTree ${tree} 0 R /ParentTreeNextKey ${count}`;
    },
  };
}
