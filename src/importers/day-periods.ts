// Words for the half of the day in text exports: those of formats/international.md §1.1, and those that CLDR (as shipped in
// ICU 74) gives for the other languages that WhatsApp speaks. Lower case, plain spaces, no full stop at the end.

export type HalfDay = 'am' | 'pm';

const beforeNoon = [
  'am',
  'a.m',
  'a. m',
  'vm',
  'fm',
  'ap',
  'de',
  'dop',
  'öö',
  'pg',
  'sa',
  'to',
  'p.d',
  'priešpiet',
  'priekšp',
  'πμ',
  'π.μ',
  'дп',
  'пр.об',
  'претпл',
  'ص',
  'ق.ظ',
  'ก่อนเที่ยง',
  'ກ່ອນທ່ຽງ',
  '上午',
  '凌晨',
  '清晨',
  '早上',
  '午夜',
  '午前',
  '오전',
];
const afterNoon = [
  'pm',
  'p.m',
  'p. m',
  'nm',
  'em',
  'ip',
  'du',
  'odp',
  'pop',
  'ös',
  'ptg',
  'ch',
  'tk',
  'm.d',
  'popiet',
  'pēcp',
  'μμ',
  'μ.μ',
  'пп',
  'сл.об',
  'попл',
  'م',
  'ب.ظ',
  'หลังเที่ยง',
  'ຫຼັງທ່ຽງ',
  '下午',
  '中午',
  '傍晚',
  '晚上',
  '午後',
  '오후',
];

export const dayPeriods: ReadonlyMap<string, HalfDay> = new Map<string, HalfDay>([
  ...beforeNoon.map((word) => [word, 'am'] as const),
  ...afterNoon.map((word) => [word, 'pm'] as const),
]);

/** Hour 0–23, or -1. At twelve, `am` is midnight and `pm` is noon; a clock of 24 hours may name the half as well. */
export function hourOfDay(hour: number, half: HalfDay | null): number {
  if (hour > 23) return -1;
  if (half === 'pm') return hour < 12 ? hour + 12 : hour;
  if (half === 'am') return hour === 12 ? 0 : hour < 12 ? hour : -1;
  return hour;
}
