import { type JSX, Show, createSignal } from 'solid-js';
import type { DriveStatus, FreeingChoice, FreeingView } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { Choices, Select, State } from '../primitives/controls';
import { errorOf } from '../primitives/toast-state';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';

const megabyte = 1_000_000;
const leastChoices = [0, megabyte, 10 * megabyte] as const;
/** Months; 0 for any age. */
const ageChoices = [0, 6, 12, 24] as const;

/** The same day so many months ago; null for no months. */
function monthsAgo(months: number): number | null {
  if (months === 0) return null;
  const date = new Date();
  date.setMonth(date.getMonth() - months);
  return date.getTime();
}

/** Media that the drive has may go from this device: shown first, and never what is not safe elsewhere. */
export function FreeMediaCard(props: { readonly drive: DriveStatus }): JSX.Element {
  const { t, format, session, toasts } = useUi();
  const [leastBytes, setLeastBytes] = createSignal(0);
  const [months, setMonths] = createSignal(0);
  const [found, setFound] = createSignal<FreeingView | null>(null);
  const [phase, setPhase] = createSignal<'idle' | 'looking' | 'running' | 'done'>('idle');
  const show = async (then: 'idle' | 'done', asked: Promise<FreeingView>): Promise<void> => {
    setPhase(then === 'done' ? 'running' : 'looking');
    try {
      const view = await asked;
      setFound(view);
      setPhase(view.obstacle === null ? then : 'idle');
    } catch (cause) {
      setPhase('idle');
      if (errorOf(cause).code !== 'cancelled') toasts.fail(cause);
    }
  };
  const choice = (): FreeingChoice => ({ leastBytes: leastBytes(), beforeMs: monthsAgo(months()) });
  const look = (): Promise<void> => show('idle', session.backup.planFreeing(props.drive.id, choice()));
  const free = (): Promise<void> =>
    show(
      'done',
      session.backup.freeMedia(props.drive.id, choice(), () => {}),
    );
  const choose = (set: (value: number) => void, value: string): void => {
    set(Number(value));
    setFound(null);
    setPhase('idle');
  };
  return (
    <Card title={t('backup.free.title')}>
      <p>{t('backup.free.words')}</p>
      <Choices
        label={t('backup.free.which')}
        options={leastChoices.map((bytes) => ({
          value: String(bytes),
          label: bytes === 0 ? t('backup.free.all') : t('backup.free.large', { size: format().bytes(bytes) }),
        }))}
        value={String(leastBytes())}
        onChoose={(value) => choose(setLeastBytes, value)}
      />
      <Select
        label={t('backup.free.age')}
        options={ageChoices.map((value) => ({
          value: String(value),
          label: value === 0 ? t('backup.free.anyAge') : t('backup.free.older', { count: value }),
        }))}
        value={String(months())}
        onChoose={(value) => choose(setMonths, value)}
      />
      <div role="status">
        <Show when={found()}>{(view) => <Found view={view()} done={phase() === 'done'} name={props.drive.name} />}</Show>
        <Show when={phase() === 'running'}>
          <p>{t('backup.free.running')}</p>
        </Show>
      </div>
      <Show when={phase() !== 'done'}>
        <div class={paneCss['row']}>
          <Button disabled={phase() !== 'idle'} onClick={() => void look()}>
            {t('backup.free.look')}
          </Button>
          <Show when={found()?.obstacle === null && (found()?.media ?? 0) > 0}>
            <Button look="danger" icon="trash" disabled={phase() !== 'idle'} onClick={() => void free()}>
              {t('backup.free.now')}
            </Button>
          </Show>
        </div>
      </Show>
    </Card>
  );
}

/** What would go, what went, or why nothing may. */
function Found(props: { readonly view: FreeingView; readonly done: boolean; readonly name: string }): JSX.Element {
  const { t, format } = useUi();
  const sums = () => ({ count: props.view.media, size: format().bytes(props.view.bytes) });
  return (
    <Show
      when={props.view.obstacle}
      fallback={
        <Show when={props.view.media > 0} fallback={<p>{t('backup.free.nothing')}</p>}>
          <Show when={!props.done} fallback={<State look="ok">{t('backup.free.done', sums())}</State>}>
            <p>{t('backup.free.would', sums())}</p>
            <State look="warn">{t('backup.free.only', { name: props.name })}</State>
          </Show>
        </Show>
      }
    >
      {(obstacle) => <State look="warn">{t(`backup.free.not.${obstacle()}`)}</State>}
    </Show>
  );
}
