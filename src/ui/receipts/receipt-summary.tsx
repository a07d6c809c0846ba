import { type JSX, Show, Suspense, lazy } from 'solid-js';
import type { ReceiptView } from '../../model/view';
import { State } from '../primitives/controls';
import { shownName } from '../primitives/file-name';
import paneCss from '../shell/pane.module.css';
import { formatRoute } from '../router';
import { useUi } from '../ui';

const ContactsSummary = lazy(async () => ({ default: (await import('./contacts-summary')).ContactsSummary }));

/** How many pieces of an archive were not understood or are missing. */
export function problemTotal(receipt: ReceiptView): number {
  return Object.values(receipt.problemCounts).reduce((sum, count) => sum + count, 0);
}

/** The first file of an archive. */
export function receiptFile(receipt: ReceiptView): string {
  return shownName(receipt.files[0]?.path.split('/').at(-1) ?? receipt.format);
}

/** What an archive is called: by its conversation where it holds one, else by its first file. */
export function receiptName(receipt: ReceiptView): string {
  const [only, ...more] = receipt.conversations;
  if (only === undefined || more.length > 0) return receiptFile(receipt);
  return only.name || receipt.conversationNames[only.conversation] || receiptFile(receipt);
}

/** The figures of one import, each said apart: read, new, known, changed, media, problems. */
export function ReceiptSummary(props: { readonly receipt: ReceiptView; readonly link?: boolean }): JSX.Element {
  const { t, format } = useUi();
  return (
    <>
      <h3 class={paneCss['cardTitle']} dir="auto">
        {receiptName(props.receipt)}
      </h3>
      <Show when={receiptFile(props.receipt) !== receiptName(props.receipt)}>
        <p class={paneCss['quiet']} dir="auto">
          {receiptFile(props.receipt)}
        </p>
      </Show>
      <Suspense>
        <Show when={props.receipt.contacts !== undefined}>
          <ContactsSummary receipt={props.receipt} />
        </Show>
      </Suspense>
      <dl class={paneCss['facts']}>
        <Show when={props.receipt.contacts === undefined}>
          <dt>{t('receipt.read')}</dt>
          <dd>{format().count(props.receipt.messagesRead)}</dd>
          <dt>{t('receipt.added')}</dt>
          <dd>{format().count(props.receipt.added)}</dd>
          <dt>{t('receipt.known')}</dt>
          <dd>{format().count(props.receipt.known)}</dd>
          <dt>{t('receipt.changed')}</dt>
          <dd>{format().count(props.receipt.changed)}</dd>
          <dt>{t('receipt.media')}</dt>
          <dd>{t('receipt.mediaWords', { found: props.receipt.mediaFound, missing: props.receipt.mediaMissing })}</dd>
        </Show>
        <dt>{t('receipt.problems')}</dt>
        <dd>
          <Show when={problemTotal(props.receipt) > 0} fallback={<State look="ok">{t('receipt.noProblems')}</State>}>
            <State look="warn">{t('receipt.problemWords', { count: problemTotal(props.receipt) })}</State>
          </Show>
        </dd>
      </dl>
      <Show when={props.link !== false}>
        <a href={formatRoute({ screen: 'receipts', id: props.receipt.id })}>{t('receipt.open')}</a>
      </Show>
    </>
  );
}
