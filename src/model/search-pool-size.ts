// How many workers search.

const limit = 4;

export const searchPoolSize = (hardwareConcurrency: number): number => Math.max(1, Math.min(limit, hardwareConcurrency));
