// A page that shows the interface over invented conversations: ?lang=zh-CN&theme=dark&state=empty|locked|stuck&backup=well|fresh|…

import { mountApp } from '../../../src/ui/app';
import { type BackupScenario, backupScenarios } from '../backups/scenarios';
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
  backup: backupScenarios[(asked.get('backup') ?? 'well') as BackupScenario] ?? {},
  ...(asked.get('state') === 'empty' ? { conversations: [] } : {}),
});
Object.assign(window, { fake: session });
mountApp(root, session);
