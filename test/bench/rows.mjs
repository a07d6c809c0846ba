// The rows of the result: `{name, value, unit, peer, peerValue, ratio, budget, ok}`. `budget` is in the unit of `value`, or,
// where a peer is given and the budget is a factor, `ratio` is held against it.

/** Sorted copy's value at share `p` (0..1). */
export function percentile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0;
}

const round = (value) => (value === null ? null : Number(value.toPrecision(4)));

/** A row without a peer: the value itself stands against the budget. */
export function plainRow(name, value, unit, budget) {
  return { name, value: round(value), unit, peer: null, peerValue: null, ratio: null, budget, ok: budget === null || value <= budget };
}

/** A row against a peer: with a `factor` the ratio stands against it, otherwise the value against `budget` if there is one. */
export function peerRow(name, value, unit, peer, peerValue, { factor = null, budget = null }) {
  const ratio = peerValue > 0 ? value / peerValue : null;
  const ok = factor !== null ? ratio !== null && ratio <= factor : budget === null || value <= budget;
  return { name, value: round(value), unit, peer, peerValue: round(peerValue), ratio: round(ratio), budget: factor ?? budget, ok };
}

/** The rows, or none where `what` fails, which it says: the others are measured all the same. */
export async function rowsOrNone(what, measure) {
  try {
    return await measure();
  } catch (error) {
    console.error(what, error);
    return [];
  }
}

/** The table as text. */
export function printTable(rows) {
  const head = ['', 'what', 'value', 'unit', 'peer', 'peer value', 'ratio', 'budget'];
  const cells = rows.map((row) =>
    [row.ok ? 'ok' : 'MISS', row.name, row.value, row.unit, row.peer ?? '', row.peerValue ?? '', row.ratio ?? '', row.budget ?? ''].map(
      String,
    ),
  );
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((line) => line[column].length)));
  for (const line of [head, ...cells])
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}
