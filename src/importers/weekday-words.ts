// Days of the week in the languages that chat apps write dates in (CLDR as shipped in ICU 74, and the bare letters of
// Chinese, Japanese, Korean and Thai). A date line names its weekday: that tells a date from a message that looks like
// one, and most often which of its numbers is the day.

import { phraseKey } from './marks';

/** Words of each language from Sunday to Saturday, short and long ones of a day divided by `|`. */
const languages: readonly string[] = [
  'sun|sunday mon|monday tue|tuesday wed|wednesday thu|thursday fri|friday sat|saturday',
  '日|日曜日 月|月曜日 火|火曜日 水|水曜日 木|木曜日 金|金曜日 土|土曜日',
  '日|周日|週日|星期日|星期天 一|周一|週一|星期一 二|周二|週二|星期二 三|周三|週三|星期三 四|周四|週四|星期四 五|周五|週五|星期五 六|周六|週六|星期六',
  '일|일요일 월|월요일 화|화요일 수|수요일 목|목요일 금|금요일 토|토요일',
  'อา|อาทิตย์|วันอาทิตย์ จ|จันทร์|วันจันทร์ อ|อังคาร|วันอังคาร พ|พุธ|วันพุธ พฤ|พฤหัส|พฤหัสบดี|วันพฤหัสบดี ศ|ศุกร์|วันศุกร์ ส|เสาร์|วันเสาร์',
  'min|minggu sen|senin sel|selasa rab|rabu kam|kamis jum|jumat sab|sabtu',
  'ahd|ahad isn|isnin sel|selasa rab|rabu kha|khamis jum|jumaat sab|sabtu',
  'cn|chủ_nhật t2|thứ_2|th_2|thứ_hai t3|thứ_3|th_3|thứ_ba t4|thứ_4|th_4|thứ_tư t5|thứ_5|th_5|thứ_năm t6|thứ_6|th_6|thứ_sáu t7|thứ_7|th_7|thứ_bảy',
  'dom|domingo lun|lunes mar|martes mié|miércoles jue|jueves vie|viernes sáb|sábado',
  'dom|domingo seg|segunda-feira ter|terça-feira qua|quarta-feira qui|quinta-feira sex|sexta-feira sáb|sábado',
  'dim|dimanche lun|lundi mar|mardi mer|mercredi jeu|jeudi ven|vendredi sam|samedi',
  'so|sonntag mo|montag di|dienstag mi|mittwoch do|donnerstag fr|freitag sa|samstag',
  'dom|domenica lun|lunedì mar|martedì mer|mercoledì gio|giovedì ven|venerdì sab|sabato',
  'вс|воскресенье пн|понедельник вт|вторник ср|среда чт|четверг пт|пятница сб|суббота',
  'нд|неділя пн|понеділок вт|вівторок ср|середа чт|четвер пт|пʼятниця сб|субота',
  'paz|pazar pzt|pazartesi sal|salı çar|çarşamba per|perşembe cum|cuma cmt|cumartesi',
  'zo|zondag ma|maandag di|dinsdag wo|woensdag do|donderdag vr|vrijdag za|zaterdag',
  'nedjelja ponedjeljak utorak srijeda četvrtak petak subota',
  'neděle pondělí úterý středa čtvrtek pátek sobota',
  'niedz|niedziela pon|poniedziałek wt|wtorek śr|środa czw|czwartek pt|piątek sob|sobota',
  'الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت',
];

const daysByWord = new Map<string, Set<number>>();
for (const language of languages) {
  for (const [weekday, words] of language.split(' ').entries()) {
    for (const written of words.split('|')) {
      const word = written.replaceAll('_', ' ');
      daysByWord.set(word, (daysByWord.get(word) ?? new Set()).add(weekday));
    }
  }
}

/** True where `word` may name the weekday of `day` (days since 1970-01-01) in some language; dots, brackets and marks around it are ignored. */
export function isWeekdayOf(word: string, day: number): boolean {
  const key = phraseKey(word.replace(/^[\s(（]{1,4}/, '').replace(/[\s)）,，.]{1,4}$/, ''));
  return daysByWord.get(key)?.has((((day + 4) % 7) + 7) % 7) ?? false;
}
