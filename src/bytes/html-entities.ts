// Character references of HTML: numeric ones, and the names of HTML 4 (HTML 4.01, section 24), which is what exports use.

/** Names of U+00A0 to U+00FF, in order. */
const latin1Names =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para ' +
  'middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave ' +
  'Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc ' +
  'Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc ' +
  'iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
/** Names of U+0391 to U+03C9; `-` where a letter has none. */
const greekNames =
  'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau Upsilon Phi Chi Psi ' +
  'Omega - - - - - - - alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma ' +
  'tau upsilon phi chi psi omega';
/** The others: a name and its code point in hexadecimal. */
const otherNames =
  'quot 22 amp 26 apos 27 lt 3c gt 3e OElig 152 oelig 153 Scaron 160 scaron 161 Yuml 178 fnof 192 circ 2c6 tilde 2dc thetasym ' +
  '3d1 upsih 3d2 piv 3d6 ensp 2002 emsp 2003 thinsp 2009 zwnj 200c zwj 200d lrm 200e rlm 200f ndash 2013 mdash 2014 lsquo ' +
  '2018 rsquo 2019 sbquo 201a ldquo 201c rdquo 201d bdquo 201e dagger 2020 Dagger 2021 bull 2022 hellip 2026 permil 2030 ' +
  'prime 2032 Prime 2033 lsaquo 2039 rsaquo 203a oline 203e frasl 2044 euro 20ac image 2111 weierp 2118 real 211c trade 2122 ' +
  'alefsym 2135 larr 2190 uarr 2191 rarr 2192 darr 2193 harr 2194 crarr 21b5 lArr 21d0 uArr 21d1 rArr 21d2 dArr 21d3 hArr ' +
  '21d4 forall 2200 part 2202 exist 2203 empty 2205 nabla 2207 isin 2208 notin 2209 ni 220b prod 220f sum 2211 minus 2212 ' +
  'lowast 2217 radic 221a prop 221d infin 221e ang 2220 and 2227 or 2228 cap 2229 cup 222a int 222b there4 2234 sim 223c ' +
  'cong 2245 asymp 2248 ne 2260 equiv 2261 le 2264 ge 2265 sub 2282 sup 2283 nsub 2284 sube 2286 supe 2287 oplus 2295 otimes ' +
  '2297 perp 22a5 sdot 22c5 lceil 2308 rceil 2309 lfloor 230a rfloor 230b lang 2329 rang 232a loz 25ca spades 2660 clubs 2663 ' +
  'hearts 2665 diams 2666';

let named: ReadonlyMap<string, string> | null = null;

function readNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [index, name] of latin1Names.split(' ').entries()) names.set(name, String.fromCharCode(0xa0 + index));
  for (const [index, name] of greekNames.split(' ').entries()) names.set(name, String.fromCharCode(0x391 + index));
  for (const [, name = '', code = ''] of otherNames.matchAll(/(\w+) ([0-9a-f]+)/g))
    names.set(name, String.fromCharCode(parseInt(code, 16)));
  names.delete('-');
  return names;
}

/** What references to 0x80 to 0x9f stand for: as in Windows-1252 (HTML Standard, numeric character reference end state). */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const reference = /&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,8})|([a-zA-Z][a-zA-Z0-9]{1,15}));/g;

/**
 * The text with its character references resolved. Only those that end in a semicolon are: `&copy=1` in an address stays as
 * it is, and so does an unknown name. Two references to the halves of a surrogate pair, which some exporters write for an
 * emoji, give the emoji; a half alone is U+FFFD.
 */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  let hasHalves = false;
  const decoded = text.replace(reference, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return (named ??= readNames()).get(name) ?? whole;
    const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
    if (code >= 0xd800 && code <= 0xdfff) {
      hasHalves = true;
      return String.fromCharCode(code);
    }
    if (code === 0 || code > 0x10ffff) return '\ufffd';
    return code >= 0x80 && code <= 0x9f ? (windows1252[code - 0x80] ?? '') : String.fromCodePoint(code);
  });
  return hasHalves ? decoded.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd') : decoded;
}
