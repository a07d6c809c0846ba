import { For, type JSX, createMemo } from 'solid-js';
import type { Highlight } from '../../model/view';
import { snippetParts } from './snippet-parts';

export function Snippet(props: { readonly snippet: string; readonly highlights: readonly Highlight[] }): JSX.Element {
  const parts = createMemo(() => snippetParts(props.snippet, props.highlights));
  return <For each={parts()}>{(part) => (part.marked ? <mark>{part.text}</mark> : part.text)}</For>;
}
