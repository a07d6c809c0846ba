import { For, type JSX, Show, Suspense, createSignal, lazy } from 'solid-js';
import type { ImportChoice, ImportPlan, PlannedArchive } from '../../model/view';
import { Button } from '../primitives/button';
import { Empty, State } from '../primitives/controls';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './import.module.css';
import { LockedCard } from './locked-card';
import { proposedChoice } from './proposed-choice';
import { problemWords } from '../receipts/problem-words';
import { PlanQuestions } from './plan-questions';
import { PlanConversations } from './plan-conversations';
import { PlanRange } from './plan-range';
import { archiveKind, archiveSums, certainFacts, mediaSums } from './words';

const PlanOriginal = lazy(async () => ({ default: (await import('./plan-original')).PlanOriginal }));
const PhoneCard = lazy(async () => ({ default: (await import('./phone-card')).PhoneCard }));
const PlanContacts = lazy(async () => ({ default: (await import('./plan-contacts')).PlanContacts }));

const problemsShown = 20;

const UnrecognisedCard = lazy(async () => ({ default: (await import('../tables/unrecognised-card')).UnrecognisedCard }));
const MappedNote = lazy(async () => ({ default: (await import('../tables/mapped-note')).MappedNote }));
const TableMapper = lazy(async () => ({ default: (await import('../tables/table-mapper')).TableMapper }));

/** What a plan may say besides, its cards too: words that came later would move the button that is about to be pressed, and so would cards. */
export const planSections = ['table', 'gathering'] as const;

/** Loads what a plan may show besides. Never rejects. */
export async function loadPlanCards(): Promise<void> {
  await Promise.allSettled([PlanOriginal, PhoneCard, PlanContacts, UnrecognisedCard, MappedNote].map((card) => card.preload()));
}

/** A table whose columns are being chosen. */
interface Mapped {
  readonly fileId: string;
  readonly name: string;
  readonly isMapped: boolean;
}

/** What a drop holds, before anything is kept; or a table of it whose columns are being chosen. */
export function PlanView(props: { readonly plan: ImportPlan }): JSX.Element {
  const [mapped, setMapped] = createSignal<Mapped | null>(null);
  return (
    <Show when={mapped()} fallback={<WholePlan plan={props.plan} onMap={setMapped} />} keyed>
      {(table) => (
        <Suspense>
          <TableMapper {...table} onLeave={() => setMapped(null)} />
        </Suspense>
      )}
    </Show>
  );
}

function WholePlan(props: { readonly plan: ImportPlan; readonly onMap: (table: Mapped) => void }): JSX.Element {
  const { t, format, imports } = useUi();
  // Locked files and phones' backups have cards of their own.
  const hasNothing = (): boolean => props.plan.locked.length + props.plan.backups.length === 0;
  // By their ids: a plan that was worked out again keeps its cards, and the focus in them.
  const ids = (): readonly string[] => props.plan.archives.map(({ archiveId }) => archiveId);
  const takesAnything = (): boolean =>
    props.plan.archives.some((archive) => {
      const choice = imports.choices().find(({ archiveId }) => archiveId === archive.archiveId);
      return archive.conversations.length === 0 || archive.conversations.some(({ index }) => choice?.conversations[index] !== 'skip');
    });
  return (
    <>
      <For each={props.plan.locked}>{(file) => <LockedCard file={file} />}</For>
      <For each={props.plan.backups}>
        {(backup) => (
          <Suspense>
            <PhoneCard backup={backup} />
          </Suspense>
        )}
      </For>
      <Show when={props.plan.archives.length > 0} fallback={hasNothing() && <Nothing plan={props.plan} />}>
        <h2 class={paneCss['lead']}>{t('plan.found', { count: props.plan.archives.length })}</h2>
      </Show>
      <Show when={props.plan.again}>{(again) => <p>{t('again.plan', { count: again().pieces })}</p>}</Show>
      <For each={ids()}>
        {(id) => (
          <Show when={props.plan.archives.find(({ archiveId }) => archiveId === id)}>
            {(archive) => <ArchiveCard archive={archive()} onMap={props.onMap} />}
          </Show>
        )}
      </For>
      <Show when={props.plan.unrecognised.length > 0}>
        <Suspense>
          <UnrecognisedCard
            plan={props.plan}
            onChoose={({ fileId, path }) => props.onMap({ fileId, name: path.slice(path.lastIndexOf('/') + 1), isMapped: false })}
          />
        </Suspense>
      </Show>
      <Show when={props.plan.problems.length > 0}>
        <Card title={t('plan.problems', { count: props.plan.problems.length })}>
          <ul class={css['files']}>
            <For each={props.plan.problems.slice(0, problemsShown)}>
              {(problem) => (
                <li>
                  <State look="warn">{problemWords(t, problem.code)}</State>
                </li>
              )}
            </For>
          </ul>
        </Card>
      </Show>
      <div class={css['sticky']}>
        <Button onClick={() => imports.dismiss()}>{t(props.plan.archives.length > 0 ? 'action.cancel' : 'plan.again')}</Button>
        <Show when={props.plan.archives.length > 0}>
          <Button look="main" icon="import" disabled={!takesAnything() || imports.replanning()} onClick={() => void imports.run()}>
            {t('plan.take', { count: props.plan.archives.length, total: format().count(props.plan.archives.length) })}
          </Button>
        </Show>
      </div>
    </>
  );
}

function Nothing(props: { readonly plan: ImportPlan }): JSX.Element {
  const { t } = useUi();
  return (
    <Empty icon="unknown" title={t('plan.nothing')}>
      <Show when={props.plan.seen.length > 0}>
        <p>{t('plan.nothingWords')}</p>
      </Show>
    </Empty>
  );
}

function ArchiveCard(props: { readonly archive: PlannedArchive; readonly onMap: (table: Mapped) => void }): JSX.Element {
  const { t, format, imports } = useUi();
  const choice = (): ImportChoice =>
    imports.choices().find(({ archiveId }) => archiveId === props.archive.archiveId) ?? proposedChoice(props.archive.archiveId);
  const title = (): string => props.archive.title ?? archiveKind(props.archive, t);
  const facts = (): string => {
    const { openedAs } = props.archive;
    const opened = openedAs === undefined ? [] : [openedAs];
    return [archiveKind(props.archive, t), ...certainFacts(props.archive, t, format()), ...opened].join(t('mark.comma'));
  };
  return (
    <Card title={title()}>
      <Show when={facts() !== title()}>
        <p>{facts()}</p>
      </Show>
      <p class={paneCss['quiet']}>{archiveSums(props.archive, t, format())}</p>
      <Show when={props.archive.tableId}>
        {(fileId) => (
          <Suspense>
            <MappedNote onChange={() => props.onMap({ fileId: fileId(), name: title(), isMapped: true })} />
          </Suspense>
        )}
      </Show>
      <Show when={props.archive.mediaFound + props.archive.mediaMissing > 0}>
        <p class={paneCss['quiet']}>{mediaSums(props.archive, t, format())}</p>
      </Show>
      <Show when={imports.restoring() && props.archive.mediaFound > 0 && choice().media === 'none'}>
        <p>{t('plan.mediaStay')}</p>
      </Show>
      <Preview archive={props.archive} />
      <Suspense>
        <Show when={props.archive.contacts}>
          {(contacts) => <PlanContacts archive={props.archive} contacts={contacts()} choice={choice()} />}
        </Show>
      </Suspense>
      <PlanQuestions archive={props.archive} choice={choice()} />
      <Show when={props.archive.contacts === undefined}>
        <PlanConversations archive={props.archive} choice={choice()} />
        <PlanRange archive={props.archive} choice={choice()} />
      </Show>
      <Suspense>
        <Show when={props.archive.originalBytes}>
          {(sizeBytes) => <PlanOriginal archive={props.archive} choice={choice()} sizeBytes={sizeBytes()} />}
        </Show>
      </Suspense>
      <Show
        when={props.archive.fits.ok}
        fallback={
          <State look="warn">
            {t('plan.doesNotFit', {
              needed: format().bytes(props.archive.fits.neededBytes),
              free: format().bytes(props.archive.fits.freeBytes),
            })}
          </State>
        }
      >
        <p class={paneCss['quiet']}>
          {t('plan.fits', { needed: format().bytes(props.archive.fits.neededBytes), free: format().bytes(props.archive.fits.freeBytes) })}
        </p>
      </Show>
    </Card>
  );
}

function Preview(props: { readonly archive: PlannedArchive }): JSX.Element {
  const { t, format } = useUi();
  return (
    <Show when={props.archive.preview.length > 0}>
      <section aria-label={t('plan.preview')}>
        <p class={paneCss['quiet']}>{t('plan.preview')}</p>
        <ol class={css['preview']}>
          <For each={props.archive.preview.slice(0, 5)}>
            {(message) => (
              <li>
                <bdi class={css['who']}>{message.senderName ?? t('kind.system')}</bdi>
                <time class={css['when']}>{`${format().date(message.sentAtMs)} ${format().clock(message.sentAtMs)}`}</time>
                <span class={css['said']} dir="auto">
                  {message.text === '' ? t(`kind.${message.kind}`) : message.text.slice(0, 300)}
                </span>
              </li>
            )}
          </For>
        </ol>
      </section>
    </Show>
  );
}
