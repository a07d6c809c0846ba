import { For, type JSX, Show } from 'solid-js';
import type { ReadAgainView, ReceiptView } from '../../model/view';
import { Button } from '../primitives/button';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { receiptName } from './receipt-summary';

/** What was said of an offer once is not offered again for the same revision. */
const settingOf = ({ receipt }: ReadAgainView): string => `readAgain.${receipt}`;

/** Imports of which this version understands more than the one that made them. Nothing where there are none; offered once. */
export function ReadAgainCard(props: { readonly receipts: readonly ReceiptView[] }): JSX.Element {
  const { t, settings, changeSetting, imports, hasWords, wantWords } = useUi();
  const offers = (): readonly { readonly receipt: ReceiptView; readonly again: ReadAgainView }[] =>
    props.receipts.flatMap((receipt) => {
      const { again } = receipt;
      return again !== undefined && settings()[settingOf(again)] !== String(again.revision) ? [{ receipt, again }] : [];
    });
  const settle = (again: ReadAgainView): void => changeSetting(settingOf(again), String(again.revision));
  wantWords('gathering');
  return (
    <Show when={offers().length > 0 && hasWords('gathering')}>
      <Card title={t('again.title')}>
        <p>{t('again.words')}</p>
        <ul>
          <For each={offers()}>
            {({ receipt, again }) => (
              <li>
                <p>
                  <bdi>{receiptName(receipt)}</bdi>
                </p>
                <p class={paneCss['quiet']}>{t(again.fromOriginal ? 'again.fromOriginal' : 'again.fromPieces')}</p>
                <Show when={again.cut > 0}>
                  <p class={paneCss['quiet']}>{t('again.cut', { count: again.cut })}</p>
                </Show>
                <div class={paneCss['row']}>
                  <Button
                    look="main"
                    onClick={() => {
                      settle(again);
                      void imports.begin(again.receipt);
                    }}
                  >
                    {t('again.read', { count: again.pieces })}
                  </Button>
                  <Button onClick={() => settle(again)}>{t('again.notNow')}</Button>
                </div>
              </li>
            )}
          </For>
        </ul>
      </Card>
    </Show>
  );
}
