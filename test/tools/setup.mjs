// Installs what a command needs and this machine lacks: `node test/tools/setup.mjs [chromium] [sqlite] [engines] [stock]`.
// Uses Node's own modules only, since it runs before anything is installed. Prints nothing when nothing is missing.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const stamp = join(root, 'node_modules/.camphor-lock');

/** What Debian calls each program, and where it puts it. */
const programs = {
  chromium: [
    {
      apt: 'chromium',
      paths: [
        '/usr/bin/chromium',
        '/usr/bin/chromium-browser',
        '/usr/bin/google-chrome',
        '/usr/bin/google-chrome-stable',
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        'C:/Program Files/Google/Chrome/Application/chrome.exe',
      ],
    },
  ],
  sqlite: [
    { apt: 'sqlite3', paths: ['/usr/bin/sqlite3'] },
    { apt: 'sqlcipher', paths: ['/usr/bin/sqlcipher'] },
  ],
  engines: [
    { apt: 'firefox-esr', paths: ['/usr/bin/firefox-esr'] },
    { apt: 'webkit2gtk-driver', paths: ['/usr/bin/WebKitWebDriver'] },
    { apt: 'xvfb', paths: ['/usr/bin/xvfb-run'] },
    { apt: 'xauth', paths: ['/usr/bin/xauth'] },
    { apt: 'fonts-noto-cjk', paths: ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'] },
  ],
  pdf: [
    { apt: 'poppler-utils', paths: ['/usr/bin/pdftotext'] },
    { apt: 'qpdf', paths: ['/usr/bin/qpdf'] },
  ],
  stock: [
    { apt: 'openssl', paths: ['/usr/bin/openssl'] },
    { apt: 'restic', paths: ['/usr/bin/restic'] },
    { apt: 'rclone', paths: ['/usr/bin/rclone'] },
    { apt: 'age', paths: ['/usr/bin/age'] },
    { apt: 'zstd', paths: ['/usr/bin/zstd'] },
    { apt: 'p7zip-full', paths: ['/usr/bin/7z'] },
    { apt: 'zip', paths: ['/usr/bin/zip'] },
    { apt: 'unzip', paths: ['/usr/bin/unzip'] },
    { apt: 'apache2', paths: ['/usr/sbin/apache2'] },
    { apt: 'apache2-utils', paths: ['/usr/bin/htpasswd'] },
    { apt: 'nginx-light', paths: ['/usr/sbin/nginx'] },
    { apt: 'libnginx-mod-http-dav-ext', paths: ['/usr/lib/nginx/modules/ngx_http_dav_ext_module.so'] },
  ],
};

function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing npm packages …');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stamp, lock);
}

/** Installs Debian packages where apt is there and may be used; otherwise says how to get them, and leaves it to the tests to fail. */
function installPrograms(names) {
  const custom = process.env.CHROMIUM;
  const missing = names
    .flatMap((name) => programs[name] ?? [])
    .filter(({ apt, paths }) => !paths.some((path) => existsSync(path)) && !(apt === 'chromium' && custom && existsSync(custom)));
  if (missing.length === 0) return;
  const list = missing.map(({ apt }) => apt);
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (existsSync('/usr/bin/apt-get')) {
    console.error(`Installing Debian packages: ${list.join(' ')} …`);
    const apt = (...args) =>
      spawnSync([...asRoot, 'apt-get'][0], [...asRoot, 'apt-get', ...args].slice(1), {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      }).status;
    apt('update', '-qq');
    if (apt('install', '-y', '-qq', '--no-install-recommends', ...list) === 0) return;
  }
  console.error(
    `Missing: ${list.join(', ')}. Install them with your system's package manager (Debian names), or set CHROMIUM to a Chrome or Chromium binary.`,
  );
}

installPackages();
installPrograms(process.argv.slice(2));
