// Configurations of WebDAV servers that let one origin in (docs of each server; Apache's, nginx's and rclone's are run by
// test/interop).

import { exposedHeaders, webdavHeaders, webdavMethods } from './cors-needs';

export const webdavServerKinds = ['apache', 'nginx', 'caddy', 'rclone', 'openlist', 'hacdias-webdav', 'nextcloud'] as const;
export type WebdavServerKind = (typeof webdavServerKinds)[number];

const methods = webdavMethods.join(', ');
const headers = webdavHeaders.join(', ');
const exposed = exposedHeaders.join(', ');

/** `path` is the folder's on the server. */
export function adviseWebdav(server: WebdavServerKind, origin: string, path: string): string {
  return texts[server](origin, path);
}

const texts: Readonly<Record<WebdavServerKind, (origin: string, path: string) => string>> = {
  apache: (origin, path) => `SetEnvIf Origin "^${origin.replaceAll('.', '\\.')}$" CAMPHOR_ORIGIN
Header always set Access-Control-Allow-Origin "${origin}" env=CAMPHOR_ORIGIN
Header always set Access-Control-Allow-Methods "${methods}" env=CAMPHOR_ORIGIN
Header always set Access-Control-Allow-Headers "${headers}" env=CAMPHOR_ORIGIN
Header always set Access-Control-Expose-Headers "${exposed}" env=CAMPHOR_ORIGIN
Header always set Access-Control-Max-Age "7200" env=CAMPHOR_ORIGIN
Header always append Vary Origin
<Location "${path}">
  <RequireAny>
    Require method OPTIONS
    Require valid-user
  </RequireAny>
</Location>
`,
  nginx: (origin) => {
    const answer = `add_header Access-Control-Allow-Origin "${origin}" always;
add_header Access-Control-Expose-Headers "${exposed}" always;
add_header Vary Origin always;`;
    return `${answer}
if ($request_method = OPTIONS) {
${answer.replaceAll(/^/gm, '  ')}
  add_header Access-Control-Allow-Methods "${methods}" always;
  add_header Access-Control-Allow-Headers "${headers}" always;
  add_header Access-Control-Max-Age 7200 always;
  return 204;
}
`;
  },
  caddy: (origin, path) => `@camphor {
  path ${path}*
  header Origin ${origin}
}
header @camphor {
  Access-Control-Allow-Origin "${origin}"
  Access-Control-Allow-Methods "${methods}"
  Access-Control-Allow-Headers "${headers}"
  Access-Control-Expose-Headers "${exposed}"
  Access-Control-Max-Age "7200"
  Vary Origin
  defer
}
@camphor_options {
  method OPTIONS
  path ${path}*
  header Origin ${origin}
}
respond @camphor_options 204
`,
  rclone: (origin) => `rclone serve webdav REMOTE:FOLDER --addr 127.0.0.1:8080 --user NAME --pass PASSWORD --allow-origin ${origin}
`,
  openlist: (origin) => `${JSON.stringify({ cors: { allow_origins: [origin], allow_methods: ['*'], allow_headers: ['*'] } }, null, 2)}\n`,
  'hacdias-webdav': (origin) => `cors:
  enabled: true
  credentials: false
  allowed_hosts:
    - ${origin}
  allowed_methods:
${webdavMethods.map((method) => `    - ${method}`).join('\n')}
  allowed_headers:
${webdavHeaders.map((header) => `    - ${header}`).join('\n')}
  exposed_headers:
${exposedHeaders.map((header) => `    - ${header}`).join('\n')}
`,
  nextcloud: (origin) => `'webapppassword.origins' => ['${origin}'],
`,
};
