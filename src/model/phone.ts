// Phone numbers and mail addresses in one form each, so that one that is written in two ways is one. Calling codes and
// trunk prefixes are those of ITU-T E.164 and of its list of dialling procedures (itu.int, "Dialling procedures").

/** Numbers shorter than this have no country: services, short codes. */
const shortestNational = 7;
const longestDigits = 15;
/** National numbers are at most this long with the few codes that may stand before them without a plus sign. */
const codeStandsFrom = 12;

/** What is dialled before an international number, where it is not 00. */
const exitCodes: ReadonlyMap<string, string> = new Map([
  ['1', '011'],
  ['81', '010'],
  ['61', '0011'],
  ['7', '810'],
  ['852', '001'],
  ['65', '001'],
  ['82', '001'],
  ['66', '001'],
]);

/** What stands before a national number at home and falls away abroad, where it is not 0; '' where nothing does. */
const trunkPrefixes: ReadonlyMap<string, string> = new Map([
  ['1', '1'],
  ['7', '8'],
  ['36', '06'],
  ['39', ''],
  ['34', ''],
  ['351', ''],
  ['45', ''],
  ['47', ''],
  ['48', ''],
  ['30', ''],
  ['420', ''],
  ['852', ''],
  ['853', ''],
  ['65', ''],
]);

const ignorable = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const written = /^\+?[\d\s().\-/·‐-―]+$/;

/**
 * `+` and digits where the country is known: the number's own, else `callingCode` (such as `86`); else its digits alone.
 * Null for what is no phone number. Extensions fall away.
 */
export function normalisePhone(text: string, callingCode: string | null): string | null {
  const [number = ''] = text
    .normalize('NFKC')
    .replace(ignorable, '')
    .trim()
    .replace(/^tel:/i, '')
    .split(/[;,]|\s*(?:ext|x|p|w)/i);
  if (!written.test(number)) return null;
  const isInternational = number.trim().startsWith('+');
  const digits = (isInternational ? number.replace('(0)', '') : number).replace(/\D/g, '');
  if (digits.length < 3 || digits.length > longestDigits + 4) return null;
  if (isInternational) return digits.length > longestDigits ? null : `+${digits}`;
  return withCountry(digits, callingCode);
}

function withCountry(digits: string, callingCode: string | null): string {
  if (digits.length < shortestNational) return digits;
  const exit = exitCodes.get(callingCode ?? '') ?? '00';
  for (const prefix of [exit, '00'])
    if (digits.startsWith(prefix) && digits.length >= prefix.length + 8) return `+${digits.slice(prefix.length)}`;
  if (callingCode === null) return digits;
  if (digits.length >= codeStandsFrom && digits.startsWith(callingCode)) return `+${digits}`;
  const trunk = trunkPrefixes.get(callingCode) ?? '0';
  // In North America and Russia the prefix is also a first digit, but not of a number of the usual ten.
  const hasTrunk = trunk !== '' && digits.startsWith(trunk) && (trunk.startsWith('0') || digits.length === 11);
  return `+${callingCode}${hasTrunk ? digits.slice(trunk.length) : digits}`;
}

const callingCodes = /^\+(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/** Calling code of a number in international form, such as `86`; null for another. */
export function callingCodeOf(number: string): string | null {
  return callingCodes.exec(number)?.[0].slice(1) ?? null;
}

const mailAddress = /^[^\s@<>()",;:]{1,64}@[^\s@<>()",;:]{1,255}$/;

/** A mail address in lower case; null for what is none. */
export function normaliseMail(text: string): string | null {
  const address = text.trim().replace(/^mailto:/i, '');
  return mailAddress.test(address) ? address.toLowerCase() : null;
}
