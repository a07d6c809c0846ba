import { type JSX, Show } from 'solid-js';
import type { ReceiptView } from '../../model/view';
import { useUi } from '../ui';
import paneCss from '../shell/pane.module.css';

/** What an address book brought, in place of the figures of messages. Draws once its words are here. */
export function ContactsSummary(props: { readonly receipt: ReceiptView }): JSX.Element {
  const { t, format, hasWords, wantWords } = useUi();
  wantWords('gathering');
  return (
    <Show when={hasWords('gathering')}>
      <dl class={paneCss['facts']}>
        <dt>{t('contacts.named')}</dt>
        <dd>{format().count(props.receipt.contacts ?? 0)}</dd>
      </dl>
    </Show>
  );
}

/** The most important fact of an import of contacts. */
export function ContactsResult(props: { readonly receipts: readonly ReceiptView[] }): JSX.Element {
  const { t, hasWords, wantWords } = useUi();
  wantWords('gathering');
  const count = (): number => props.receipts.reduce((sum, { contacts = 0 }) => sum + contacts, 0);
  return <Show when={hasWords('gathering')}>{t('contacts.result', { count: count() })}</Show>;
}
