import { type JSX, Match, Show, Switch, createSignal } from 'solid-js';
import type { CamphorError } from '../../model/error';
import { cloudKinds, type DriveConfig, type DriveKind, type S3Config } from '../../model/drive';
import { readFileInput } from '../../session/drop';
import { Button } from '../primitives/button';
import { Field, Select } from '../primitives/controls';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';
import { CloudForm } from './cloud-form';
import { type Parsed, type S3Fields, parseS3, parseWebdav } from './config-fields';
import type { Service } from './popular-drives';

export interface ConnectFormProps {
  readonly kind: DriveKind;
  readonly service?: Service | undefined;
  /** What is there already, without credentials. */
  readonly place?: string;
  readonly submit: string;
  /** True where another button is the one to go on with. */
  readonly plain?: boolean;
  /** Why a sign-in for which the page was left came to nothing. */
  readonly failed?: CamphorError | undefined;
  readonly onReady: (config: DriveConfig) => void;
}

/** Where a drive is and how to sign in; nothing of it is kept before the drive is added. */
export function ConnectForm(props: ConnectFormProps): JSX.Element {
  return (
    <Switch>
      <Match when={props.kind === 'webdav'}>
        <WebdavForm {...props} />
      </Match>
      <Match when={props.kind === 's3'}>
        <S3Form {...props} />
      </Match>
      <Match when={cloudKinds.find((kind) => kind === props.kind)}>
        {(kind) => <CloudForm kind={kind()} plain={props.plain === true} failed={props.failed} onReady={props.onReady} />}
      </Match>
      <Match when={props.kind === 'folder'}>
        <FolderForm {...props} />
      </Match>
    </Switch>
  );
}

type Wrong = Extract<Parsed<never>, { readonly wrong: unknown }>['wrong'] | null;

/** Reads the fields of a form by their names. */
function readForm(form: HTMLFormElement): (name: string) => string {
  const data = new FormData(form);
  return (name) => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
}

function createSubmit<Config extends DriveConfig>(
  parse: (read: (name: string) => string) => Parsed<Config>,
  onReady: (config: DriveConfig) => void,
): {
  readonly submit: (event: SubmitEvent) => void;
  readonly wrongOf: (field: string, t: ReturnType<typeof useUi>['t']) => string | undefined;
} {
  const [wrong, setWrong] = createSignal<Wrong>(null);
  return {
    submit(event) {
      event.preventDefault();
      const form = event.currentTarget as HTMLFormElement;
      const parsed = parse(readForm(form));
      if ('config' in parsed) {
        setWrong(null);
        return onReady(parsed.config);
      }
      setWrong(parsed.wrong);
      form.querySelector<HTMLInputElement>(`[name=${parsed.wrong.field}]`)?.focus();
    },
    wrongOf(field, t) {
      const now = wrong();
      return now?.field === field ? t(now.text) : undefined;
    },
  };
}

function WebdavForm(props: ConnectFormProps): JSX.Element {
  const { t } = useUi();
  const { submit, wrongOf } = createSubmit(
    (read) => parseWebdav({ url: read('url'), username: read('username'), password: read('password') }),
    (config) => props.onReady(config),
  );
  return (
    <form class={css['form']} onSubmit={submit} noValidate>
      <Field
        name="url"
        type="text"
        inputmode="url"
        dir="ltr"
        autocomplete="url"
        label={t('backup.field.url')}
        hint={t('backup.field.urlHint')}
        placeholder={props.service?.example ?? ''}
        value={props.place ?? ''}
        wrong={wrongOf('url', t)}
      />
      <Field name="username" type="text" dir="ltr" autocomplete="username" autocapitalize="none" label={t('backup.field.username')} />
      <Field
        name="password"
        type="password"
        autocomplete="current-password"
        label={t('backup.field.password')}
        hint={t('backup.field.passwordHint')}
      />
      <SubmitRow words={props.submit} plain={props.plain === true} />
    </form>
  );
}

const addressings = ['path', 'virtual-host'] as const;

function S3Form(props: ConnectFormProps): JSX.Element {
  const { t } = useUi();
  const [chosen, setChosen] = createSignal<S3Config['addressing'] | null>(null);
  const addressing = (): S3Config['addressing'] => chosen() ?? props.service?.addressing ?? 'path';
  const { submit, wrongOf } = createSubmit(
    (read) => {
      const names = ['endpoint', 'region', 'bucket', 'prefix', 'accessKeyId', 'secretAccessKey'] as const;
      const fields = Object.fromEntries(names.map((name) => [name, read(name)])) as Omit<S3Fields, 'addressing'>;
      return parseS3({ ...fields, addressing: addressing() });
    },
    (config) => props.onReady(config),
  );
  const text = { type: 'text', dir: 'ltr', autocomplete: 'off', autocapitalize: 'none', spellcheck: false } as const;
  return (
    <form class={css['form']} onSubmit={submit} noValidate>
      <Field
        {...text}
        name="endpoint"
        inputmode="url"
        label={t('backup.field.endpoint')}
        placeholder={props.service?.example ?? ''}
        wrong={wrongOf('endpoint', t)}
      />
      <div class={css['pair']}>
        <Field {...text} name="bucket" label={t('backup.field.bucket')} wrong={wrongOf('bucket', t)} />
        <Field {...text} name="region" label={t('backup.field.region')} value={props.service?.region ?? ''} />
      </div>
      <Field {...text} name="prefix" label={t('backup.field.prefix')} hint={t('backup.field.prefixHint')} value="camphor" />
      <Field {...text} name="accessKeyId" label={t('backup.field.accessKeyId')} wrong={wrongOf('accessKeyId', t)} />
      <Field
        name="secretAccessKey"
        type="password"
        autocomplete="off"
        label={t('backup.field.secretAccessKey')}
        hint={t('backup.field.secretHint')}
        wrong={wrongOf('secretAccessKey', t)}
      />
      <Select
        label={t('backup.field.addressing')}
        options={addressings.map((value) => ({ value, label: t(`backup.addressing.${value}`) }))}
        value={addressing()}
        onChoose={setChosen}
      />
      <SubmitRow words={props.submit} plain={props.plain === true} />
    </form>
  );
}

function FolderForm(props: ConnectFormProps): JSX.Element {
  const { t, session, toasts } = useUi();
  const choose = async (): Promise<void> => {
    const handle = await session.backup.chooseFolder();
    if (handle !== null) props.onReady({ kind: 'folder', folderName: handle.name, handle });
  };
  return (
    <div class={css['form']}>
      <p>{t('backup.folder.words')}</p>
      <Show when={session.backup.hasFolderChooser} fallback={<FolderReading {...props} />}>
        <div class={paneCss['row']}>
          <Button
            {...(props.plain === true ? {} : { look: 'main' as const })}
            icon="folder"
            onClick={() => void choose().catch(toasts.fail)}
          >
            {t('backup.folder.choose')}
          </Button>
        </div>
      </Show>
    </div>
  );
}

/** Without a chooser of folders a backup can still be read from one: the browser hands its files over. */
function FolderReading(props: ConnectFormProps): JSX.Element {
  const { t } = useUi();
  let input!: HTMLInputElement;
  const take = (): void => {
    const files = input.files === null ? [] : readFileInput(input.files);
    input.value = '';
    const [first] = files;
    if (first !== undefined) props.onReady({ kind: 'files', folderName: first.path.split('/')[0] ?? '', files });
  };
  return (
    <>
      <p>{t('backup.folder.unavailable')}</p>
      <p>{t('backup.folder.readOnly')}</p>
      <input
        ref={(element) => {
          input = element;
          element.webkitdirectory = true;
        }}
        type="file"
        hidden
        aria-label={t('backup.folder.read')}
        onChange={take}
      />
      <div class={paneCss['row']}>
        <Button icon="folder" onClick={() => input.click()}>
          {t('backup.folder.read')}
        </Button>
      </div>
    </>
  );
}

function SubmitRow(props: { readonly words: string; readonly plain: boolean }): JSX.Element {
  const { t } = useUi();
  return (
    <>
      <p class={paneCss['quiet']}>{t('backup.credentialsWords')}</p>
      <div class={paneCss['row']}>
        <Button type="submit" {...(props.plain ? {} : { look: 'main' as const })}>
          {props.words}
        </Button>
      </div>
    </>
  );
}
