// What every match of an expression holds, for the signatures.

import type { RegexNode } from './regex-syntax';

/** Letters that fold on their own, whatever stands beside them and in whichever case they match. */
const certain = /^[A-Za-z0-9\u4e00-\u9fff]$/;

/** Runs of letters that stand in every text that the expression matches. */
export function requiredLiterals(node: RegexNode): readonly string[] {
  const runs = [''];
  collect(node, runs);
  return runs.filter((run) => run !== '');
}

/** Goes on with the last run, or begins another where anything may stand between. */
function collect(node: RegexNode, runs: string[]): void {
  if (node.is === 'sequence') {
    for (const item of node.items) collect(item, runs);
  } else if (node.is === 'set' && certain.test(node.source)) {
    runs.push((runs.pop() ?? '') + node.source);
  } else if (node.is === 'repeat' && node.least > 0) {
    runs.push('');
    collect(node.item, runs);
    runs.push('');
  } else if (node.is !== 'assertion') {
    runs.push('');
  }
}
