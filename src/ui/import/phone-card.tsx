import { For, type JSX, Show, createSignal } from 'solid-js';
import type { BackupAppView, BackupView } from '../../model/phone-backup';
import { Button } from '../primitives/button';
import { Bar, Checkbox, State } from '../primitives/controls';
import { shownName } from '../primitives/file-name';
import type { Translate } from '../strings/strings';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { progressShare } from './import-state';
import css from './import.module.css';

/** A phone's backup: which apps and accounts it holds, and which of them are looked into. */
export function PhoneCard(props: { readonly backup: BackupView }): JSX.Element {
  const { t, format, imports } = useUi();
  const readable = (): readonly string[] => props.backup.apps.filter(({ isReadable }) => isReadable).map(({ id }) => id);
  const [changed, setChanged] = createSignal<readonly string[] | null>(null);
  const wanted = (): readonly string[] => changed() ?? (props.backup.chosen.length > 0 ? props.backup.chosen : readable());
  const [busy, setBusy] = createSignal(false);
  const [wrong, setWrong] = createSignal<string>();
  const isSame = (): boolean => wanted().length === props.backup.chosen.length && wanted().every((id) => props.backup.chosen.includes(id));
  const toggle = (id: string, on: boolean): void => void setChanged(on ? [...wanted(), id] : wanted().filter((each) => each !== id));
  const look = async (): Promise<void> => {
    setBusy(true);
    setWrong(undefined);
    const { fileId } = props.backup;
    const apps = wanted();
    const error = await imports.amend((job, _, report) => job.chooseApps(fileId, apps, report));
    setBusy(false);
    if (error !== null) setWrong(t(`error.${error.code}`, error.facts));
  };
  const title = (): string => (props.backup.deviceName === null ? t('phone.unnamed') : t('phone.title', { name: props.backup.deviceName }));
  return (
    <Card title={title()}>
      <p class={paneCss['quiet']}>{sumsOf(props.backup, t, format())}</p>
      <Show when={!props.backup.isWhole}>
        <State look="warn">{props.backup.missing > 0 ? t('phone.missing', { count: props.backup.missing }) : t('phone.unfinished')}</State>
      </Show>
      <Show when={props.backup.apps.length > 0} fallback={<p>{t('phone.empty')}</p>}>
        <p>{t('phone.words')}</p>
        <ul class={css['conversations']} aria-label={t('phone.apps')}>
          <For each={props.backup.apps}>
            {(app) => <AppRow app={app} on={wanted().includes(app.id)} busy={busy()} onToggle={(on) => toggle(app.id, on)} />}
          </For>
        </ul>
      </Show>
      <Show when={busy()}>
        <Bar label={t(`stage.${imports.progress()?.stage ?? 'opening'}`)} share={progressShare(imports.progress())} />
      </Show>
      <Show when={wrong()}>{(words) => <State look="danger">{words()}</State>}</Show>
      <Show when={readable().length > 0}>
        <div class={paneCss['row']}>
          <Button look={props.backup.chosen.length === 0 ? 'main' : 'plain'} disabled={busy() || isSame()} onClick={() => void look()}>
            {t(busy() ? 'phone.looking' : 'phone.look', { count: wanted().length })}
          </Button>
        </div>
      </Show>
    </Card>
  );
}

function AppRow(props: {
  readonly app: BackupAppView;
  readonly on: boolean;
  readonly busy: boolean;
  readonly onToggle: (on: boolean) => void;
}): JSX.Element {
  const { t, format } = useUi();
  const words = (): JSX.Element => (
    <>
      <bdi>{nameOf(props.app, t)}</bdi>
      <p class={css['outcome']}>
        {[
          ...(props.app.account === null ? [] : [t('phone.account', { account: shortAccount(props.app.account) })]),
          t('phone.files', { count: props.app.files }),
          format().bytes(props.app.sizeBytes),
        ].join(t('mark.dot'))}
      </p>
    </>
  );
  return (
    <li class={css['conversation']}>
      <Show
        when={props.app.isReadable}
        fallback={
          <div class={css['closed']}>
            {words()}
            <p class={css['outcome']}>{t(closedWords(props.app))}</p>
          </div>
        }
      >
        <Checkbox on={props.on} onToggle={(on) => !props.busy && props.onToggle(on)} label={words()} />
      </Show>
    </li>
  );
}

/** By our word for the app, which may be another in each language. */
function nameOf({ id, name, source }: BackupAppView, t: Translate): string {
  if (source === 'imessage') return [t('source.imessage'), t('source.sms')].join(t('mark.dot'));
  return id === 'whatsapp-business' ? name : t(`source.${source}`);
}

/** Why an app cannot be chosen: what the two leave out by design, and what nobody reads. */
function closedWords({ source }: BackupAppView): 'phone.noTelegram' | 'phone.noSignal' | 'phone.unreadable' {
  if (source === 'telegram') return 'phone.noTelegram';
  return source === 'signal' ? 'phone.noSignal' : 'phone.unreadable';
}

const shownLetters = 12;

/** Folders of accounts are hashes: their beginning tells them apart. */
const shortAccount = (account: string): string => (account.length > shownLetters ? `${account.slice(0, shownLetters)}…` : account);

function sumsOf(backup: BackupView, t: Translate, format: ReturnType<ReturnType<typeof useUi>['format']>): string {
  const { path, osVersion, madeAtMs, files, sizeBytes } = backup;
  return [
    shownName(path),
    ...(osVersion === null ? [] : [t('phone.system', { version: osVersion })]),
    ...(madeAtMs === null ? [] : [format.date(madeAtMs)]),
    t('phone.files', { count: files }),
    format.bytes(sizeBytes),
  ].join(t('mark.dot'));
}
