import { For, type JSX, Match, Show, Suspense, Switch, lazy } from 'solid-js';
import type { ReceiptView } from '../../model/view';
import { Button } from '../primitives/button';
import { Empty } from '../primitives/controls';
import { createLoaded } from '../primitives/loaded';
import { formatRoute } from '../router';
import { Page } from '../shell/pane';
import type { Translate } from '../strings/strings';
import { useUi } from '../ui';
import { ReceiptPage } from './receipt-page';
import { receiptFile, receiptName } from './receipt-summary';
import css from './receipts.module.css';

const ReadAgainCard = lazy(async () => ({ default: (await import('./read-again-card')).ReadAgainCard }));

/** All imports ever made, the newest first; one of them where the address names it. Drawn once its words are here. */
export function ReceiptsScreen(): JSX.Element {
  const { hasWords, wantWords } = useUi();
  wantWords('import');
  wantWords('gathering');
  return (
    <Show when={hasWords('import') && hasWords('gathering')} fallback={<main />}>
      <Receipts />
    </Show>
  );
}

function Receipts(): JSX.Element {
  const { t, session, toasts, edition, conversations, route } = useUi();
  const receipts = createLoaded(
    // Which conversations are shown changes with the list.
    () => conversations() && { edition: edition(), conversations: conversations() },
    () => session.vault.receipts(),
    toasts.fail,
  );
  const wanted = (): ReceiptView | undefined => {
    const now = route();
    return now.screen === 'receipts' ? receipts()?.find(({ id }) => id === now.id) : undefined;
  };
  return (
    <Switch
      fallback={
        <Page title={t('receipts.title')}>
          <Show when={receipts()}>
            {(all) => (
              <>
                <Suspense>
                  <Show when={all().some(({ again }) => again !== undefined)}>
                    <ReadAgainCard receipts={all()} />
                  </Show>
                </Suspense>
                <ReceiptList receipts={all()} />
              </>
            )}
          </Show>
        </Page>
      }
    >
      <Match when={wanted()}>{(receipt) => <ReceiptPage receipt={receipt()} />}</Match>
    </Switch>
  );
}

/** What came in, in short. */
function receiptSums({ undoneAtMs, contacts, added, known }: ReceiptView, t: Translate): string {
  if (undoneAtMs !== null) return t('receipts.undone');
  return contacts === undefined ? t('receipts.sums', { added, known }) : t('contacts.sums', { count: contacts });
}

function ReceiptList(props: { readonly receipts: readonly ReceiptView[] }): JSX.Element {
  const { t, format, go } = useUi();
  return (
    <Show
      when={props.receipts.length > 0}
      fallback={
        <Empty icon="receipt" title={t('receipts.empty')} words={t('receipts.emptyWords')}>
          <Button look="main" icon="import" onClick={() => go({ screen: 'import' })}>
            {t('command.import')}
          </Button>
        </Empty>
      }
    >
      <ul class={css['list']}>
        <For each={props.receipts}>
          {(receipt) => (
            <li>
              <a class={css['item']} href={formatRoute({ screen: 'receipts', id: receipt.id })}>
                <bdi class={css['name']}>{receiptName(receipt)}</bdi>
                <time class={css['when']}>{format().listTime(receipt.importedAtMs, Date.now())}</time>
                <span class={css['under']}>
                  {t(`source.${receipt.source}`)}
                  {t('mark.dot')}
                  <Show when={receiptFile(receipt) !== receiptName(receipt)}>
                    <bdi>{receiptFile(receipt)}</bdi>
                    {t('mark.dot')}
                  </Show>
                  {receiptSums(receipt, t)}
                </span>
              </a>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
