// Which elements a tag ends, as browsers decide it (HTML Standard, 13.2.6), as far as exports need it: void elements, end
// tags that may be left out, end tags that belong to nothing.

/** An element that is open: its start tag was read, its end was not. */
export interface OpenElement {
  readonly name: string;
}

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

const voidNames = set('area base br col embed hr img input link meta param source track wbr');
/** Elements whose content is text up to their end tag. */
const rawNames = set('script style textarea title');
/** Elements whose end tag may be left out: a file may end inside of them. */
const optionalEnds = set('p li dt dd option optgroup tr td th thead tbody tfoot colgroup');
const foreignNames = set('svg math');

const cellWall = ['td', 'th', 'table', 'caption', 'button', 'object'];
const closesParagraph =
  'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
  'header hgroup hr main menu nav ol p pre section summary table ul';
/** Names that the end tag of an inline element does not reach beyond. */
const blockNames = set(`${closesParagraph} li dt dd td th tr tbody thead tfoot caption body html head button object select`);
const tableNames = set('table caption colgroup thead tbody tfoot tr td th');

/** A start tag ends nothing further out than this: no page needs it, and a flood of tags would take time. */
const startReach = 64;

interface StartRule {
  /** Open elements that the start tag ends. */
  readonly ends: ReadonlySet<string>;
  /** But none beyond these. */
  readonly wall: ReadonlySet<string>;
}

const startRules = new Map<string, StartRule>([
  ...closesParagraph.split(' ').map((name) => [name, { ends: set('p'), wall: new Set(cellWall) }] as const),
  ['li', { ends: set('li p'), wall: new Set(['ul', 'ol', 'menu', ...cellWall]) }],
  ['dt', { ends: set('dt dd p'), wall: new Set(['dl', ...cellWall]) }],
  ['dd', { ends: set('dt dd p'), wall: new Set(['dl', ...cellWall]) }],
  ['option', { ends: set('option'), wall: set('select datalist optgroup') }],
  ['a', { ends: set('a'), wall: new Set(cellWall) }],
  ['td', { ends: set('td th'), wall: set('tr table') }],
  ['th', { ends: set('td th'), wall: set('tr table') }],
  ['tr', { ends: set('tr td th'), wall: set('table') }],
  ...['thead', 'tbody', 'tfoot'].map((name) => [name, { ends: set('thead tbody tfoot tr td th'), wall: set('table') }] as const),
]);
const tableWall = set('table');
const blockWall = new Set(cellWall);

/** True for an element without content. */
export function isVoid(name: string): boolean {
  return voidNames.has(name);
}

/** True for an element whose content is text, whatever it looks like. */
export function isRawText(name: string): boolean {
  return rawNames.has(name);
}

/** True where `/>` ends an element, as in pictures drawn by SVG. */
export function isForeign(open: readonly OpenElement[]): boolean {
  return open.some(({ name }) => foreignNames.has(name));
}

/** True where a file that ends now was not cut: nothing is open that needs an end tag. */
export function mayEnd(open: readonly OpenElement[]): boolean {
  return open.every(({ name }) => optionalEnds.has(name));
}

/** How many of the open elements stay open when an element of this name begins. */
export function keptByStart(open: readonly OpenElement[], name: string): number {
  const rule = startRules.get(name);
  if (!rule) return open.length;
  let kept = open.length;
  for (let at = open.length - 1; at >= Math.max(0, open.length - startReach); at--) {
    const here = open[at]?.name ?? '';
    if (rule.wall.has(here)) break;
    if (rule.ends.has(here)) kept = at;
  }
  return kept;
}

/** How many stay open when the end tag of this name is read; all of them where it belongs to nothing. */
export function keptByEnd(open: readonly OpenElement[], name: string): number {
  const wall = tableNames.has(name) ? tableWall : blockNames.has(name) ? blockWall : blockNames;
  for (let at = open.length - 1; at >= 0; at--) {
    const here = open[at]?.name ?? '';
    if (here === name) return at;
    if (wall.has(here) && name !== 'body' && name !== 'html') break;
  }
  return open.length;
}
