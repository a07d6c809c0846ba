import { For, type JSX, onMount } from 'solid-js';
import type { ImportChoice, PlannedArchive } from '../../model/view';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './import.module.css';

/** What an address book brings. */
export function PlanContacts(props: {
  readonly archive: PlannedArchive;
  readonly contacts: NonNullable<PlannedArchive['contacts']>;
  readonly choice: ImportChoice;
}): JSX.Element {
  const { t, imports } = useUi();
  onMount(() => {
    const country = countryHere(props.archive);
    const { archiveId, answers } = props.choice;
    if (country !== null && answers['country'] === undefined) imports.choose(archiveId, { answers: { ...answers, country } }, true);
  });
  return (
    <>
      <p>{t('contacts.count', { count: props.contacts.count })}</p>
      <p class={paneCss['quiet']}>{t('contacts.words')}</p>
      <section aria-label={t('contacts.preview')}>
        <p class={paneCss['quiet']}>{t('contacts.preview')}</p>
        <ul class={css['preview']}>
          <For each={props.contacts.first}>
            {(contact) => (
              <li>
                <bdi class={css['who']}>{contact.name}</bdi>
                <bdi class={css['said']}>{contact.number}</bdi>
              </li>
            )}
          </For>
        </ul>
      </section>
      <p class={paneCss['quiet']}>{t('contacts.notTaken')}</p>
    </>
  );
}

/** The country of the browser's language, where the numbers themselves tell none. */
function countryHere({ questions }: PlannedArchive): string | null {
  const here = new Intl.Locale(navigator.language).maximize().region;
  const open = questions.find(({ kind, answer }) => kind === 'country' && answer === null);
  return open?.options.find(({ value }) => value === here)?.value ?? null;
}
