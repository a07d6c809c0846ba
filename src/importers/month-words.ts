// Months in the languages that apps write dates in (CLDR as shipped in ICU 78: short and long forms, alone and in a date).
// A few words name different months in two languages, so a date is read in the language of its file.

/** Words of each language from January to December: lower case, forms of a month divided by `|`, `_` for a space. */
const languages: readonly string[] = [
  'jan|january feb|february mar|march apr|april may jun|june jul|july aug|august sep|sept|september oct|october nov|november dec|december',
  'ene|enero feb|febrero mar|marzo abr|abril may|mayo jun|junio jul|julio ago|agosto sep|sept|septiembre oct|octubre nov|noviembre dic|diciembre',
  'jan|janeiro fev|fevereiro mar|março abr|abril mai|maio jun|junho jul|julho ago|agosto set|setembro out|outubro nov|novembro dez|dezembro',
  'janv|janvier févr|février mars avr|avril mai juin juil|juillet août sept|septembre oct|octobre nov|novembre déc|décembre',
  'jan|januar feb|februar mär|märz apr|april mai jun|juni jul|juli aug|august sep|sept|september okt|oktober nov|november dez|dezember',
  'gen|gennaio feb|febbraio mar|marzo apr|aprile mag|maggio giu|giugno lug|luglio ago|agosto set|settembre ott|ottobre nov|novembre dic|dicembre',
  'jan|januari feb|februari mrt|maart apr|april mei jun|juni jul|juli aug|augustus sep|september okt|oktober nov|november dec|december',
  'jan|januari feb|februari mars apr|april maj juni juli aug|augusti sep|september okt|oktober nov|november dec|december',
  'jan|januar feb|februar mar|marts apr|april maj jun|juni jul|juli aug|august sep|september okt|oktober nov|november dec|december',
  'jan|januar feb|februar mar|mars apr|april mai jun|juni jul|juli aug|august sep|september okt|oktober nov|november des|desember',
  'tammi|tammikuu|tammikuuta helmi|helmikuu|helmikuuta maalis|maaliskuu|maaliskuuta huhti|huhtikuu|huhtikuuta touko|toukokuu|toukokuuta kesä|kesäkuu|kesäkuuta heinä|heinäkuu|heinäkuuta elo|elokuu|elokuuta syys|syyskuu|syyskuuta loka|lokakuu|lokakuuta marras|marraskuu|marraskuuta joulu|joulukuu|joulukuuta',
  'jan|janúar feb|febrúar mar|mars apr|apríl maí jún|júní júl|júlí ágú|ágúst sep|september okt|október nóv|nóvember des|desember',
  'jaan|jaanuar veebr|veebruar märts apr|aprill mai juuni juuli aug|august sept|september okt|oktoober nov|november dets|detsember',
  'janv|janvāris febr|februāris marts apr|aprīlis maijs jūn|jūnijs jūl|jūlijs aug|augusts sept|septembris okt|oktobris nov|novembris dec|decembris',
  'sausis|sausio vasaris|vasario kovas|kovo balandis|balandžio gegužė|gegužės birželis|birželio liepa|liepos rugpjūtis|rugpjūčio rugsėjis|rugsėjo spalis|spalio lapkritis|lapkričio gruodis|gruodžio',
  'sty|styczeń|stycznia lut|luty|lutego mar|marzec|marca kwi|kwiecień|kwietnia maj|maja cze|czerwiec|czerwca lip|lipiec|lipca sie|sierpień|sierpnia wrz|wrzesień|września paź|październik|października lis|listopad|listopada gru|grudzień|grudnia',
  'led|leden|ledna úno|únor|února bře|březen|března dub|duben|dubna kvě|květen|května čvn|červen|června čvc|červenec|července srp|srpen|srpna zář|září říj|říjen|října lis|listopad|listopadu pro|prosinec|prosince',
  'jan|január|januára feb|február|februára mar|marec|marca apr|apríl|apríla máj|mája jún|júna júl|júla aug|august|augusta sep|september|septembra okt|október|októbra nov|november|novembra dec|december|decembra',
  'jan|januar feb|februar mar|marec apr|april maj jun|junij jul|julij avg|avgust sep|september okt|oktober nov|november dec|december',
  'sij|siječanj|siječnja velj|veljača|veljače ožu|ožujak|ožujka tra|travanj|travnja svi|svibanj|svibnja lip|lipanj|lipnja srp|srpanj|srpnja kol|kolovoz|kolovoza ruj|rujan|rujna lis|listopad|listopada stu|studeni|studenoga pro|prosinac|prosinca',
  'јан|јануар феб|фебруар мар|март апр|април мај јун јул авг|август сеп|септембар окт|октобар нов|новембар дец|децембар',
  'jan|januar feb|februar mar|mart apr|april maj jun jul avg|avgust sep|septembar okt|oktobar nov|novembar dec|decembar',
  'jan|januar feb|februar mar|mart apr|april maj jun|juni jul|juli aug|august sep|septembar okt|oktobar nov|novembar dec|decembar',
  'јан|јануари фев|февруари мар|март апр|април мај јун|јуни јул|јули авг|август сеп|септември окт|октомври ное|ноември дек|декември',
  'януари февруари март април май юни юли август септември октомври ноември декември',
  'янв|январь|января февр|февраль|февраля март|мар|марта апр|апрель|апреля май|мая июнь|июн|июня июль|июл|июля авг|август|августа сент|сентябрь|сентября окт|октябрь|октября нояб|ноябрь|ноября дек|декабрь|декабря',
  'січ|січень|січня лют|лютий|лютого бер|березень|березня квіт|квітень|квітня трав|травень|травня черв|червень|червня лип|липень|липня серп|серпень|серпня вер|вересень|вересня жовт|жовтень|жовтня лист|листопад|листопада груд|грудень|грудня',
  'сту|студзень|студзеня лют|люты|лютага сак|сакавік|сакавіка кра|красавік|красавіка май|мая чэр|чэрвень|чэрвеня ліп|ліпень|ліпеня жні|жнівень|жніўня вер|верасень|верасня кас|кастрычнік|кастрычніка ліс|лістапад|лістапада сне|снежань|снежня',
  'ian|ianuarie feb|februarie mar|martie apr|aprilie mai iun|iunie iul|iulie aug|august sept|septembrie oct|octombrie nov|noiembrie dec|decembrie',
  'jan|január febr|február márc|március ápr|április máj|május jún|június júl|július aug|augusztus szept|szeptember okt|október nov|november dec|december',
  'ιαν|ιανουαρίου φεβ|φεβρουαρίου μαρ|μαρτίου απρ|απριλίου μαΐ|μαΐου ιουν|ιουνίου ιουλ|ιουλίου αυγ|αυγούστου σεπ|σεπτεμβρίου οκτ|οκτωβρίου νοε|νοεμβρίου δεκ|δεκεμβρίου',
  'oca|ocak şub|şubat mar|mart nis|nisan may|mayıs haz|haziran tem|temmuz ağu|ağustos eyl|eylül eki|ekim kas|kasım ara|aralık',
  'yan|yanvar fev|fevral mar|mart apr|aprel may iyn|iyun iyl|iyul avq|avqust sen|sentyabr okt|oktyabr noy|noyabr dek|dekabr',
  'jan|janar shk|shkurt mar|mars pri|prill maj qer|qershor korr|korrik gush|gusht sht|shtator tet|tetor nën|nëntor dhj|dhjetor',
  'gen|de_gen|gener|de_gener febr|de_febr|febrer|de_febrer març|de_març abr|d’abr|abril|d’abril maig|de_maig juny|de_juny jul|de_jul|juliol|de_juliol ag|d’ag|agost|d’agost set|de_set|setembre|de_setembre oct|d’oct|octubre|d’octubre nov|de_nov|novembre|de_novembre des|de_des|desembre|de_desembre',
  'xan|xaneiro feb|febreiro mar|marzo abr|abril maio xuño xul|xullo ago|agosto set|setembro out|outubro nov|novembro dec|decembro',
  'urt|urtarrila ots|otsaila mar|martxoa api|apirila mai|maiatza eka|ekaina uzt|uztaila abu|abuztua ira|iraila urr|urria aza|azaroa abe|abendua',
  'jan|januarie feb|februarie mrt|maart apr|april mei jun|junie jul|julie aug|augustus sep|september okt|oktober nov|november des|desember',
  'jan|januari feb|februari mac|machi apr|aprili mei jun|juni jul|julai ago|agosti sep|septemba okt|oktoba nov|novemba des|desemba',
  'ene|enero peb|pebrero mar|marso abr|abril may|mayo hun|hunyo hul|hulyo ago|agosto set|setyembre okt|oktubre nob|nobyembre dis|disyembre',
  'jan|januari feb|februari mar|maret apr|april mei jun|juni jul|juli agu|agustus sep|september okt|oktober nov|november des|desember',
  'jan|januari feb|februari mac apr|april mei jun jul|julai ogo|ogos sep|september okt|oktober nov|november dis|disember',
  'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر',
  'كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول',
  'ינו׳|ינואר פבר׳|פברואר מרץ אפר׳|אפריל מאי יוני יולי אוג׳|אוגוסט ספט׳|ספטמבר אוק׳|אוקטובר נוב׳|נובמבר דצמ׳|דצמבר',
  'ژانویه|ژانویهٔ فوریه|فوریهٔ مارس آوریل مه|مهٔ ژوئن ژوئیه|ژوئیهٔ اوت سپتامبر اکتبر نوامبر دسامبر',
  'جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر',
  'जन॰|जनवरी फ़र॰|फ़रवरी मार्च अप्रैल मई जून जुल॰|जुलाई अग॰|अगस्त सित॰|सितंबर अक्टू॰|अक्टूबर नव॰|नवंबर दिस॰|दिसंबर',
  'জানু|জানুয়ারি ফেব|ফেব্রুয়ারি মার্চ এপ্রিল|এপ্রি মে জুন জুলাই|জুল আগস্ট|আগ সেপ্ট|সেপ|সেপ্টেম্বর অক্টো|অক্টোবর নভেম্বর|নভে ডিসে|ডিসেম্বর',
  'जाने|जानेवारी फेब्रु|फेब्रुवारी मार्च एप्रि|एप्रिल मे जून जुलै ऑग|ऑगस्ट सप्टें|सप्टेंबर ऑक्टो|ऑक्टोबर नोव्हें|नोव्हेंबर डिसें|डिसेंबर',
  'જાન્યુ|જાન્યુઆરી ફેબ્રુ|ફેબ્રુઆરી માર્ચ એપ્રિલ મે જૂન જુલાઈ ઑગસ્ટ સપ્ટે|સપ્ટેમ્બર ઑક્ટો|ઑક્ટોબર નવે|નવેમ્બર ડિસે|ડિસેમ્બર',
  'ਜਨ|ਜਨਵਰੀ ਫ਼ਰ|ਫ਼ਰਵਰੀ ਮਾਰਚ ਅਪ੍ਰੈ|ਅਪ੍ਰੈਲ ਮਈ ਜੂਨ ਜੁਲਾ|ਜੁਲਾਈ ਅਗ|ਅਗਸਤ ਸਤੰ|ਸਤੰਬਰ ਅਕਤੂ|ਅਕਤੂਬਰ ਨਵੰ|ਨਵੰਬਰ ਦਸੰ|ਦਸੰਬਰ',
  'ஜன|ஜனவரி பிப்|பிப்ரவரி மார்|மார்ச் ஏப்|ஏப்ரல் மே ஜூன் ஜூலை ஆக|ஆகஸ்ட் செப்|செப்டம்பர் அக்|அக்டோபர் நவ|நவம்பர் டிச|டிசம்பர்',
  'జన|జనవరి ఫిబ్ర|ఫిబ్రవరి మార్చి ఏప్రి|ఏప్రిల్ మే జూన్ జులై ఆగ|ఆగస్టు సెప్టెం|సెప్టెంబర్ అక్టో|అక్టోబర్ నవం|నవంబర్ డిసెం|డిసెంబర్',
  'ಜನ|ಜನವರಿ ಫೆಬ್ರ|ಫೆಬ್ರವರಿ ಮಾರ್ಚ್ ಏಪ್ರಿ|ಏಪ್ರಿಲ್ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗ|ಆಗಸ್ಟ್ ಸೆಪ್ಟೆಂ|ಸೆಪ್ಟೆಂಬರ್ ಅಕ್ಟೋ|ಅಕ್ಟೋಬರ್ ನವೆಂ|ನವೆಂಬರ್ ಡಿಸೆಂ|ಡಿಸೆಂಬರ್',
  'ജനു|ജനുവരി ഫെബ്രു|ഫെബ്രുവരി മാർ|മാർച്ച് ഏപ്രി|ഏപ്രിൽ മേയ് ജൂൺ ജൂലൈ ഓഗ|ഓഗസ്റ്റ് സെപ്റ്റം|സെപ്റ്റംബർ ഒക്ടോ|ഒക്‌ടോബർ നവം|നവംബർ ഡിസം|ഡിസംബർ',
  'දුරුතු නවම් මැදින් බක් වෙසක් පොසොන් ඇසළ නිකිණි බිනර වප් ඉල් උඳුවප්',
  'जनवरी फेब्रुअरी मार्च अप्रिल मे जुन जुलाई अगस्ट सेप्टेम्बर अक्टोबर नोभेम्बर डिसेम्बर',
  'ม.ค|มกราคม ก.พ|กุมภาพันธ์ มี.ค|มีนาคม เม.ย|เมษายน พ.ค|พฤษภาคม มิ.ย|มิถุนายน ก.ค|กรกฎาคม ส.ค|สิงหาคม ก.ย|กันยายน ต.ค|ตุลาคม พ.ย|พฤศจิกายน ธ.ค|ธันวาคม',
  'ມ.ກ|ມັງກອນ ກ.ພ|ກຸມພາ ມ.ນ|ມີນາ ມ.ສ|ເມສາ ພ.ພ|ພຶດສະພາ ມິ.ຖ|ມິຖຸນາ ກ.ລ|ກໍລະກົດ ສ.ຫ|ສິງຫາ ກ.ຍ|ກັນຍາ ຕ.ລ|ຕຸລາ ພ.ຈ|ພະຈິກ ທ.ວ|ທັນວາ',
  'មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ',
  'ဇန်|ဇန်နဝါရီ ဖေ|ဖေဖော်ဝါရီ မတ် ဧ|ဧပြီ မေ ဇွန် ဇူ|ဇူလိုင် ဩ|ဩဂုတ် စက်|စက်တင်ဘာ အောက်|အောက်တိုဘာ နို|နိုဝင်ဘာ ဒီ|ဒီဇင်ဘာ',
  'იან|იანვარი თებ|თებერვალი მარ|მარტი აპრ|აპრილი მაი|მაისი ივნ|ივნისი ივლ|ივლისი აგვ|აგვისტო სექ|სექტემბერი ოქტ|ოქტომბერი ნოე|ნოემბერი დეკ|დეკემბერი',
  'հնվ|հունվար|հունվարի փտվ|փետրվար|փետրվարի մրտ|մարտ|մարտի ապր|ապրիլ|ապրիլի մյս|մայիս|մայիսի հնս|հունիս|հունիսի հլս|հուլիս|հուլիսի օգս|օգոստոս|օգոստոսի սեպ|սեպտեմբեր|սեպտեմբերի հոկ|հոկտեմբեր|հոկտեմբերի նոյ|նոյեմբեր|նոյեմբերի դեկ|դեկտեմբեր|դեկտեմբերի',
  'қаң|қаңтар ақп|ақпан нау|наурыз сәу|сәуір мам|мамыр мау|маусым шіл|шілде там|тамыз қыр|қыркүйек қаз|қазан қар|қараша жел|желтоқсан',
  'yan|yanvar fev|fevral mar|mart apr|aprel may iyn|iyun iyl|iyul avg|avgust sen|sentabr okt|oktabr noy|noyabr dek|dekabr',
  'ጃን|ጃንዋሪ ፌብ|ፌብሩዋሪ ማርች ኤፕሪ|ኤፕሪል ሜይ ጁን ጁላይ ኦገስ|ኦገስት ሴፕቴ|ሴፕቴምበር ኦክቶ|ኦክቶበር ኖቬም|ኖቬምበር ዲሴም|ዲሴምበር',
];

/** A month, 1 to 12, in a language, which is a number from 0. */
export interface MonthWord {
  readonly language: number;
  readonly month: number;
}

export const languageCount = languages.length;

const byWord = new Map<string, MonthWord[]>();
for (const [language, words] of languages.entries()) {
  for (const [at, forms] of words.split(' ').entries()) {
    for (const form of forms.split('|')) {
      const word = form.replaceAll('_', ' ');
      byWord.set(word, [...(byWord.get(word) ?? []), { language, month: at + 1 }]);
    }
  }
}

const none: readonly MonthWord[] = [];
/** Hebrew writes "in" before the month as a letter of the same word. */
const hebrewIn = 'ב';

/** The months that a word may name, one a language; dots behind it are ignored. */
export function monthsOf(written: string): readonly MonthWord[] {
  const word = written.toLowerCase().replace(/\.{1,3}$/, '');
  const found = byWord.get(word);
  if (found !== undefined) return found;
  return word.startsWith(hebrewIn) ? (byWord.get(word.slice(hebrewIn.length)) ?? none) : none;
}
