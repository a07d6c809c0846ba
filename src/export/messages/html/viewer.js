// The script inside of an exported page. It has no dependency and asks nothing of any network; it reads the blocks of messages that
// stand in the page as JSON, and draws a few hundred of them at a time. Texts of others become text nodes, never markup.

const index = JSON.parse(document.getElementById('index').textContent);
const blocks = [...document.querySelectorAll('script[data-messages]')];
const parsed = new Map();
const parsedLimit = 400;

/** Blocks that are drawn at most; the others are drawn when one scrolls to them. */
const drawnLimit = 5;
const nearPx = 1200;
const searchLimit = 100_000;

const state = { conversation: 0, from: 0, to: 0, language: index.language, hits: [], at: -1, count: 0, query: '', run: 0 };

const byId = (id) => document.getElementById(id);
const words = () => index.words[state.language];

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** Messages of a block, as [clock, person, kind, text, more]. */
function messagesOf(number) {
  let messages = parsed.get(number);
  if (messages === undefined) {
    messages = JSON.parse(blocks[number].textContent);
    if (parsed.size >= parsedLimit) parsed.delete(parsed.keys().next().value);
    parsed.set(number, messages);
  }
  return messages;
}

const opened = new Map();
const openedLimit = 8;

/** What lies inside, as a `data:` address: the block in which it came first has it. */
function insideOf(key) {
  const number = index.inside[key];
  if (number === undefined) return undefined;
  if (!opened.has(number)) {
    if (opened.size >= openedLimit) opened.delete(opened.keys().next().value);
    opened.set(number, JSON.parse(byId(`inside-${number}`).textContent));
  }
  return opened.get(number)[key];
}

// Times are clocks as the sender saw them, written as if they were UTC.
const locale = () => navigator.languages.find((tag) => tag.slice(0, 2) === state.language.slice(0, 2)) ?? state.language;
const format = (options) => new Intl.DateTimeFormat(locale(), { timeZone: 'UTC', ...options });
let formats = null;
function timeWords() {
  formats ??= { day: format({ dateStyle: 'full' }), time: format({ timeStyle: 'short' }), whole: format({ dateStyle: 'long', timeStyle: 'medium' }), month: format({ year: 'numeric', month: 'long' }) }; // prettier-ignore
  return formats;
}

const fold = (text) => text.normalize('NFKC').toLowerCase();

/** The text with what was searched for marked, where folding keeps its length. */
function markedParts(text) {
  const wanted = state.query;
  const folded = wanted === '' ? '' : fold(text);
  if (wanted === '' || folded.length !== text.length) return [text];
  const parts = [];
  let from = 0;
  for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, at + wanted.length)) {
    parts.push(text.slice(from, at), element('mark', '', text.slice(at, at + wanted.length)));
    from = at + wanted.length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** Only addresses of the web become links. */
function textParts(text) {
  const parts = [];
  let from = 0;
  for (const { 0: found, index: at } of text.matchAll(/https?:\/\/[^\s<>"'\u2028\u2029\u3000-\u303f\uff00-\uffef]+/gi)) {
    const link = element('a', '', ...markedParts(found));
    link.href = found;
    link.rel = 'noopener noreferrer';
    link.target = '_blank';
    parts.push(...markedParts(text.slice(from, at)), link);
    from = at + found.length;
  }
  parts.push(...markedParts(text.slice(from)));
  return parts;
}

const players = { image: 'img', sticker: 'img', animation: 'img', video: 'video', voice: 'audio', audio: 'audio' };

function drawFile([kind, name, path, inside, shows]) {
  const address = path ?? insideOf(inside);
  const label = [words().file[kind], name].filter(Boolean).join(' ');
  const tag = inside !== null && address?.startsWith('data:image/') ? 'img' : players[kind];
  if (address === undefined || address === null) return element('p', 'file', `${label} · ${words().notHere}`);
  if (!shows || tag === undefined) {
    const link = element('a', '', label);
    link.href = address;
    link.download = '';
    return element('p', 'file', link);
  }
  const shown = element(tag, 'medium');
  if (tag === 'img') [shown.alt, shown.loading] = [label, 'lazy'];
  else [shown.controls, shown.preload] = [true, 'none'];
  if (tag !== 'img') shown.setAttribute('aria-label', label);
  shown.src = address;
  return shown;
}

function drawMore(more, kind, text) {
  const quiet = (words) => element('p', 'quiet', words);
  const drawn = [];
  if (more.forward !== undefined) drawn.push(quiet([words().forwarded, more.forward].filter(Boolean).join(': ')));
  if (more.reply) drawn.push(element('blockquote', '', more.reply));
  if (more.details !== undefined)
    drawn.push(element('p', 'details', ...markedParts([words().kind[kind], more.details].filter(Boolean).join(' ')))); // prettier-ignore
  else if (text === '' && !more.files) drawn.push(quiet(words().kind[kind] ?? more.action ?? '–'));
  return drawn;
}

function drawMessage([clock, person, kind, text, more]) {
  const item = element('li', 'message');
  const { name = '', hue = 0, me = false } = index.people[person] ?? {};
  const details = more ?? {};
  item.classList.add(me ? 'own' : 'other', kind === 'system' ? 'system' : 'said');
  if (name && !me) item.append(element('bdi', `name hue-${hue}`, name));
  item.append(...drawMore(details, kind, text));
  for (const file of details.files ?? []) item.append(drawFile(file));
  if (text) item.append(element('div', 'text', ...textParts(text)));
  for (const part of item.children) part.dir = 'auto';
  if (details.reactions) item.append(element('p', 'quiet', details.reactions.map(([emoji, count]) => `${emoji} ${count}`).join('  ')));
  const time = element('time', '', timeWords().time.format(clock));
  time.dateTime = new Date(clock).toISOString().slice(0, 19);
  time.title = timeWords().whole.format(clock);
  if (details.chosen) item.classList.add('chosen');
  const marks = [details.chosen && words().chosen, details.deleted && words().deleted, details.edited && words().edited]
    .filter(Boolean)
    .join(' · ');
  item.append(element('p', 'time', marks ? `${marks} · ` : '', time));
  return item;
}

function drawBlock(number) {
  const list = element('ol', 'block');
  list.dataset.block = String(number);
  let day = number > firstBlock() ? dayOf(messagesOf(number - 1).at(-1)[0]) : '';
  for (const [place, message] of messagesOf(number).entries()) {
    if (dayOf(message[0]) !== day) list.append(element('li', 'day', element('h2', '', timeWords().day.format(message[0]))));
    day = dayOf(message[0]);
    const item = drawMessage(message);
    item.id = `m-${number}-${place}`;
    list.append(item);
  }
  return list;
}

const dayOf = (clock) => new Date(clock).toISOString().slice(0, 10);
const firstBlock = () => index.conversations[state.conversation].first;
const lastBlock = () => firstBlock() + index.conversations[state.conversation].blocks;

/** Draws blocks around one and nothing else. */
function drawAround(number) {
  const list = byId('messages');
  state.from = Math.max(firstBlock(), number - 1);
  state.to = Math.min(lastBlock(), number + 2);
  const drawn = [];
  for (let at = state.from; at < state.to; at++) drawn.push(drawBlock(at));
  list.replaceChildren(...drawn);
}

/** Draws what is scrolled to, and drops what is far; what is on the screen does not move. */
function follow() {
  const pane = byId('pane');
  const list = byId('messages');
  if (pane.scrollTop + pane.clientHeight > pane.scrollHeight - nearPx && state.to < lastBlock()) {
    list.append(drawBlock(state.to++));
    if (state.to - state.from > drawnLimit) {
      keepPlace(() => list.firstElementChild.remove());
      state.from++;
    }
  } else if (pane.scrollTop < nearPx && state.from > firstBlock()) {
    keepPlace(() => list.prepend(drawBlock(--state.from)));
    if (state.to - state.from > drawnLimit) {
      list.lastElementChild.remove();
      state.to--;
    }
  }
  showMonth();
}

/** What changes above the screen moves what is on it, unless the scroll follows. */
function keepPlace(change) {
  const pane = byId('pane');
  const before = pane.scrollHeight;
  const top = pane.scrollTop;
  change();
  pane.scrollTop = top + pane.scrollHeight - before;
}

function showMonth() {
  const top = byId('pane').getBoundingClientRect().top;
  const block = [...byId('messages').children].findLast((each) => each.getBoundingClientRect().top <= top + 8);
  const number = Number(block?.dataset.block ?? firstBlock());
  const months = index.conversations[state.conversation].months;
  const at = months.findLastIndex(([, first]) => first <= number);
  if (at >= 0) byId('month').value = String(at);
}

function scrollToMessage(number, place) {
  drawAround(number);
  const item = byId(`m-${number}-${place}`);
  item?.scrollIntoView({ block: 'center' });
  return item;
}

function openConversation(at, atEnd) {
  state.conversation = at;
  const { months } = index.conversations[at];
  byId('conversation').value = String(at);
  byId('month').replaceChildren(
    ...months.map(([month], place) => new Option(timeWords().month.format(Date.parse(`${month}-01T00:00:00Z`)), String(place))),
  );
  drawAround(atEnd ? lastBlock() - 1 : firstBlock());
  byId('pane').scrollTop = atEnd ? byId('pane').scrollHeight : 0;
  showMonth();
}

function openMonth(at) {
  const [, number, place] = index.conversations[state.conversation].months[at];
  drawAround(number);
  byId(`m-${number}-${place}`)?.scrollIntoView({ block: 'start' });
}

const isFound = ([, person, , text, more]) =>
  fold(text).includes(state.query) ||
  fold(index.people[person]?.name ?? '').includes(state.query) ||
  (more
    ? fold([more.details, more.reply, ...(more.files ?? []).map(([, name]) => name)].filter(Boolean).join('\n')).includes(state.query)
    : false);

/** Goes through all blocks, the newest last; lets the page breathe between them. */
async function search() {
  const run = ++state.run;
  state.query = fold(byId('query').value.trim());
  Object.assign(state, { hits: [], at: -1 });
  showCount(state.query !== '');
  for (let number = 0; state.query !== '' && number < blocks.length; number++) {
    for (const [place, message] of messagesOf(number).entries())
      if (state.hits.length < searchLimit && isFound(message)) state.hits.push([number, place]);
    if (number % 40 !== 39) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (run !== state.run) return;
  }
  showCount(false);
  if (state.hits.length > 0) step(state.hits.length);
  else drawAround(state.from + 1);
}

/** Opens the hit that is `by` further; at first the newest. */
function step(by) {
  if (state.hits.length === 0) return;
  state.at = Math.min(state.hits.length - 1, Math.max(0, state.at + by));
  const [number, place] = state.hits[state.at];
  const conversation = index.conversations.findIndex(({ first, blocks: count }) => number >= first && number < first + count);
  if (conversation !== state.conversation) openConversation(conversation, false);
  scrollToMessage(number, place)?.classList.add('hit');
  showCount(false);
}

function showCount(isRunning) {
  const { hits, at, query } = state;
  byId('count').textContent = isRunning ? '…' : query === '' ? '' : hits.length === 0 ? words().nothing : `${at + 1} / ${hits.length}`;
  byId('former').disabled = at <= 0;
  byId('next').disabled = at < 0 || at >= hits.length - 1;
}

/** All words of ours, anew. */
function speak(language) {
  state.language = language;
  formats = null;
  document.documentElement.lang = language;
  for (const one of document.querySelectorAll('[data-word]')) one.textContent = words()[one.dataset.word];
  for (const one of document.querySelectorAll('[data-label]')) {
    one.setAttribute('aria-label', words()[one.dataset.label]);
    one.title = words()[one.dataset.label];
  }
  byId('query').placeholder = words().search;
  const sum = new Intl.NumberFormat(locale()).format(index.conversations.reduce((total, { messages }) => total + messages, 0));
  byId('sums').textContent = words()
    .sums.replace('{count}', sum)
    .replace('{date}', format({ dateStyle: 'long' }).format(index.writtenAtMs));
}

function begin() {
  byId('conversation').append(...index.conversations.map(({ name }, at) => new Option(name || words().unnamed, String(at))));
  byId('conversation').hidden = index.conversations.length < 2;
  speak(state.language);
  document.body.classList.add('ready');
  if (blocks.length > 0) openConversation(0, true);
  byId('pane').addEventListener('scroll', () => requestAnimationFrame(follow), { passive: true });
  byId('conversation').addEventListener('change', ({ target }) => openConversation(Number(target.value), true));
  byId('month').addEventListener('change', ({ target }) => openMonth(Number(target.value)));
  let resting = 0;
  byId('query').addEventListener('input', () => {
    clearTimeout(resting);
    resting = setTimeout(search, 200);
  });
  byId('query').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing) step(event.shiftKey ? 1 : -1);
  });
  byId('former').addEventListener('click', () => step(-1));
  byId('next').addEventListener('click', () => step(1));
  byId('language').addEventListener('click', () => {
    speak(state.language === 'en' ? Object.keys(index.words).find((other) => other !== 'en') : 'en');
    if (blocks.length > 0) openConversation(state.conversation, true);
  });
  byId('theme').addEventListener('click', () => {
    const isDark = getComputedStyle(document.documentElement).colorScheme === 'dark' || (!document.documentElement.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches); // prettier-ignore
    document.documentElement.dataset.theme = isDark ? 'light' : 'dark';
  });
}

begin();
