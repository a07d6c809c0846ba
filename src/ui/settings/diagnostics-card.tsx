import { type JSX, Show, createSignal } from 'solid-js';
import { copyText } from '../primitives/copy-text';
import { Button } from '../primitives/button';
import { saveText } from '../primitives/save-file';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { type Ui, useUi } from '../ui';
import { diagnosticsText, readBrowser } from './diagnostics';
import css from './settings.module.css';

/** A report for whoever looks into a fault: shown whole before it is copied or saved, and sent nowhere. */
export function DiagnosticsCard(): JSX.Element {
  const ui = useUi();
  const { t, toasts } = ui;
  const [report, setReport] = createSignal<string | null>(null);
  const [making, setMaking] = createSignal(false);
  const make = async (): Promise<void> => {
    setMaking(true);
    setReport(await makeReport(ui));
    setMaking(false);
  };
  const copy = (text: string): void => {
    copyText(text, toasts);
  };
  return (
    <Card title={t('diagnostics.title')}>
      <p>{t('diagnostics.words')}</p>
      <Show
        when={report()}
        fallback={
          <div class={paneCss['row']}>
            <Button disabled={making()} onClick={() => void make()}>
              {t('diagnostics.make')}
            </Button>
          </div>
        }
      >
        {(text) => (
          <>
            <pre class={css['report']} tabindex="0" aria-label={t('diagnostics.title')} role="region" lang="en" dir="ltr">
              {text()}
            </pre>
            <div class={paneCss['row']}>
              <Button icon="copy" onClick={() => copy(text())}>
                {t('action.copyReport')}
              </Button>
              <Button icon="save" onClick={() => saveText(text(), 'camphor-diagnostics.json', 'application/json')}>
                {t('action.saveFile')}
              </Button>
            </div>
          </>
        )}
      </Show>
    </Card>
  );
}

/** What cannot be had stands in the report as null: whoever needs it may have a fault in just that. */
async function makeReport({ session, status, conversations }: Ui): Promise<string> {
  const orNull = <Value,>(call: Promise<Value>): Promise<Value | null> => call.catch(() => null);
  const [storage, receipts, drives] = await Promise.all([
    orNull(session.vault.storage()),
    orNull(session.vault.receipts()),
    session.backup.mayHaveDrives ? orNull(session.backup.drives()) : null,
  ]);
  const facts = { version: __APP_VERSION__, status: status(), storage, conversations: conversations() ?? [], receipts, drives };
  return diagnosticsText(facts, readBrowser());
}
