/** Gives turns: each begun turn ends the one before, so that the answer of a superseded question is dropped. */
export function createLatest(): () => { readonly isLatest: () => boolean } {
  let turns = 0;
  return () => {
    turns += 1;
    const mine = turns;
    return { isLatest: () => mine === turns };
  };
}
