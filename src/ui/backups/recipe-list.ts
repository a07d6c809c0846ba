// Ways to drives that no page can reach, and what is typed on the way. Their words: strings/*/recipes.

export const recipeIds = ['jianguoyun', 'baidu', 'aliyundrive', 'quark', '115', 'synology', 'icloud', 'nextcloud'] as const;
export type RecipeId = (typeof recipeIds)[number];

export const recipeWays = ['folder', 'openlist', 'rclone', 'own-origin'] as const;
export type RecipeWay = (typeof recipeWays)[number];

/** The easiest first. */
export const waysTo: Readonly<Record<RecipeId, readonly RecipeWay[]>> = {
  jianguoyun: ['folder', 'rclone', 'openlist'],
  baidu: ['folder', 'openlist'],
  aliyundrive: ['openlist', 'folder'],
  quark: ['openlist', 'folder'],
  '115': ['openlist', 'folder'],
  synology: ['folder', 'own-origin', 'rclone'],
  icloud: ['folder', 'rclone'],
  nextcloud: ['folder', 'rclone', 'own-origin'],
};

/** How many steps each way has; their words are numbered from 1. */
export const stepCounts: Readonly<Record<RecipeWay, number>> = { folder: 5, openlist: 5, rclone: 4, 'own-origin': 4 };

/** How rclone is told of the drive. iCloud asks for a code of Apple's meanwhile, and is set up by questions. */
const rcloneSetUps: Readonly<Partial<Record<RecipeId, string>>> = {
  jianguoyun: 'rclone config create camphor webdav url=https://dav.jianguoyun.com/dav/ vendor=other user=EMAIL pass=APP_PASSWORD',
  synology: 'rclone config create camphor sftp host=NAS user=USER pass=PASSWORD',
  icloud: 'rclone config',
  nextcloud: 'rclone config create camphor webdav url=https://HOST/remote.php/dav/files/USER/ vendor=nextcloud user=USER pass=APP_PASSWORD',
};

/** 600 requests in half an hour are what Jianguoyun's free plan takes. */
const rcloneLimits: Readonly<Partial<Record<RecipeId, string>>> = { jianguoyun: ' --tpslimit 0.3' };

const ownOrigin: Readonly<Partial<Record<RecipeId, string>>> = {
  synology: `server {
  listen 443 ssl;
  server_name camphor.example.org;
  root /srv/camphor;
  location /SHARE/ {
    proxy_pass https://NAS:5006;
    proxy_set_header Host $http_host;
    proxy_request_buffering off;
    client_max_body_size 0;
  }
}`,
  nextcloud: `server {
  listen 443 ssl;
  server_name camphor.example.org;
  root /srv/camphor;
  location /remote.php/dav/ {
    proxy_pass https://HOST;
    proxy_set_header Host $http_host;
    proxy_request_buffering off;
    client_max_body_size 0;
  }
}`,
};

/** The folder as rclone, or the drive's WebDAV, names it. */
const remotes: Readonly<Partial<Record<RecipeId, Readonly<Partial<Record<RecipeWay, string>>>>>> = {
  jianguoyun: { rclone: '我的坚果云/camphor' },
  synology: { rclone: 'SHARE/camphor', 'own-origin': 'https://camphor.example.org/SHARE/camphor/' },
  icloud: { rclone: 'camphor' },
  nextcloud: { rclone: 'camphor', 'own-origin': 'https://camphor.example.org/remote.php/dav/files/USER/camphor/' },
};

export const remoteOf = (id: RecipeId, way: RecipeWay): string => remotes[id]?.[way] ?? '';

/** What is typed or pasted in a step of a way; null where nothing is. `origin` is this page's. */
export function blockOf(id: RecipeId, way: RecipeWay, step: number, origin: string): string | null {
  if (way === 'openlist' && step === 1) return 'openlist admin set PASSWORD\nopenlist server';
  if (way === 'own-origin' && step === 2) return ownOrigin[id] ?? null;
  if (way !== 'rclone') return null;
  if (step === 2) return rcloneSetUps[id] ?? null;
  if (step !== 3) return null;
  return `rclone serve webdav camphor:FOLDER --addr 127.0.0.1:8080 --user you --pass SECRET --allow-origin ${origin}${rcloneLimits[id] ?? ''}`;
}
