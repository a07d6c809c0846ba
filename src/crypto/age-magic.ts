// How age files begin. Apart from the rest, so that a drop is looked into without loading what opens one.

const binaryStart = 'age-encryption.org/v';
const armorStart = '-----BEGIN AGE ENCRYPTED FILE-----';

/** What of a file is enough to know. */
export const ageHeadBytes = 1024;

const textOf = (head: Uint8Array): string => new TextDecoder().decode(head.subarray(0, ageHeadBytes));

/** True where the file is age's text form. White space may come before it. */
export function isArmored(head: Uint8Array): boolean {
  return textOf(head).trimStart().startsWith(armorStart);
}

/** True where a file that begins so is an age file, of any version, armored or not. `head`: `ageHeadBytes` of it, or all. */
export function isAge(head: Uint8Array): boolean {
  return textOf(head).startsWith(binaryStart) || isArmored(head);
}
