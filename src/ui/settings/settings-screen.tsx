import { type JSX, Show, Suspense, lazy } from 'solid-js';
import { languages } from '../../model/language';
import type { Preferences } from '../../session/session';
import { singleKeysSetting } from '../keyboard';
import { createAwaited } from '../primitives/awaited';
import { Button } from '../primitives/button';
import { Checkbox, Choices, Select } from '../primitives/controls';
import { InstallAdvice } from '../shell/install-advice';
import { Card, Page } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { AboutCard } from './about-card';
import { DiagnosticsCard } from './diagnostics-card';
import { HiddenCard } from './hidden-card';
import { IntegrityCard } from './integrity-card';
import { KeptSecretsCard } from './kept-secrets-card';
import { PassphraseCard } from './passphrase-card';
import { StorageCard } from './storage-card';

const ExportCard = lazy(async () => ({ default: (await import('../exports/export-card')).ExportCard }));

const sections = ['settings', 'export', 'reading', 'install'] as const;

/**
 * Everything that can be chosen, and the plain words about what this app can and cannot do. Draws once all of it is here: a
 * card that came later would move the buttons below it.
 */
export function SettingsScreen(): JSX.Element {
  const { t, hasWords, wantWords, session, edition, toasts } = useUi();
  sections.forEach(wantWords);
  const storage = createAwaited(edition, () => session.vault.storage(), toasts.fail);
  return (
    <Page title={t('settings.title')}>
      <Show when={sections.every(hasWords)}>
        <Suspense>
          <LookCard />
          <PassphraseCard />
          <StorageCard storage={storage()} />
          <ExportCard storage={storage()} />
          <IntegrityCard />
          <KeptSecretsCard />
          <HiddenCard />
          <KeysCard />
          <InstallAdvice />
          <DiagnosticsCard />
          <AboutCard />
        </Suspense>
      </Show>
    </Page>
  );
}

function LookCard(): JSX.Element {
  const { t, preferences, session } = useUi();
  const choices = (): readonly { readonly value: Preferences['language']; readonly label: string }[] => [
    { value: 'system', label: t('settings.system') },
    ...languages.map((value) => ({ value, label: t(`language.${value}`) })),
  ];
  return (
    <Card title={t('settings.look')}>
      <Select
        label={t('settings.language')}
        options={choices()}
        value={preferences().language}
        onChoose={(language) => session.setPreferences({ language })}
      />
      <Choices
        label={t('settings.theme')}
        options={(['system', 'light', 'dark'] as const).map((value) => ({
          value,
          label: t(value === 'system' ? 'settings.system' : `theme.${value}`),
        }))}
        value={preferences().theme}
        onChoose={(theme) => session.setPreferences({ theme })}
      />
      <Choices
        label={t('settings.textSize')}
        options={(['small', 'usual', 'large', 'largest'] as const).map((value) => ({ value, label: t(`textSize.${value}`) }))}
        value={preferences().textSize}
        onChoose={(textSize) => session.setPreferences({ textSize })}
      />
      <Choices
        label={t('settings.density')}
        options={(['roomy', 'compact'] as const).map((value) => ({ value, label: t(`density.${value}`) }))}
        value={preferences().density}
        onChoose={(density) => session.setPreferences({ density })}
      />
    </Card>
  );
}

function KeysCard(): JSX.Element {
  const { t, settings, changeSetting, setDialog } = useUi();
  return (
    <Card title={t('settings.keys')}>
      <Checkbox
        label={t('settings.singleKeys')}
        on={settings()[singleKeysSetting] !== 'off'}
        onToggle={(on) => changeSetting(singleKeysSetting, on ? 'on' : 'off')}
      />
      <div class={paneCss['row']}>
        <Button onClick={() => setDialog('shortcuts')}>{t('command.shortcuts')}</Button>
      </div>
    </Card>
  );
}
