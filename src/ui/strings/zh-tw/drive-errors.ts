import type { enDriveErrors } from '../en/drive-errors';
import type { Text } from '../text';

export const twDriveErrors: Readonly<Record<keyof typeof enDriveErrors, Text>> = {
  'error.no-repository': '這裡沒有備份。沒有任何改動。請檢查位址和資料夾，或者在這裡新建備份。',
  'error.repository-exists': '這裡已經有一份備份，沒有動它。請用它的密碼片語開啟，或者換一個空資料夾。',
  'error.repository-damaged': '備份位置上的備份有一部分損壞。這台裝置上的內容不受影響。請檢查備份，看看哪些完好、哪些可以修復。',
  'error.newer-repository': '這份備份的格式比這個應用程式新。沒有任何改動。請更新樟木箱後再試。',
  'error.repository-read-only': '別的程式在這份備份裡寫入了樟木箱不認識的內容，所以只讀不寫。沒有任何改動。請給樟木箱單獨一個資料夾。',
  'error.repository-locked': '另一台裝置或別的程式正在使用這份備份。沒有任何改動。請等它完成；當機留下的鎖，半小時後失效。',
  'error.lock-lost': '與備份位置失聯太久，這次備份中斷了。以前的備份不受影響，已上傳的部分不用重傳。請重新開始。',
  'error.snapshot-missing': '這個快照已經不在了，可能被另一台裝置或別的程式刪除。其餘不受影響。請另選一個。',
  'error.listing-suspect': '備份位置沒有列出全部檔案，所以什麼都沒有刪除。上面的內容不受影響。請執行連線檢查，看看能列出多少。',
  'error.snapshots-vanished':
    '這台裝置見過的快照不見了。這裡的內容不受影響，在查明之前也不會刪除備份裡的任何內容。如果不是你刪的，請查一查還有誰能存取。',
  'error.vault-shrank': '這台裝置上的內容比上次備份少了很多。沒有上傳任何內容。如果是有意的，請確認；如果不是，請先還原。',
  'error.secret-costs-too-much': '開啟這把金鑰所需的記憶體超出了瀏覽器的能力。沒有任何改動。請換一個密碼片語，或用復原詞。',
  'error.secret-malformed': '復原詞或金鑰檔案不完整，或者有寫錯的地方。沒有任何改動。請逐詞核對，或重新選擇金鑰檔案。',
  'error.drive-unreachable':
    '備份位置沒有回應。以前的備份不受影響。請檢查網路和位址；伺服器還必須允許本頁存取，連線檢查能看出是不是這個原因。',
  'error.drive-busy': '備份位置要求等一等。已上傳的部分不會遺失，也不用重傳。請過一會兒再繼續。',
  'error.drive-failed': '備份位置自己出了錯。以前的備份不受影響。請稍後再試；如果仍然如此，可以檢視伺服器記錄檔。',
  'error.drive-damaged': '收到的內容不完整，或者是別的網頁，沒有採用。以前的備份不受影響。請再試一次；需要登入的網路也會這樣。',
  'error.drive-unauthorised': '備份位置不接受這組帳號和密碼。沒有任何改動，以前的備份不受影響。請重新輸入。',
  'error.drive-signed-out': '備份位置的登入已失效。之前的備份沒有受影響。請在這個備份位置的頁面重新登入。',
  'error.sign-in-refused': '你沒有允許。什麼都沒有改變。如果不是本意，請重新登入。',
  'error.sign-in-failed': '登入沒有成功。什麼都沒有改變。請再試；如果一直這樣，說明客戶端 ID 或返回位址與登記的不一致。',
  'error.drive-read-only': '備份位置不允許寫入。以前的備份不受影響。請給這個帳號寫入權限，或換一個資料夾。',
  'error.drive-full': '備份位置滿了。以前的備份不受影響。請騰出空間，或者少保留幾個快照。',
  'error.drive-too-large': '備份位置不接受這麼大的檔案。以前的備份不受影響。請調高伺服器的上限，或換一個備份位置。',
  'error.drive-missing': '備份位置上少了一個檔案。其餘不受影響。請檢查備份，看看能修復什麼。',
  'error.drive-exists': '備份位置上已經有同名的檔案，沒有覆蓋它。請再試一次。',
  'error.drive-redirected': '備份位置轉向了另一個位址。你的密碼沒有發過去。如果信任那個位址，請自己填寫。',
  'error.drive-permission': '瀏覽器不再允許存取這個資料夾。裡面的內容不受影響。請重新授權。',
};
