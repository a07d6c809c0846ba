// Configuration that lets this page reach a server of one's own (CORS): what preflights ask for and answers may show.
// Apache and nginx as tested with Chromium, Firefox and WebKitGTK; the others after their own documentation.

const methods = ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND', 'MKCOL', 'MOVE', 'COPY'];
const headers = ['Authorization', 'Content-Type', 'Depth', 'Destination', 'Overwrite', 'If', 'If-Match', 'If-None-Match', 'Range'];
const exposed = ['ETag', 'Content-Length', 'Content-Range', 'Last-Modified', 'Date'];

const apache = (origin: string): string =>
  `# a2enmod dav dav_fs headers auth_basic
<Location "/camphor/">
  Dav On
  AuthType Basic
  AuthName "camphor"
  AuthUserFile "/etc/apache2/camphor.htpasswd"
  <RequireAny>
    Require method OPTIONS
    Require valid-user
  </RequireAny>
  Header always set Access-Control-Allow-Origin "${origin}"
  Header always set Access-Control-Allow-Methods "${methods.join(', ')}"
  Header always set Access-Control-Allow-Headers "${headers.join(', ')}"
  Header always set Access-Control-Expose-Headers "${exposed.join(', ')}"
  Header always set Access-Control-Max-Age "86400"
  Header always merge Vary "Origin"
</Location>`;

const nginx = (origin: string): string => {
  const allow = (indent: string): string =>
    [
      ['Access-Control-Allow-Origin', origin],
      ['Access-Control-Allow-Methods', methods.join(', ')],
      ['Access-Control-Allow-Headers', headers.join(', ')],
      ['Access-Control-Expose-Headers', exposed.join(', ')],
      ['Access-Control-Max-Age', '86400'],
      ['Vary', 'Origin'],
    ]
      .map(([name, value]) => `${indent}add_header ${name} "${value}" always;`)
      .join('\n');
  return `# needs the module dav-ext (Debian: libnginx-mod-http-dav-ext)
location /camphor/ {
  root /srv;
  client_max_body_size 0;
  create_full_put_path on;
  dav_methods PUT DELETE MKCOL COPY MOVE;
  dav_ext_methods PROPFIND OPTIONS;
  if ($request_method = OPTIONS) {
${allow('    ')}
    return 204;
  }
${allow('  ')}
  auth_basic "camphor";
  auth_basic_user_file /etc/nginx/camphor.htpasswd;
}`;
};

const caddy = (origin: string): string =>
  `# a Caddy that was built with the module github.com/mholt/caddy-webdav
{
  order webdav before file_server
}
cloud.example.org {
  header {
    Access-Control-Allow-Origin "${origin}"
    Access-Control-Allow-Methods "${methods.join(', ')}"
    Access-Control-Allow-Headers "${headers.join(', ')}"
    Access-Control-Expose-Headers "${exposed.join(', ')}"
    Vary "Origin"
    defer
  }
  @preflight method OPTIONS
  handle @preflight {
    respond 204
  }
  handle /camphor/* {
    basic_auth {
      you HASH_FROM_caddy_hash-password
    }
    webdav {
      root /srv/camphor
      prefix /camphor
    }
  }
}`;

const rclone = (origin: string): string =>
  `rclone serve webdav remote:camphor --addr 127.0.0.1:8080 --user you --pass SECRET --allow-origin ${origin}`;

const openlist = (origin: string): string => `"cors": {
  "allow_origins": ["${origin}"],
  "allow_methods": ["*"],
  "allow_headers": ["*"]
}`;

const list = (indent: string, items: readonly string[]): string => items.map((item) => `${indent}- ${item}`).join('\n');

const hacdias = (origin: string): string => `cors:
  enabled: true
  allowed_hosts:
    - ${origin}
  allowed_methods:
${list('    ', methods)}
  allowed_headers:
${list('    ', headers)}
  exposed_headers:
${list('    ', exposed)}
users:
  - username: you
    password: SECRET
    permissions: CRUD`;

const nextcloud = (origin: string): string => `// config/config.php, or the settings page of the app
'webapppassword.origins' => ['${origin}'],`;

const s3Rule = (origin: string): object => ({
  AllowedOrigins: [origin],
  AllowedMethods: ['GET', 'PUT', 'HEAD', 'DELETE'],
  AllowedHeaders: ['*'],
  ExposeHeaders: ['ETag', 'Content-Length', 'Content-Range', 'Date', 'Last-Modified'],
  MaxAgeSeconds: 3600,
});

const s3List = (origin: string): string => JSON.stringify([s3Rule(origin)], null, 2);

const s3Cli = (origin: string, endpoint: string | null): readonly string[] => [
  JSON.stringify({ CORSRules: [s3Rule(origin)] }, null, 2),
  `aws s3api put-bucket-cors --bucket BUCKET --cors-configuration file://cors.json${endpoint === null ? '' : ` --endpoint-url ${endpoint}`}`,
];

/** The fields of a form, a line each, as consoles without JSON ask for them. */
const s3Form = (origin: string): string => `Origin: ${origin}
Methods: GET, PUT, HEAD, DELETE
Allowed headers: *
Expose headers: ETag, Content-Length, Content-Range, Date, Last-Modified
Max age: 3600`;

export const webdavServers = ['nextcloud', 'openlist', 'apache', 'nginx', 'rclone', 'hacdias', 'caddy'] as const;
export const s3Servers = ['aws', 'r2', 'b2', 'oss', 'cos', 'minio', 's3-other'] as const;
export type ServerId = (typeof webdavServers)[number] | (typeof s3Servers)[number];

/** What to paste where, for one server; `origin` is this page's, `endpoint` the S3 service's address. */
export function serverBlocks(server: ServerId, origin: string, endpoint: string): readonly string[] {
  const blocks: Readonly<Record<ServerId, () => readonly string[]>> = {
    nextcloud: () => [nextcloud(origin)],
    openlist: () => [openlist(origin)],
    apache: () => [apache(origin)],
    nginx: () => [nginx(origin)],
    rclone: () => [rclone(origin)],
    hacdias: () => [hacdias(origin)],
    caddy: () => [caddy(origin)],
    aws: () => s3Cli(origin, null),
    r2: () => [s3List(origin)],
    b2: () => s3Cli(origin, endpoint),
    oss: () => [s3Form(origin)],
    cos: () => [s3Form(origin)],
    minio: () => [`MINIO_API_CORS_ALLOW_ORIGIN=${origin}`],
    's3-other': () => s3Cli(origin, endpoint),
  };
  return blocks[server]();
}
