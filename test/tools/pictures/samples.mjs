// Archives that show the app at its edges, written into a temporary folder.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeZip } from 'client-zip';

const hostile = `01/06/2025, 10:00 - ${'Ｗide'.repeat(20)}: ${'unbreakable'.repeat(60)}
01/06/2025, 10:01 - \u202Eevil name: \u202Ereversed <script>alert(1)</script> https://xn--80ak6aa92e.com/a?b=${'c'.repeat(120)}
01/06/2025, 10:02 - שלום: שלום עולם, hello, 12:30
01/06/2025, 10:03 - 👩‍👩‍👧‍👦: 👩‍👩‍👧‍👦👍🏽
01/06/2025, 10:04 - Z̷̢͉͎̳͔̪͙̓a̷l̶g̵o̴: ${'Z̷̢͉͎̳͔̪͙̓̈́̿͌'.repeat(20)}
`;

const number = '+86 138 0013 8000';
const bicycle = `01/06/2025, 10:00 - ${number}: The bicycle is in the cellar
01/06/2025, 10:01 - Jon: 谢谢，找到了
01/06/2025, 10:02 - ${number}: The key is under the flower pot
`;
const contacts = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ida Sommer\r\nTEL:138-0013-8000\r\nTEL:+86 10 6552 9988\r\nEND:VCARD\r\n';

/** Enough lines that an import can be watched: some 50 MB. */
function longChat() {
  const said = ['今晚想吃什么？', '都行，早点回来。', 'The ferry leaves at nine, so meet at the pier', '好'];
  const line = (number) => {
    const two = (value) => String(value).padStart(2, '0');
    const [day, month, year] = [two((number % 28) + 1), two((Math.floor(number / 28) % 12) + 1), 2005 + Math.floor(number / 60_000)];
    const name = number % 3 === 0 ? 'Ida' : 'Jon';
    return `${day}/${month}/${year}, ${two(number % 24)}:${two(number % 60)} - ${name}: ${said[number % 4]} ${number}\n`;
  };
  return Array.from({ length: 900_000 }, (_, number) => line(number)).join('');
}

/** Bytes that do not compress, behind the head of a JPEG. */
function noise(sizeBytes, seed) {
  const bytes = new Uint8Array(sizeBytes);
  let state = seed;
  for (let at = 0; at < sizeBytes; at += 1) bytes[at] = (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24;
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return bytes;
}

const zipped = async (files) => Buffer.from(await new Response(makeZip(files)).arrayBuffer());

/** One picture, larger than any other row, that no browser can draw. */
function picturedZip() {
  const text = `05/06/2025, 10:00 - Pia: IMG-20250605-WA0001.jpg (file attached)
The harbour
05/06/2025, 10:01 - Quin: Lovely
`;
  return zipped([
    { name: 'WhatsApp Chat with Pia.txt', input: text },
    { name: 'IMG-20250605-WA0001.jpg', input: noise(300_000, 9) },
  ]);
}

function largeZip() {
  const names = Array.from({ length: 8 }, (_, number) => `IMG-20250604-WA000${number}.jpg`);
  const text = names.map((name, number) => `04/06/2025, 10:0${number} - Max: ${name} (file attached)\n`).join('');
  const files = names.map((name, seed) => ({ name, input: noise(6_000_000, seed + 1) }));
  return zipped([{ name: 'WhatsApp Chat with Later.txt', input: text }, ...files]);
}

/** Paths by what they show. */
export async function writeSamples(folder) {
  const write = (name, content) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  return {
    hostile: write(`WhatsApp Chat with ${'Very long name '.repeat(8)}\u202Eevil.txt`, hostile),
    notAChat: write('shopping list.txt', 'bread\nbutter\ntea\n'),
    long: write('WhatsApp Chat with Ida.txt', longChat()),
    number: write(`WhatsApp Chat with ${number}.txt`, bicycle),
    cellar: write('WhatsApp Chat with Cellar.txt', `${bicycle}01/06/2025, 10:09 - Jon: Both wheels are flat\n`),
    contacts: write('contacts.vcf', contacts),
    pictured: write('WhatsApp Chat with Pia.zip', await picturedZip()),
    large: write('WhatsApp Chat with Later.zip', await largeZip()),
    /** Written by the walk itself. */
    locked: join(folder, 'camphor-2026-03-07.age'),
  };
}
