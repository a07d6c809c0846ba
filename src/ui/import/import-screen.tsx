import { For, type JSX, Match, Show, Suspense, Switch, createSignal, lazy, onMount } from 'solid-js';
import { demoArchiveName } from '../../model/source';
import { Icon } from '../icons/icon';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import { createLoaded } from '../primitives/loaded';
import { ReceiptSummary } from '../receipts/receipt-summary';
import { FileChoice } from '../shell/file-choice';
import { Card, Page } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import shellCss from '../shell/shell.module.css';
import { useUi } from '../ui';
import css from './import.module.css';
import { KeepAdvice, loadKeepAdvice } from './keep-advice';
import { ImportProgress } from './import-progress';
import { PlanView, loadPlanCards, planSections } from './plan-view';

const ContactsResult = lazy(async () => ({ default: (await import('../receipts/contacts-summary')).ContactsResult }));
const ReadAgainCard = lazy(async () => ({ default: (await import('../receipts/read-again-card')).ReadAgainCard }));
const GuidesCard = lazy(async () => ({ default: (await import('./guides-card')).GuidesCard }));
const SharedCards = lazy(async () => ({ default: (await import('./shared-cards')).SharedCards }));
const FetchMediaCard = lazy(async () => ({ default: (await import('../backups/fetch-media-card')).FetchMediaCard }));

/** Taking an archive in: choose, look at what it is, take, and what came of it. Drawn once its words are here. */
export function ImportScreen(): JSX.Element {
  const { hasWords, wantWords } = useUi();
  wantWords('import');
  return (
    <Show when={hasWords('import')} fallback={<main />}>
      <ImportPhases />
    </Show>
  );
}

function ImportPhases(): JSX.Element {
  const { t, imports, hasWords, wantWords } = useUi();
  const [hasCards, setHasCards] = createSignal(false);
  // For the plan and for what came of it.
  for (const section of [...planSections, 'install'] as const) wantWords(section);
  void loadKeepAdvice();
  void loadPlanCards().then(() => setHasCards(true));
  const canShowPlan = (): boolean => imports.phase() === 'planned' && hasCards() && planSections.every(hasWords);
  return (
    <Page title={t(imports.restoring() ? 'import.restoring' : 'import.title')}>
      <Switch>
        <Match when={imports.phase() === 'idle'}>
          <ChooseArchive />
        </Match>
        <Match when={canShowPlan() && imports.plan()}>{(plan) => <PlanView plan={plan()} />}</Match>
        <Match when={['planning', 'planned', 'running'].includes(imports.phase())}>
          <ImportProgress />
        </Match>
        <Match when={imports.phase() === 'done'}>
          <ImportResult />
        </Match>
        <Match when={imports.phase() === 'failed'}>
          <ImportFailed />
        </Match>
      </Switch>
    </Page>
  );
}

function ChooseArchive(): JSX.Element {
  const { t, imports, session, wide, toasts, edition, hasWords, wantWords } = useUi();
  // Both cards at once: one that comes later would push the other down.
  wantWords('guides');
  const receipts = createLoaded(edition, () => session.vault.receipts(), toasts.fail);
  return (
    <>
      <Suspense>
        <SharedCards />
        <Show when={receipts()?.some(({ again }) => again !== undefined) && receipts()}>{(all) => <ReadAgainCard receipts={all()} />}</Show>
      </Suspense>
      <section class={shellCss['zone']} aria-label={t('import.chooseFiles')}>
        <Icon name="import" />
        <p>{t(wide() ? 'first.drop' : 'first.choose')}</p>
        <FileChoice />
        <Button look="plain" onClick={() => void imports.begin(session.demoArchive())}>
          {t('first.demo')}
        </Button>
      </section>
      <Show when={hasWords('guides')}>
        <Suspense>
          <GuidesCard />
          <Card title={t('import.which')}>
            <p>{t('import.whichWords')}</p>
            <p class={paneCss['quiet']}>{t('first.honest')}</p>
          </Card>
        </Suspense>
      </Show>
    </>
  );
}

function ImportResult(): JSX.Element {
  const { t, imports, go, toasts } = useUi();
  onMount(() => void import('./shared-cards').then(({ discardTaken }) => discardTaken()).catch(toasts.fail));
  const added = (): number => imports.receipts().reduce((sum, receipt) => sum + receipt.added, 0);
  const isDemo = (): boolean => imports.receipts().every(({ files }) => files.every(({ path }) => path === demoArchiveName));
  const read = (): void => {
    const [only, ...more] = new Set(imports.receipts().flatMap((receipt) => receipt.conversations.map(({ conversation }) => conversation)));
    imports.dismiss();
    go(only === undefined || more.length > 0 ? { screen: 'home' } : { screen: 'conversation', id: only, seq: null });
  };
  return (
    <>
      <h2 class={paneCss['lead']}>
        <Suspense>
          <Show
            when={imports.receipts().some(({ contacts }) => contacts !== undefined) && added() === 0}
            fallback={t(added() > 0 ? 'result.added' : 'result.nothingNew', { count: added() })}
          >
            <ContactsResult receipts={imports.receipts()} />
          </Show>
        </Suspense>
      </h2>
      <For each={imports.receipts()}>
        {(receipt) => (
          <Card>
            <ReceiptSummary receipt={receipt} />
          </Card>
        )}
      </For>
      <Suspense>
        <Show when={imports.restoring()}>
          <FetchMediaCard />
        </Show>
      </Suspense>
      <Show when={added() > 0 && !isDemo()}>
        <KeepAdvice />
      </Show>
      <div class={css['sticky']}>
        <Button onClick={() => imports.dismiss()}>{t('result.another')}</Button>
        <Button look="main" onClick={read}>
          {t('result.read')}
        </Button>
      </div>
    </>
  );
}

function ImportFailed(): JSX.Element {
  const { t, imports } = useUi();
  return (
    <Show when={imports.error()}>
      {(error) => (
        <Card title={t('import.failed')}>
          <State look="danger">{t(`error.${error().code}`, error().facts)}</State>
          <div class={paneCss['row']}>
            <Button look="main" onClick={() => imports.dismiss()}>
              {t('result.another')}
            </Button>
          </div>
        </Card>
      )}
    </Show>
  );
}
