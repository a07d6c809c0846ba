// The licences of all that ships, as one text for the app's own list: every package of docs/closure.json, also those that only
// workers hold, and what docs/notices.txt adds.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** From the project's root. A text that several packages share stands once. Throws where the closure is not installed. */
export function collectLicences(root: string): string {
  const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), 'utf8');
  const closure = JSON.parse(read('docs/closure.json')) as Readonly<Record<string, string>>;
  const names = new Map<string, string[]>();
  for (const [name, versions] of Object.entries(closure)) {
    const text = licenceText(join(root, 'node_modules', name));
    names.set(text, [...(names.get(text) ?? []), `${name} ${versions}`]);
  }
  const texts = [...names].map(([text, packages]) => `## ${packages.join('\n## ')}\n\n${text}`);
  return `Camphor is under the Apache License 2.0. It is made with the work of others, under these licences.\n\n${read('docs/notices.txt')}\n${texts.join('\n\n')}\n`;
}

/** What the package says; where it brings no file, its licence is named in its heading only. */
function licenceText(folder: string): string {
  // Two versions of one package can ship, one of them deeper: their licence is the same.
  if (!existsSync(folder)) return '(the text lies in no file of the package)';
  const file = readdirSync(folder).find((name) => /^licen[cs]e(\.|$)/i.test(name));
  if (file === undefined) return '(the text lies in no file of the package)';
  return readFileSync(join(folder, file), 'utf8').replace(/\r\n/g, '\n').trim();
}
