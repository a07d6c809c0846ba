// A page that shows the interface over invented conversations: ?lang=zh-CN&theme=dark&state=empty|locked|stuck

import { mountApp } from '../../../src/ui/app';
import { createFakeSession } from '../fake-session';

const asked = new URLSearchParams(location.search);
const root = document.getElementById('root');
if (root === null) throw new Error('no root');
const session = createFakeSession({
  preferences: {
    language: asked.get('lang') === 'zh-CN' ? 'zh-CN' : 'en',
    theme: asked.get('theme') === 'dark' ? 'dark' : 'light',
  },
  locked: asked.get('state') === 'locked',
  stuckImport: asked.get('state') === 'stuck',
  ...(asked.get('state') === 'empty' ? { conversations: [] } : {}),
});
Object.assign(window, { fake: session });
mountApp(root, session);
