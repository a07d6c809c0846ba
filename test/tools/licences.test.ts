import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectLicences } from './licences';

const root = join(import.meta.dirname, '../..');

describe('the list of licences', () => {
  const text = collectLicences(root);

  it('has every package that ships, also those of workers', () => {
    const closure = Object.keys(JSON.parse(readFileSync(join(root, 'docs/closure.json'), 'utf8')) as object);
    expect(closure.length).toBeGreaterThan(20);
    expect(closure.filter((name) => !text.includes(`\n## ${name} `))).toEqual([]);
  });

  it('holds the texts, and each of them once', () => {
    expect(text).toContain('Permission is hereby granted, free of charge');
    expect(text.split('TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION').length - 1).toBeLessThanOrEqual(2);
    for (const holder of ['Paul Miller', 'Ryan Carniato', 'Skype Limited', 'Meta Platforms']) expect(text).toContain(holder);
  });
});
