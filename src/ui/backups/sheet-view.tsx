import { For, type JSX } from 'solid-js';
import type { RecoverySheet } from '../../model/backup-view';
import { Mark } from '../icons/icon';
import { Phrase } from '../primitives/phrase';
import { useUi } from '../ui';
import { QrCode } from './qr-code';
import css from './sheet.module.css';

/** The recovery sheet as it is printed: what this is, where the backup lies, the words, and the commands that need no app. */
export function SheetView(props: { readonly sheet: RecoverySheet }): JSX.Element {
  const { t, format } = useUi();
  return (
    <article class={css['sheet']} aria-label={t('backup.sheet.title')}>
      <header class={css['head']}>
        <Mark />
        <div>
          <h2 class={css['title']}>{t('backup.sheet.heading')}</h2>
          <p>{t('backup.sheet.what')}</p>
        </div>
      </header>
      <dl class={css['facts']}>
        <dt>{t('backup.sheet.drive')}</dt>
        <dd>
          <Phrase of="mark.aside" values={{ words: props.sheet.driveName, aside: t(`backup.kind.${props.sheet.kind}`) }} />
        </dd>
        <dt>{t('backup.sheet.place')}</dt>
        <dd dir="ltr">{props.sheet.place}</dd>
        <dt>{t('backup.sheet.repository')}</dt>
        <dd dir="ltr">{props.sheet.repositoryId}</dd>
        <dt>{t('backup.sheet.date')}</dt>
        <dd>{format().date(props.sheet.printedAtMs)}</dd>
      </dl>
      <section class={css['secret']}>
        <div>
          <h3 class={css['part']}>{t('backup.sheet.recoveryWords')}</h3>
          <ol class={css['words']}>
            <For each={props.sheet.words}>{(word) => <li translate="no">{word}</li>}</For>
          </ol>
        </div>
        <QrCode text={props.sheet.words.join(' ')} label={t('backup.sheet.qr')} />
      </section>
      <section>
        <h3 class={css['part']}>{t('backup.sheet.inApp')}</h3>
        <p>{t('backup.sheet.inAppWords')}</p>
      </section>
      <section>
        <h3 class={css['part']}>{t('backup.sheet.without')}</h3>
        <p>{t('backup.sheet.withoutWords')}</p>
        <For each={props.sheet.commands}>
          {(command) => (
            <>
              <p class={css['purpose']}>{t(`backup.sheet.command.${command.purpose}`)}</p>
              <pre class={css['command']} dir="ltr" tabindex="0" aria-label={t(`backup.sheet.command.${command.purpose}`)}>
                {command.lines.join('\n')}
              </pre>
            </>
          )}
        </For>
      </section>
      <section>
        <h3 class={css['part']}>{t('backup.sheet.hints')}</h3>
        <div class={css['blank']} />
        <div class={css['blank']} />
      </section>
    </article>
  );
}
