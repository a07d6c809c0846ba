import { For, type JSX, createMemo } from 'solid-js';
import type { StringKey, Values } from '../strings/strings';
import { splitSlots } from '../strings/text';
import { useUi } from '../ui';

/** Text of ours with names of theirs in it, each name kept apart from the direction of the sentence. */
export function Phrase(props: { readonly of: StringKey; readonly values: Values }): JSX.Element {
  const { t } = useUi();
  const keepSlots = createMemo(() => {
    const named: Record<string, string | number> = {};
    for (const [slot, value] of Object.entries(props.values)) named[slot] = typeof value === 'number' ? value : `{${slot}}`;
    return splitSlots(t(props.of, named));
  });
  return <For each={keepSlots()}>{(piece) => ('words' in piece ? piece.words : <bdi>{props.values[piece.slot]}</bdi>)}</For>;
}
