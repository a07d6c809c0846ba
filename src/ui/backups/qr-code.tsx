import { type JSX, Show, createResource } from 'solid-js';
import css from './sheet.module.css';

/** Modules around a code that stay white, so that a camera finds it. */
const quiet = 4;

/** Path over the dark modules of a code, one rectangle a run. */
async function drawQr(text: string): Promise<{ readonly size: number; readonly path: string }> {
  const { encode } = await import('uqr');
  const { data, size } = encode(text, { ecc: 'M', border: quiet });
  const runs: string[] = [];
  data.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (row[x] !== true) continue;
      const from = x;
      while (row[x + 1] === true) x += 1;
      runs.push(`M${from} ${y}h${x - from + 1}v1H${from}z`);
    }
  });
  return { size, path: runs.join('') };
}

/** A QR code that is drawn here; black on white in every scheme. */
export function QrCode(props: { readonly text: string; readonly label: string }): JSX.Element {
  const [drawn] = createResource(() => props.text, drawQr);
  return (
    <div class={css['qr']}>
      <Show when={drawn.latest}>
        {(code) => (
          <svg viewBox={`0 0 ${code().size} ${code().size}`} role="img" aria-label={props.label} shape-rendering="crispEdges">
            <path d={code().path} />
          </svg>
        )}
      </Show>
    </div>
  );
}
