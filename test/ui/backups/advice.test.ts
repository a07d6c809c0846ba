import { describe, expect, test } from 'vitest';
import { doctorFindings, driveKinds } from '../../../src/model/drive';
import { type AdviceContext, doctorAdvice } from '../../../src/ui/backups/advice';
import { enBackup } from '../../../src/ui/strings/en/backup';

const origin = 'https://camphor.example';
const context = (kind: AdviceContext['kind']): AdviceContext => ({ kind, place: 'https://s3.example.org/bucket/', origin });

describe('advice', () => {
  test.each(doctorFindings)('%s says what it is and what to do, for every kind of drive', (finding) => {
    for (const kind of driveKinds) {
      const { what, todo, snippets } = doctorAdvice(finding, context(kind));
      expect(enBackup).toHaveProperty([what]);
      expect(enBackup).toHaveProperty([todo]);
      for (const { id } of snippets) {
        expect(enBackup).toHaveProperty([`backup.server.${id}`]);
        expect(enBackup).toHaveProperty([`backup.server.${id}.words`]);
      }
    }
  });

  test('what a server has to allow names this page and no other, and never everybody', () => {
    for (const kind of ['webdav', 's3'] as const) {
      const { snippets } = doctorAdvice('cors-missing', context(kind));
      expect(snippets.length).toBeGreaterThan(5);
      for (const { blocks } of snippets) {
        expect(blocks.join('\n')).toContain(origin);
        expect(blocks.join('\n')).not.toMatch(/Allow-Origin "?\*|AllowedOrigins": \[\s*"\*/i);
      }
    }
  });

  test('WebDAV needs its own methods and headers, and OPTIONS without a password', () => {
    const find = (id: string): string =>
      doctorAdvice('options-unauthorised', context('webdav'))
        .snippets.find((snippet) => snippet.id === id)
        ?.blocks.join('\n') ?? '';
    for (const id of ['apache', 'nginx', 'caddy', 'hacdias'])
      for (const word of ['PROPFIND', 'MKCOL', 'MOVE', 'Depth', 'Destination', 'Overwrite', 'Authorization', 'ETag'])
        expect(find(id), id).toContain(word);
    expect(find('apache')).toContain('Require method OPTIONS');
    expect(find('nginx')).toMatch(/\$request_method = OPTIONS[^}]*return 204/);
  });

  test('a command for S3 goes to the service that was entered', () => {
    const other = doctorAdvice('cors-missing', context('s3')).snippets.find(({ id }) => id === 's3-other');
    expect(other?.blocks[1]).toContain('--endpoint-url https://s3.example.org');
    expect(JSON.parse(other?.blocks[0] ?? '')).toMatchObject({ CORSRules: [{ AllowedOrigins: [origin] }] });
  });

  test('what no configuration mends has none', () => {
    expect(doctorAdvice('wrong-credentials', context('webdav')).snippets).toEqual([]);
    expect(doctorAdvice('cors-missing', context('folder')).snippets).toEqual([]);
  });
});
