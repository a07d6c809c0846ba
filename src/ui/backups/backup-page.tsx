import { type JSX, Show } from 'solid-js';
import type { Route } from '../router';
import { formatRoute } from '../router';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/paths';
import { PaneHead } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';

/** One column with its head; `under` names the drive that it is about, and the way back is always there but at home. */
export function BackupPage(props: {
  readonly title: string;
  readonly under?: string;
  readonly atHome?: boolean;
  readonly children: JSX.Element;
}): JSX.Element {
  const { wide } = useUi();
  return (
    <main class={paneCss['pane']}>
      <PaneHead title={props.title} under={props.under} back={props.atHome !== true || !wide()} />
      <div class={paneCss['body']}>
        <div class={paneCss['page']}>{props.children}</div>
      </div>
    </main>
  );
}

/** The most important fact of a screen, as its largest text. */
export function Lead(props: {
  readonly look: 'ok' | 'warn' | 'danger';
  readonly children: JSX.Element;
  readonly under?: string | undefined;
}): JSX.Element {
  return (
    <div class={css['lead']}>
      <span class={css[props.look]}>
        <Icon name={props.look === 'ok' ? 'shield' : 'warn'} />
      </span>
      <div>
        <div role="status">
          <h2 class={css['headline']}>{props.children}</h2>
        </div>
        <Show when={props.under}>
          <p class={paneCss['quiet']}>{props.under}</p>
        </Show>
      </div>
    </div>
  );
}

/** The way to another screen, with what is known there. */
export function LinkRow(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly under?: string | undefined;
  readonly route: Route;
}): JSX.Element {
  const { go } = useUi();
  return (
    <li>
      <a
        class={css['linkRow']}
        href={formatRoute(props.route)}
        onClick={(event) => {
          event.preventDefault();
          go(props.route);
        }}
      >
        <Icon name={props.icon} />
        <span class={css['linkWords']}>
          <span class={css['linkTitle']}>{props.title}</span>
          <Show when={props.under}>
            <span class={paneCss['quiet']}>{props.under}</span>
          </Show>
        </span>
        <Icon name="forward" />
      </a>
    </li>
  );
}

/** A limit that is said where it matters. */
export function Honest(props: { readonly children: JSX.Element }): JSX.Element {
  return (
    <p class={css['honest']}>
      <Icon name="info" />
      <span>{props.children}</span>
    </p>
  );
}
