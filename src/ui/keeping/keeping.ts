// The screens of what the owner keeps, and of memories: fetched together.

export { KeptScreen } from './kept-screen';
export { MemoriesScreen } from './memories-screen';
export { MemoryCard } from './memory-card';
