import { type JSX, Match, Show, Switch, createSignal } from 'solid-js';
import { Portal } from 'solid-js/web';
import type { DriveStatus, RecoverySheet } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import { backupRoute } from '../router';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';
import { BackupPage, Honest, Lead } from './backup-page';
import { SheetView } from './sheet-view';
import { WordCheck } from './word-check';

type Step = 'begin' | 'sheet' | 'check' | 'saved';

/** Makes recovery words and the sheet that holds them; they open the backup only after three of them were entered again. */
export function RecoverySheetPage(props: { readonly drive: DriveStatus }): JSX.Element {
  const { t, session, toasts, language, go } = useUi();
  const [step, setStep] = createSignal<Step>('begin');
  const [sheet, setSheet] = createSignal<RecoverySheet | null>(null);
  const [isBusy, setBusy] = createSignal(false);
  const make = async (): Promise<void> => {
    // Words that can be typed again with the keyboard of this language: the list has simplified characters.
    const words = await session.backup.makeRecoveryWords(language() === 'zh-CN' ? 'zh-CN' : 'en');
    setSheet(await session.backup.recoverySheet(props.drive.id, words));
    setStep('sheet');
  };
  const keep = async (): Promise<void> => {
    await session.backup.addKey(props.drive.id, { kind: 'recovery-words', text: sheet()?.words.join(' ') ?? '' });
    setSheet(null);
    setStep('saved');
  };
  const attempt = (work: () => Promise<void>): void => {
    setBusy(true);
    void work()
      .catch(toasts.fail)
      .finally(() => setBusy(false));
  };
  return (
    <BackupPage title={t('backup.sheet.title')} under={props.drive.name}>
      <Switch>
        <Match when={step() === 'begin'}>
          <Begin isBusy={isBusy()} onMake={() => attempt(make)} />
        </Match>
        <Match when={step() === 'sheet' && sheet()}>{(made) => <PrintStep sheet={made()} onNext={() => setStep('check')} />}</Match>
        <Match when={step() === 'check' && sheet()}>
          {(made) => <WordCheck words={made().words} isBusy={isBusy()} onBack={() => setStep('sheet')} onRight={() => attempt(keep)} />}
        </Match>
        <Match when={step() === 'saved'}>
          <Lead look="ok">{t('backup.sheet.saved')}</Lead>
          <p class={css['prose']}>{t('backup.sheet.savedWords')}</p>
          <div class={paneCss['row']}>
            <Button look="main" onClick={() => go(backupRoute('drive', props.drive.id), true)}>
              {t('backup.toDrive')}
            </Button>
          </div>
        </Match>
      </Switch>
    </BackupPage>
  );
}

function Begin(props: { readonly isBusy: boolean; readonly onMake: () => void }): JSX.Element {
  const { t } = useUi();
  return (
    <>
      <p class={css['prose']}>{t('backup.sheet.words')}</p>
      <Card title={t('backup.sheet.howTitle')}>
        <ol class={css['numbered']}>
          <li>{t('backup.sheet.how1')}</li>
          <li>{t('backup.sheet.how2')}</li>
          <li>{t('backup.sheet.how3')}</li>
        </ol>
      </Card>
      <Honest>{t('backup.limit.sheet')}</Honest>
      <div class={css['stepActions']}>
        <Button look="main" icon="receipt" disabled={props.isBusy} onClick={() => props.onMake()}>
          {t('backup.sheet.make')}
        </Button>
      </div>
    </>
  );
}

function PrintStep(props: { readonly sheet: RecoverySheet; readonly onNext: () => void }): JSX.Element {
  const { t } = useUi();
  return (
    <>
      <State look="warn">{t('backup.sheet.notYet')}</State>
      <SheetView sheet={props.sheet} />
      <Portal ref={(element) => (element.dataset['print'] = '')}>
        <SheetView sheet={props.sheet} />
      </Portal>
      <div class={css['stepActions']}>
        <Button icon="print" onClick={() => window.print()}>
          {t('backup.sheet.print')}
        </Button>
        <Button look="main" onClick={() => props.onNext()}>
          {t('backup.sheet.next')}
        </Button>
      </div>
      <Show when={props.sheet.words.length > 0}>
        <p class={paneCss['quiet']}>{t('backup.sheet.byHand')}</p>
      </Show>
    </>
  );
}
