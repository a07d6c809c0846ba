import { For, type JSX, Show, Suspense, createSignal, lazy } from 'solid-js';
import type { ReceiptView } from '../../model/view';
import type { Format } from '../format';
import { archiveKind } from '../import/words';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import { shownName } from '../primitives/file-name';
import { saveText } from '../primitives/save-file';
import { Card, Page } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import type { Translate } from '../strings/strings';
import { useUi } from '../ui';
import { problemWords } from './problem-words';
import { ReceiptSummary } from './receipt-summary';
import css from './receipts.module.css';
import { UndoDialog } from './undo-dialog';

const OriginalCard = lazy(async () => ({ default: (await import('./original-card')).OriginalCard }));

/** The lasting account of one import. */
export function ReceiptPage(props: { readonly receipt: ReceiptView }): JSX.Element {
  const { t, format, session, toasts } = useUi();
  const [undoing, setUndoing] = createSignal(false);
  const save = async (): Promise<void> => {
    try {
      saveText(await session.vault.exportReceipt(props.receipt.id), `camphor-receipt-${props.receipt.id}.json`, 'application/json');
    } catch (cause) {
      toasts.fail(cause);
    }
  };
  return (
    <Page title={t('receipt.title')}>
      <Show when={props.receipt.undoneAtMs}>
        {(undoneAtMs) => <State look="warn">{t('receipt.undoneAt', { time: format().instant(undoneAtMs()) })}</State>}
      </Show>
      <Card>
        <ReceiptSummary receipt={props.receipt} link={false} />
        <dl class={paneCss['facts']}>
          <dt>{t('receipt.when')}</dt>
          <dd>{format().instant(props.receipt.importedAtMs)}</dd>
          <dt>{t('receipt.format')}</dt>
          <dd>{t('mark.aside', { words: archiveKind(props.receipt, t), aside: formatOf(props.receipt) })}</dd>
        </dl>
        <div class={paneCss['row']}>
          <Button icon="save" onClick={() => void save()}>
            {t('receipt.save')}
          </Button>
          <Show when={props.receipt.canUndo}>
            <Button look="danger" icon="undo" onClick={() => setUndoing(true)}>
              {t('receipt.undo')}
            </Button>
          </Show>
        </div>
        <p class={paneCss['quiet']}>{t('receipt.saveWords')}</p>
      </Card>
      <Show when={props.receipt.contacts === undefined}>
        <Conversations receipt={props.receipt} />
      </Show>
      <Files receipt={props.receipt} />
      <Suspense>
        <Show when={props.receipt.originals}>{(originals) => <OriginalCard receipt={props.receipt.id} originals={originals()} />}</Show>
      </Suspense>
      <Problems receipt={props.receipt} />
      <Show when={undoing()}>
        <UndoDialog receipt={props.receipt} onClose={() => setUndoing(false)} />
      </Show>
    </Page>
  );
}

const identityWords = {
  content: 'receipt.ofContent',
  'content-pieces': 'receipt.ofPieces',
  'central-directory': 'receipt.ofDirectory',
} as const;

const columns = ['receipt.name', 'receipt.range', 'receipt.read', 'receipt.added', 'receipt.known', 'receipt.changed'] as const;

function Conversations(props: { readonly receipt: ReceiptView }): JSX.Element {
  const { t, format } = useUi();
  return (
    <Card title={t('receipt.conversations', { count: props.receipt.conversations.length })}>
      <div
        class={css['scroll']}
        tabindex="0"
        role="region"
        aria-label={t('receipt.conversations', { count: props.receipt.conversations.length })}
      >
        <table class={css['table']} role="table">
          <thead role="rowgroup">
            <tr role="row">
              <For each={columns}>
                {(name) => (
                  <th role="columnheader" scope="col">
                    {t(name)}
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody role="rowgroup">
            <For each={props.receipt.conversations}>
              {(one) => (
                <tr role="row">
                  <td role="cell">
                    <bdi>{one.name ?? props.receipt.conversationNames[one.conversation] ?? t('plan.unnamed')}</bdi>
                  </td>
                  <td role="cell">
                    {one.firstAtMs === null || one.lastAtMs === null ? t('mark.none') : format().dateRange(one.firstAtMs, one.lastAtMs)}
                  </td>
                  <For each={[one.read, one.added, one.known, one.changed]}>{(count) => <td role="cell">{format().count(count)}</td>}</For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Files(props: { readonly receipt: ReceiptView }): JSX.Element {
  const { t, format } = useUi();
  return (
    <Card title={t('receipt.files', { count: props.receipt.files.length })}>
      <For each={props.receipt.files.slice(0, 50)}>
        {(file) => (
          <div>
            <p>
              <bdi>{shownName(file.path)}</bdi>
              {t('mark.dot')}
              {format().bytes(file.sizeBytes)}
            </p>
            <p class={paneCss['quiet']}>
              <code>{`${t('mark.aside', { words: 'SHA-256', aside: t(identityWords[file.identityOf]) })} ${file.identity}`}</code>
            </p>
          </div>
        )}
      </For>
      <For each={props.receipt.accounting.slice(0, 50)}>
        {(entry) => (
          <p class={paneCss['quiet']}>
            <bdi>{shownName(entry.path)}</bdi>
            {t('mark.colon')}
            {accountWords(entry, t, format())}
          </p>
        )}
      </For>
    </Card>
  );
}

type Account = ReceiptView['accounting'][number];

/** In rows for a database, in bytes for all else. */
function accountWords(account: Account, t: Translate, format: Format): string {
  const isRows = account.unit === 'row';
  const write = (amount: number): string => (isRows ? format.count(amount) : format.bytes(amount));
  return t(isRows ? 'receipt.accountingRows' : 'receipt.accounting', {
    records: write(account.recordBytes),
    problems: write(account.problemBytes),
    structure: write(account.structureBytes),
    size: write(account.sizeBytes),
  });
}

function placeWords({ entry, offsetBytes }: ReceiptView['problems'][number], { accounting }: ReceiptView, t: Translate): string {
  const account = accounting.find((each) => each.entry === entry) ?? accounting[entry];
  const file = shownName(account?.path ?? '');
  return account?.unit === 'row'
    ? t('receipt.placeRow', { row: offsetBytes + 1, file })
    : t('receipt.place', { offset: offsetBytes, file });
}

const problemPage = 50;

function Problems(props: { readonly receipt: ReceiptView }): JSX.Element {
  const { t, format } = useUi();
  const [shown, setShown] = createSignal(problemPage);
  return (
    <Show when={Object.keys(props.receipt.problemCounts).length > 0}>
      <Card title={t('receipt.problems')}>
        <ul>
          <For each={Object.entries(props.receipt.problemCounts)}>
            {([code, count]) => (
              <li>
                {problemWords(t, code)}
                {t('mark.dot')}
                {format().count(count)}
              </li>
            )}
          </For>
        </ul>
        <For each={props.receipt.problems.slice(0, shown())}>
          {(one) => (
            <ProblemItem title={problemWords(t, one.problem.code)} place={placeWords(one, props.receipt, t)} raw={one.problem.raw} />
          )}
        </For>
        <Show when={props.receipt.problems.length > shown()}>
          <Button onClick={() => setShown(shown() + problemPage * 4)}>{t('action.showMore')}</Button>
        </Show>
      </Card>
    </Show>
  );
}

/** The raw piece enters the page only when it is asked for. */
function ProblemItem(props: { readonly title: string; readonly place: string; readonly raw: string }): JSX.Element {
  const [open, setOpen] = createSignal(false);
  return (
    <details class={css['problem']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {props.title} <bdi class={paneCss['quiet']}>{props.place}</bdi>
      </summary>
      <Show when={open()}>
        <pre class={paneCss['raw']} tabindex="0">
          {props.raw}
        </pre>
      </Show>
    </details>
  );
}

/** The importer and the version, and what encrypted databases were written with, as figures are: in no language. */
const formatOf = ({ format, formatVersion, openedAs }: ReceiptView): string =>
  [format, formatVersion, ...(openedAs === undefined ? [] : [openedAs])].join(', ');
