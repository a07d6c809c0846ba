// The one plain page that is shown instead of the app where it must not start. Both languages at once, since nothing else works.

import type { Refusal } from './surroundings';
import './refusal-page.css';

interface Words {
  readonly title: string;
  readonly why: string;
  readonly steps: readonly string[];
}

const texts: Readonly<Record<Refusal, { readonly en: Words; readonly zh: Words }>> = {
  'insecure-origin': {
    en: {
      title: 'Camphor cannot work at this address',
      why: 'Browsers give encryption and offline use only to pages that come over https, or from this computer itself. This page came over plain http, so anyone on the way could have changed it, and nothing could be kept safe here. Nothing was read or stored.',
      steps: [
        'Open the same address with https:// in front, if your server has a certificate.',
        'Or serve Camphor on this computer and open http://localhost (with its port).',
        'Or put the server behind a name with a certificate: Caddy, Tailscale and most NAS systems can do that. docs/hosting.md says how.',
      ],
    },
    zh: {
      title: '樟木箱无法在这个地址运行',
      why: '浏览器只允许通过 https 打开的页面，或者本机提供的页面，使用加密和离线功能。这个页面来自普通的 http，途中任何人都可能改动过它，所以这里无法安全地保存任何内容。到现在为止，没有读取或保存任何东西。',
      steps: [
        '如果服务器有证书，把地址改成以 https:// 开头再打开。',
        '或者在这台电脑上运行樟木箱，打开 http://localhost（加上端口）。',
        '或者给服务器配置带证书的域名：Caddy、Tailscale 和多数 NAS 系统都能做到，方法见 docs/hosting.md。',
      ],
    },
  },
  framed: {
    en: {
      title: 'Camphor does not open inside another page',
      why: 'The page around this one could place its own buttons over yours and lead your clicks. Nothing was unlocked.',
      steps: ['Open this address in a tab of its own.'],
    },
    zh: {
      title: '樟木箱不会在别的页面里打开',
      why: '外层页面可能用自己的按钮盖住这里的按钮，误导你的点击。没有解锁任何内容。',
      steps: ['请在单独的标签页里打开这个地址。'],
    },
  },
  'browser-too-old': {
    en: {
      title: 'This browser is too old for Camphor',
      why: 'Something that Camphor needs to keep your conversations safe is missing here. Nothing was read or stored.',
      steps: ['Update the browser, or use a current Chrome, Edge, Firefox or Safari.'],
    },
    zh: {
      title: '这个浏览器版本太旧，无法运行樟木箱',
      why: '这里缺少安全保存聊天记录所需的功能。没有读取或保存任何东西。',
      steps: ['请更新浏览器，或使用新版的 Chrome、Edge、Firefox 或 Safari。'],
    },
  },
};

/** Draws the page into `root`. */
export function showRefusal(root: HTMLElement, refusal: Refusal): void {
  const { en, zh } = texts[refusal];
  const main = document.createElement('main');
  main.className = 'refusal';
  main.append(section('en', en), section('zh-CN', zh));
  root.replaceChildren(main);
}

function section(lang: string, words: Words): HTMLElement {
  const part = document.createElement('section');
  part.lang = lang;
  const list = document.createElement('ul');
  list.append(...words.steps.map((step) => element('li', step)));
  part.append(element('h1', words.title), element('p', words.why), list);
  return part;
}

function element(name: 'h1' | 'p' | 'li', text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
