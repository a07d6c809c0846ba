// What the two forms of a download, JSON and HTML, have in common as importers.

import type { FileSet } from '../../bytes/source';
import type { Detection, Question } from '../importer';
import { findThreadFiles, groupThreads } from './find-threads';
import type { Account, ThreadForm } from './find-threads';
import { askOwner, findProfile, isProfile } from './owner';

export interface AccountForm extends ThreadForm {
  readonly format: string;
  /** Names of the participants by the beginning of a file; empty where it does not say. */
  readNames(files: FileSet, entry: number): Promise<readonly string[]>;
}

/** The accounts of the set. The profile, where there is one, is an entry too: it tells whose the account is. */
export async function detectAccounts(files: FileSet, form: AccountForm): Promise<readonly Detection[]> {
  const accounts = await groupThreads(files, await findThreadFiles(files, form), form);
  return Promise.all(accounts.map((account) => toDetection(files, form, account)));
}

async function toDetection(files: FileSet, form: AccountForm, { source, root, threads }: Account): Promise<Detection> {
  const profile = findProfile(files, root, form.extension);
  const isSingle = threads.length === 1 && profile === -1;
  const names = isSingle ? await form.readNames(files, threads[0]?.entries[0] ?? -1) : [];
  return {
    format: form.format,
    formatVersion: source,
    source,
    entries: [...threads.flatMap(({ entries }) => entries), ...(profile === -1 ? [] : [profile])],
    title: names.length === 0 ? null : names.slice(0, 4).join(', '),
    isSingle,
  };
}

/** An account as a detection names it. */
export async function openAccount(
  files: FileSet,
  { entries }: Detection,
  form: AccountForm,
): Promise<Pick<Account, 'root' | 'threads'> & { readonly profile: number }> {
  const profile = entries.find((entry) => isProfile(files.entries[entry]?.path ?? '')) ?? -1;
  const accounts = await groupThreads(
    files,
    entries.filter((entry) => entry !== profile),
    form,
  );
  return { root: accounts[0]?.root ?? '', threads: accounts.flatMap(({ threads }) => threads), profile };
}

export async function askAccount(files: FileSet, detection: Detection, form: AccountForm): Promise<readonly Question[]> {
  const { threads, profile } = await openAccount(files, detection, form);
  return askOwner(
    files,
    profile,
    threads.map((thread) => thread.entries[0] ?? -1),
    (entry) => form.readNames(files, entry),
  );
}
