import { For, type JSX, Show, createSignal, onCleanup } from 'solid-js';
import type { BrowseEntry } from '../../model/backup-view';
import { Icon } from '../icons/icon';
import { Button, IconButton } from '../primitives/button';
import { Bar } from '../primitives/controls';
import { Dialog } from '../primitives/dialog';
import { safeFileName } from '../primitives/file-name';
import { createLoaded } from '../primitives/loaded';
import { saveUrl } from '../primitives/save-file';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';

const root = '/archive';
const entriesShown = 500;
const textLimit = 200_000;
const shownAsText = /\.(?:txt|md|json|jsonl)$/;
const pictureTypes: Readonly<Record<string, string>> = { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif' };

type Opened = { readonly entry: BrowseEntry; readonly text: string | null; readonly url: string | null };

/** Folders and files of a snapshot; a file can be looked at or saved without restoring anything. */
export function BrowseCard(props: { readonly drive: string; readonly snapshot: string }): JSX.Element {
  const { t, session, toasts } = useUi();
  const [path, setPath] = createSignal(root);
  const [opened, setOpened] = createSignal<Opened | null>(null);
  const entries = createLoaded(
    () => ({ drive: props.drive, snapshot: props.snapshot, path: path() }),
    ({ drive, snapshot, path: wanted }) => session.backup.browse(drive, snapshot, wanted),
    toasts.fail,
  );
  const close = (): void => {
    const url = opened()?.url ?? null;
    if (url !== null) URL.revokeObjectURL(url);
    setOpened(null);
  };
  onCleanup(close);
  const open = async (entry: BrowseEntry): Promise<void> => {
    const blob = await session.backup.readFile(props.drive, props.snapshot, entry.path);
    close();
    setOpened(await show(entry, blob));
  };
  const save = async (entry: BrowseEntry): Promise<void> => {
    const url = URL.createObjectURL(await session.backup.readFile(props.drive, props.snapshot, entry.path));
    saveUrl(url, safeFileName(entry.name, 'file'));
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <Card title={t('backup.browse.title')}>
      <Crumbs path={path()} onGo={setPath} />
      <Show when={entries()} fallback={<Bar label={t('backup.reading')} share={null} />}>
        {(list) => (
          <ul class={css['entries']}>
            <For each={list().slice(0, entriesShown)} fallback={<li class={paneCss['quiet']}>{t('backup.browse.empty')}</li>}>
              {(entry) => (
                <EntryRow
                  entry={entry}
                  onFolder={() => setPath(entry.path)}
                  onOpen={() => void open(entry).catch(toasts.fail)}
                  onSave={() => void save(entry).catch(toasts.fail)}
                />
              )}
            </For>
            <Show when={list().length > entriesShown}>
              <li class={paneCss['quiet']}>{t('plan.andMore', { count: list().length - entriesShown })}</li>
            </Show>
          </ul>
        )}
      </Show>
      <Show when={opened()}>{(file) => <FileDialog file={file()} onClose={close} />}</Show>
    </Card>
  );
}

/** Text of ours as text, pictures by a type that a picture can have; all else is only saved. */
async function show(entry: BrowseEntry, blob: Blob): Promise<Opened> {
  const type = pictureTypes[entry.name.split('.').at(-1) ?? ''];
  if (type !== undefined) return { entry, text: null, url: URL.createObjectURL(new Blob([blob], { type })) };
  return { entry, text: (await blob.slice(0, textLimit).text()).slice(0, textLimit), url: null };
}

function canOpen(entry: BrowseEntry): boolean {
  return shownAsText.test(entry.name) || pictureTypes[entry.name.split('.').at(-1) ?? ''] !== undefined;
}

function Crumbs(props: { readonly path: string; readonly onGo: (path: string) => void }): JSX.Element {
  const { t } = useUi();
  const parts = (): readonly string[] => props.path.slice(1).split('/');
  const upTo = (index: number): string =>
    `/${parts()
      .slice(0, index + 1)
      .join('/')}`;
  return (
    <nav class={css['crumbs']} aria-label={t('backup.browse.path')}>
      <For each={parts()}>
        {(part, index) => (
          <Button
            look="plain"
            aria-current={index() === parts().length - 1 ? 'location' : undefined}
            onClick={() => props.onGo(upTo(index()))}
          >
            <bdi dir="ltr">{part}</bdi>
          </Button>
        )}
      </For>
    </nav>
  );
}

function EntryRow(props: {
  readonly entry: BrowseEntry;
  readonly onFolder: () => void;
  readonly onOpen: () => void;
  readonly onSave: () => void;
}): JSX.Element {
  const { t, format } = useUi();
  const Name = (): JSX.Element => (
    <span class={css['entryName']}>
      <Show when={props.entry.title} fallback={<bdi dir="ltr">{props.entry.name}</bdi>}>
        {(title) => (
          <>
            <bdi>{title()}</bdi>
            <bdi dir="ltr" class={paneCss['quiet']}>
              {props.entry.name}
            </bdi>
          </>
        )}
      </Show>
    </span>
  );
  return (
    <li class={css['entry']}>
      <Show
        when={props.entry.isFolder}
        fallback={
          <>
            <span class={css['file']}>
              <Icon name="file" />
              <Name />
              <span class={paneCss['quiet']}>{format().bytes(props.entry.sizeBytes)}</span>
            </span>
            <Show when={canOpen(props.entry)}>
              <IconButton icon="eye" label={t('backup.browse.open', { name: props.entry.name })} onClick={() => props.onOpen()} />
            </Show>
            <IconButton icon="save" label={t('backup.browse.save', { name: props.entry.name })} onClick={() => props.onSave()} />
          </>
        }
      >
        <button type="button" class={css['folder']} onClick={() => props.onFolder()}>
          <Icon name="folder" />
          <Name />
          <Icon name="forward" />
        </button>
      </Show>
    </li>
  );
}

function FileDialog(props: { readonly file: Opened; readonly onClose: () => void }): JSX.Element {
  return (
    <Dialog title={props.file.entry.name} readOnly onClose={props.onClose}>
      <Show
        when={props.file.url}
        fallback={
          <pre class={paneCss['raw']} tabindex="0" dir="auto" aria-label={props.file.entry.name}>
            {props.file.text}
          </pre>
        }
      >
        {(url) => <img src={url()} alt={props.file.entry.name} />}
      </Show>
    </Dialog>
  );
}
