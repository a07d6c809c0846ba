// Types, decided by magic bytes, that the screen may show. No SVG, HTML or PDF: opened on their own they could run.

export const inlineTypes: ReadonlySet<string> = new Set([
  'image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif', 'image/bmp',
  'video/mp4', 'video/webm', 'video/quicktime', 'video/3gpp',
  'audio/mpeg', 'audio/mp4', 'audio/aac', 'audio/ogg', 'audio/wav', 'audio/webm', 'audio/flac', 'audio/opus',
]); // prettier-ignore
