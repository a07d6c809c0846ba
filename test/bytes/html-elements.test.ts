import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHtmlPieces, type HtmlElement, type HtmlNode, type HtmlPiece, type ReadHtmlOptions } from '../../src/bytes/html-elements';
import { findElement, findElements, hasClass, shownTextOf, textOf } from '../../src/bytes/html-query';
import { parseHtml } from '../../src/bytes/html-tree';
import { sourceOfBytes } from '../../src/bytes/memory-source';

const utf8 = (text: string) => new TextEncoder().encode(text);
const isMessage: ReadHtmlOptions = { isWanted: (tag) => hasClass(tag, 'm') };

async function readAll(html: string | Uint8Array, options: ReadHtmlOptions = isMessage, chunkBytes?: number): Promise<HtmlPiece[]> {
  const all: HtmlPiece[] = [];
  const source = sourceOfBytes(typeof html === 'string' ? utf8(html) : html, chunkBytes);
  for await (const pieces of readHtmlPieces(source, options)) all.push(...pieces);
  return all;
}

function expectTiling(pieces: readonly HtmlPiece[], sizeBytes: number): void {
  let at = 0;
  for (const { offsetBytes, lengthBytes } of pieces) {
    if (offsetBytes !== at) expect(offsetBytes).toBe(at);
    at += lengthBytes;
  }
  expect(at).toBe(sizeBytes);
}

/** A tree in few letters: `name#attributes(children)`. */
function brief(node: HtmlNode): string {
  if (typeof node === 'string') return JSON.stringify(node);
  const attributes = [...node.attributes].map(([key, value]) => `${key}=${value}`).join(' ');
  return `${node.name}${attributes && `#${attributes}`}(${node.children.map(brief).join(' ')})`;
}

const outline = (pieces: readonly HtmlPiece[]) => pieces.map(({ kind, code, element, raw }) => code ?? (element ? raw : kind));
const elements = (pieces: readonly HtmlPiece[]) => pieces.flatMap(({ element }) => element ?? []);

test('gives wanted elements as trees with their bytes, and the rest as structure', async () => {
  const html =
    '<!DOCTYPE html>\n<html><body>\n<div class="x m">Hi <b title="a &lt; b">Ann</b><br>好</div> between <p class=m>two</p></body></html>\n';
  const pieces = await readAll(html);
  expect(outline(pieces)).toEqual([
    'structure',
    '<div class="x m">Hi <b title="a &lt; b">Ann</b><br>好</div>',
    'structure',
    '<p class=m>two</p>',
    'structure',
  ]);
  expect(elements(pieces).map(brief)).toEqual(['div#class=x m("Hi " b#title=a < b("Ann") br() "好")', 'p#class=m("two")']);
  expectTiling(pieces, utf8(html).length);
});

const anyText = fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.toWellFormed().replaceAll('\ufeff', ''));
const attributeNames = fc.constantFrom('class', 'href', 'data-x', 'title');
const tree = fc.letrec<{ node: HtmlNode; element: HtmlElement }>((tie) => ({
  node: fc.oneof({ maxDepth: 4 }, anyText, tie('element')),
  element: fc.record({
    name: fc.constantFrom('div', 'span', 'b', 'blockquote', 'x-y'),
    attributes: fc.dictionary(attributeNames, anyText, { maxKeys: 3, noNullPrototype: true }).map((all) => new Map(Object.entries(all))),
    children: fc.array(tie('node'), { maxLength: 4 }),
  }),
}));

const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function write(node: HtmlNode): string {
  if (typeof node === 'string') return escapeText(node);
  const attributes = [...node.attributes].map(([key, value]) => ` ${key}="${escapeText(value).replaceAll('"', '&quot;')}"`).join('');
  return `<${node.name}${attributes}>${node.children.map(write).join('')}</${node.name}>`;
}

/** As a reader gives it: neighbouring texts are one, empty ones none. */
function joined(children: readonly HtmlNode[]): HtmlNode[] {
  const out: HtmlNode[] = [];
  for (const child of children) {
    const last = out.at(-1);
    if (typeof child !== 'string') out.push({ ...child, children: joined(child.children) });
    else if (typeof last === 'string') out[out.length - 1] = last + child;
    else if (child !== '') out.push(child);
  }
  return out;
}

function utf16(text: string): Uint8Array {
  return new Uint8Array([
    0xff,
    0xfe,
    ...new Uint8Array(Uint16Array.from([...Array(text.length).keys()], (at) => text.charCodeAt(at)).buffer),
  ]);
}

test('gives back any trees that were written, however the file is encoded and cut into chunks', async () => {
  const { element } = tree;
  await fc.assert(
    fc.asyncProperty(
      fc.array(element, { maxLength: 4 }),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      async (all, chunkBytes, isWide) => {
        const html = `<html><body>${all.map((each) => `<section>${write(each)}</section>`).join('\n')}</body></html>`;
        const bytes = isWide ? utf16(html) : utf8(html);
        const options: ReadHtmlOptions = { isWanted: ({ name }) => name === 'section', ...(isWide ? {} : { encoding: 'utf-8' }) };
        const pieces = await readAll(bytes, options, chunkBytes);
        expect(elements(pieces).map(({ children }) => children)).toEqual(all.map((each) => joined([each])));
        expect(pieces.some(({ kind }) => kind === 'problem')).toBe(false);
        expectTiling(pieces, bytes.length);
      },
    ),
    { numRuns: 300 },
  );
});

test('any soup: pieces tile it, and the cut into chunks changes nothing', async () => {
  const scraps =
    '<div class=m>|</div>|<p class="m">|<p>|<b>|</b>|<|>|"|&amp;|&am|x|<!--|-->|<script>|</script>|<svg>|<br/>|</|<td>|</table>|<table>|好|<a b="|\'|=|<!'.split(
      '|',
    );
  const soup = fc.array(fc.constantFrom(...scraps), { maxLength: 60 }).map((parts) => utf8(parts.join('')));
  const anyBytes = fc.oneof({ weight: 9, arbitrary: soup }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) });
  await fc.assert(
    fc.asyncProperty(
      anyBytes,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 8, max: 80 }),
      fc.boolean(),
      async (bytes, chunkBytes, pieceLimitBytes, nests) => {
        const options = { ...isMessage, pieceLimitBytes, nests, depthLimit: 6 };
        const whole = await readAll(bytes, options);
        expect(await readAll(bytes, options, chunkBytes)).toEqual(whole);
        expectTiling(whole, bytes.length);
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  ['left-out end tags', '<p>one<p>two<ul><li>a<li>b<ul><li>c</ul></ul>', 'p("one") p("two") ul(li("a") li("b" ul(li("c"))))'],
  ['a block ends a paragraph', '<p>a<b>b<div>c</div>', 'p("a" b("b")) div("c")'],
  ['table cells', '<table><tr><td>1<td>2<tr><td>3</table>x', 'table(tr(td("1") td("2")) tr(td("3"))) "x"'],
  ['void elements', 'a<br>b<br/>c</br>d<img src=x.jpg>e<hr>', '"a" br() "b" br() "c" br() "d" img#src=x.jpg() "e" hr()'],
  ['crossed and stray end tags', '<b>1<i>2</b>3</i>4</div><span>5<div>6</span>7</div>', 'b("1" i("2")) "34" span("5" div("67"))'],
  ['raw text', '<script>if (a<b) "</b>"</script><textarea>&lt;b></textarea>', 'script("if (a<b) \\"</b>\\"") textarea("<b>")'],
  ['comments of all sorts', 'a<!-- <b> -->b<!-->c<!x>d<?y?>e</3>f', '"abcdef"'],
  ['letters that are no markup', '1 < 2 && 3 > 2 <3 &bogus; &copy=1 &', '"1 < 2 && 3 > 2 <3 &bogus; &copy=1 &"'],
  [
    'references',
    '&amp;&lt;&gt;&quot;&apos;&nbsp;&#39;&#x4f60;&#128512;&#55357;&#56832;&#0;&#xd83d;&#150;&hearts;',
    '"&<>\\"\'\u00a0\'你😀😀\ufffd\ufffd–♥"',
  ],
  ['attributes of all sorts', '<A HREF=\'x"y\' b c = d/ e="" b=2>t</A>', 'a#href=x"y b= c=d/ e=("t")'],
  ['self-closed pictures, but not others', '<svg><path d="M"/><g/></svg><div/>x', 'svg(path#d=M() g()) div("x")'],
])('reads %s as browsers do', (_, html, expected) => {
  expect(parseHtml(html).map(brief).join(' ')).toBe(expected);
});

test('closes elements by themselves where a text is half XML', () => {
  expect(parseHtml('a<ss/>b<e_m t="1"/>c', { selfCloses: true }).map(brief).join(' ')).toBe('"a" ss() "b" e_m#t=1() "c"');
});

test('a wanted element ends the one before whose end tag was lost, unless they nest', async () => {
  const html = '<div><div class=m>1<div class=m>2</div></div>';
  expect(elements(await readAll(html)).map(brief)).toEqual(['div#class=m("1")', 'div#class=m("2")']);
  expect(elements(await readAll(`${html}</div>`, { ...isMessage, nests: true })).map(brief)).toEqual(['div#class=m("1" div#class=m("2"))']);
});

test('tells what is open around a tag', async () => {
  const html = '<body><ul id=a><li>1</ul><ol id=b><li>2</ol></body>';
  const isWanted: ReadHtmlOptions['isWanted'] = ({ name }, around) => name === 'li' && around.at(-1)?.attributes.get('id') === 'b';
  expect(elements(await readAll(html, { isWanted })).map(brief)).toEqual(['li("2")']);
});

test('a file that is cut anywhere says so, and keeps what came before', async () => {
  const html = `<html><body>${'<div class="m"><a href="x">one</a> two</div>\n'.repeat(3)}<!-- c --></body></html>`;
  for (let cut = 1; cut < html.length; cut++) {
    const pieces = await readAll(html.slice(0, cut));
    expect(pieces.at(-1)?.code, html.slice(0, cut)).toBe('ends-early');
    expect(elements(pieces).length).toBe(html.slice(0, cut).split('two</div>').length - 1);
    expectTiling(pieces, cut);
  }
  expect((await readAll(html)).some(({ kind }) => kind === 'problem')).toBe(false);
});

test('a lost quotation mark at the end of the file costs its tag only', async () => {
  const pieces = await readAll('<body><div class="m">1</div><a href="x>y</a><div class=m>2</div></body>');
  expect(elements(pieces).map(brief)).toEqual(['div#class=m("1")', 'div#class=m("2")']);
});

test('elements that are too large, too deep or of too many nodes are problems, and the next one is read', async () => {
  const limits: ReadHtmlOptions = { ...isMessage, pieceLimitBytes: 2000, depthLimit: 20 };
  for (const [code, inner] of [
    ['piece-too-large', 'x'.repeat(5000)],
    ['piece-too-large', `<a href="${'x'.repeat(5000)}">y</a>`],
    ['depth-limit', `${'<b>'.repeat(100)}y${'</b>'.repeat(100)}`],
  ] as const) {
    const html = `<body><div class=m>${inner}</div> <div class=m>next</div></body>`;
    const pieces = await readAll(html, limits, 700);
    expect(outline(pieces)).toEqual(['structure', code, 'structure', '<div class=m>next</div>', 'structure']);
    expect(pieces[1]?.raw).toBe(`<div class=m>${inner}</div>`);
    expectTiling(pieces, html.length);
  }
  const many = await readAll(`<div class=m>${'<i></i>'.repeat(200_001)}</div>`);
  expect(outline(many)).toEqual(['piece-too-large']);
});

test('undecodable bytes are reported with the element', async () => {
  const pieces = await readAll(new Uint8Array([...utf8('<p>今天天气</p><div class=m>好'), 0xff, ...utf8('</div>')]));
  expect(outline(pieces)).toEqual(['structure', '<div class=m>好\ufffd</div>', 'bad-encoding']);
  expect(pieces[2]?.lengthBytes).toBe(0);
});

test('reads GB18030 and Windows-1252', async () => {
  const gb = new Uint8Array([
    ...utf8('<body><div class=m title="'),
    0xbd,
    0xf1,
    0xcc,
    0xec,
    ...utf8('">'),
    0xcc,
    0xec,
    0xc6,
    0xf8,
    ...utf8('</div></body>'),
  ]);
  expect(elements(await readAll(gb)).map(brief)).toEqual(['div#class=m title=今天("天气")']);
  const latin = new Uint8Array([...utf8('<body><div class=m>caf'), 0xe9, 0x20, 0x80, ...utf8('</div></body>')]);
  expect(elements(await readAll(latin)).map(brief)).toEqual(['div#class=m("café €")']);
});

test.each([
  '<',
  '&',
  '"',
  '>',
  '</',
  '<!',
  '<!--',
  '<a',
  '<a b="',
  '<div>',
  '<p>',
  '<b>',
  '</b>',
  '<div class=m>',
  '<div class=m><b>',
  '&#',
  '<script>',
  '<td>',
  ' ',
  '<a b=\'"',
  '=',
])(
  'a megabyte of %j takes no time that explodes, inside of an element and outside',
  async (evil) => {
    const flood = evil.repeat(Math.ceil(1e6 / evil.length));
    for (const html of [`<body>${flood}</body>`, `<body><div class=m>${flood}</div></body>`]) {
      const bytes = utf8(html);
      expectTiling(await readAll(bytes, { ...isMessage, pieceLimitBytes: 1 << 17 }, 40_990), bytes.length);
    }
  },
  60_000,
);

test('finds elements, and their text as it stands and as it is shown', () => {
  const root = {
    children: parseHtml(
      '<div class="a b">x <i>1</i>\n  y<br>z<p>p</p> <pre>k  l\nm</pre><table><tr><td>1<td>2</table></div><style>.a{}</style>',
    ),
  };
  expect(findElement(root, '.b')?.name).toBe('div');
  expect(findElement(root, '.c')).toBeNull();
  expect(findElements(root, 'td').map(textOf)).toEqual(['1', '2']);
  expect(textOf(findElement(root, '.a')!)).toBe('x 1\n  y\nzp k  l\nm12');
  expect(shownTextOf(root.children)).toBe('x 1 y\nz\np\nk  l\nm\n1 2');
});
