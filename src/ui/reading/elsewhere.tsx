import { type JSX, Suspense, lazy } from 'solid-js';
import type { Attachment } from '../../model/message';
import { Icon } from '../icons/icon';
import css from './card.module.css';
import { kindIcons } from './file-card';

const GetMedium = lazy(async () => ({ default: (await import('../backups/get-medium')).GetMedium }));

/** A medium that lies on a drive only, and the way to bring it here. */
export function Elsewhere(props: { readonly attachment: Attachment; readonly label: string; readonly onHere: () => void }): JSX.Element {
  return (
    <div class={css['missing']}>
      <Icon name={kindIcons[props.attachment.kind]} />
      <div class={css['elsewhere']}>
        <bdi>{props.label}</bdi>
        <Suspense>
          <GetMedium attachment={props.attachment} onHere={props.onHere} />
        </Suspense>
      </div>
    </div>
  );
}
