// How much the threads of a tab keep decrypted, all together a share of the device's memory: a quarter for reading, the rest for
// the search pool.

import { type CacheBudget, cacheBytesOf, createCacheBudget } from '../src/model/cache-budget';
import { searchPoolSize } from '../src/model/search-pool-size';

const { deviceMemory, hardwareConcurrency } = navigator as WorkerNavigator & { readonly deviceMemory?: number };
const tabBytes = cacheBytesOf(deviceMemory);

export const readingCaches = (): CacheBudget => createCacheBudget(tabBytes / 4);

export const searchCaches = (): CacheBudget => createCacheBudget((tabBytes * 3) / 4 / searchPoolSize(hardwareConcurrency));
