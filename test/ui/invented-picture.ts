// Pictures for invented sessions.

/** A small picture made from the hash: two colours and a hill. */
export function inventedPicture(sha256: string): string {
  const hue = (Number.parseInt(sha256.slice(0, 2), 16) * 47) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="hsl(${hue} 45% 72%)"/><circle cx="480" cy="140" r="60" fill="hsl(${hue + 40} 80% 88%)"/><path d="M0 480 220 220 380 400 470 310 640 480Z" fill="hsl(${hue} 35% 42%)"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
