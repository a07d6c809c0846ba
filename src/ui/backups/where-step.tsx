import { For, type JSX, Show, Suspense, lazy } from 'solid-js';
import { type DriveKind, driveKinds } from '../../model/drive';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/paths';
import { Button } from '../primitives/button';
import { Select, State } from '../primitives/controls';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';
import { Honest } from './backup-page';
import { type ServiceId, serviceOf, services } from './popular-drives';

const RecipesCard = lazy(async () => ({ default: (await import('./recipes-card')).RecipesCard }));

const kindIcons: Readonly<Record<DriveKind, IconName>> = {
  webdav: 'link',
  s3: 'shield',
  dropbox: 'cloud',
  onedrive: 'cloud',
  'google-drive': 'cloud',
  folder: 'folder',
};

/** The kind of place, and what is known of the service behind it. */
export function WhereStep(props: {
  readonly service: ServiceId;
  readonly isRestoring: boolean;
  readonly onChoose: (service: ServiceId) => void;
  readonly onNext: () => void;
}): JSX.Element {
  const { t } = useUi();
  const kind = (): DriveKind => serviceOf(props.service).kind;
  const first = (of: DriveKind): ServiceId => services.find((service) => service.kind === of)?.id ?? 'webdav-other';
  const ofKind = () => services.filter((service) => service.kind === kind());
  return (
    <>
      <h2 class={css['stepTitle']}>{t(props.isRestoring ? 'backup.where.restore' : 'backup.where.title')}</h2>
      <fieldset class={css['kinds']}>
        <legend class={css['hidden']}>{t('backup.where.kind')}</legend>
        <For each={driveKinds}>
          {(one) => (
            <label class={css['kind']} classList={{ [css['chosen'] ?? '']: one === kind() }}>
              <input type="radio" name="kind" checked={one === kind()} onChange={() => props.onChoose(first(one))} />
              <Icon name={kindIcons[one]} />
              <span>
                <span class={css['linkTitle']}>{t(`backup.kind.${one}`)}</span>
                <span class={paneCss['quiet']}>{t(`backup.kindWords.${one}`)}</span>
              </span>
            </label>
          )}
        </For>
      </fieldset>
      <Card>
        <Show when={ofKind().length > 1}>
          <Select
            label={t('backup.where.service')}
            options={ofKind().map(({ id }) => ({ value: id, label: t(`backup.service.${id}`) }))}
            value={props.service}
            onChoose={props.onChoose}
          />
        </Show>
        <p>{t(`backup.hint.${props.service}`)}</p>
        <Show when={serviceOf(props.service).isClosed}>
          <State look="warn">{t('backup.where.closed')}</State>
          <div class={paneCss['row']}>
            <Button icon="folder" onClick={() => props.onChoose('synced-folder')}>
              {t('backup.where.useFolder')}
            </Button>
            <Button icon="link" onClick={() => props.onChoose('openlist')}>
              {t('backup.where.useBridge')}
            </Button>
          </div>
        </Show>
      </Card>
      <Honest>{t('backup.limit.sizes')}</Honest>
      <div class={css['stepActions']}>
        <Button look="main" disabled={serviceOf(props.service).isClosed === true} onClick={() => props.onNext()}>
          {t('backup.next')}
        </Button>
      </div>
      <Suspense>
        <RecipesCard />
      </Suspense>
    </>
  );
}
