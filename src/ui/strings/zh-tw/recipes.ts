import type { enRecipes } from '../en/recipes';
import type { Text } from '../text';

export const twRecipes: Readonly<Record<keyof typeof enRecipes, Text>> = {
  'recipes.title': '網頁無法直接存取的雲端硬碟',
  'recipes.words':
    '這些雲端硬碟不讓任何網頁存取，但都有辦法繞過，只要你有一台電腦。樟木箱這一端的做法都測試過；別家的程式和選單依它們自己的文件寫成，時常會變。',
  'recipes.limits': '樟木箱上傳的檔案少而大，對方要求等待時會等待。第一次備份最久，之後只上傳新增的內容。',
  'recipe.way.folder': '用它自己的用戶端上傳一個資料夾',
  'recipe.way.openlist': '用自己電腦上的 OpenList 中轉',
  'recipe.way.rclone': '用自己電腦上的 rclone 中轉',
  'recipe.way.own-origin': '把樟木箱放在雲端硬碟自己的網址下',
  'recipe.folder.1': '在這台電腦上安裝 {service} 的用戶端並登入。',
  'recipe.folder.2': '新增一個名為 Camphor 的空資料夾：{place}',
  'recipe.folder.3': '在這裡選「這台裝置上的資料夾」，再選「由同步軟體上傳的資料夾」，然後選取它。需要電腦上的 Chrome 或 Edge。',
  'recipe.folder.4': '第一次備份之後，等用戶端顯示全部上傳完，再到 {service} 的網站上看看 data、index、snapshots 這幾個資料夾在不在。',
  'recipe.folder.5': '在這裡的備份位置頁面上，確認有軟體把這個資料夾同步到別處。確認之後，它才算一份異地備份。',
  'recipe.openlist.1': '從 github.com/OpenListTeam/OpenList 下載 OpenList，在終端機裡啟動。它只在這台電腦上執行；請給它設一個單獨的密碼。',
  'recipe.openlist.2':
    '開啟 http://127.0.0.1:5244，以 admin 登入，在「管理 › 儲存」裡新增：驅動選 {driver}，掛載路徑填 /chest，WebDAV 策略選「本機代理」。選別的策略，它會把網頁轉到別的網址，樟木箱不會跟過去。',
  'recipe.openlist.3': '需要填權杖的地方，doc.oplist.org 上的文件寫明了這個雲端硬碟的權杖怎樣取得。',
  'recipe.openlist.4': '在「管理 › 使用者」裡，給 admin 勾選「WebDAV 讀取」和「WebDAV 管理」。',
  'recipe.openlist.5':
    '在這裡選「WebDAV」，再選「OpenList」：位址填 http://127.0.0.1:5244/dav/chest/camphor/，使用者名稱 admin，密碼是剛才設的。瀏覽器詢問時，請允許存取區域網路。每次備份時 OpenList 都要開著。',
  'recipe.rclone.1': '從 rclone.org/downloads 下載 rclone：要 2026 年以後的版本，更早的無法放行本頁。Debian 12 和 13 內建的太舊。',
  'recipe.rclone.2': '把雲端硬碟告訴 rclone，大寫的詞換成你自己的：',
  'recipe.rclone.3': '啟動它，並專為樟木箱設一個使用者名稱和密碼；每次備份時它都要開著。FOLDER 例如 {remote}。',
  'recipe.rclone.4':
    '在這裡選「WebDAV」，再選「rclone serve webdav」：位址填 http://127.0.0.1:8080/，使用者名稱和密碼是剛才設的。瀏覽器詢問時，請允許存取區域網路。',
  'recipe.own-origin.1': '在家裡一台裝有 nginx 和憑證的電腦上，放一份解壓縮的樟木箱發行版，並依其中的 docs/hosting.md 設好回應標頭。',
  'recipe.own-origin.2': '讓同一個伺服器把發給雲端硬碟的請求轉過去，這樣在瀏覽器看來，兩者是同一個網址。兩邊的路徑要保持一致：',
  'recipe.own-origin.3': '以後開啟那個網址，而不是 {origin}：那裡是另一個樟木箱，有自己的資料。請從備份還原，或重新匯入。',
  'recipe.own-origin.4':
    '選「WebDAV」，再選「其他 WebDAV 伺服器」，位址填雲端硬碟上那個資料夾的位址，但主機換成那個伺服器，例如 {remote}。',
  'recipe.jianguoyun': '堅果雲',
  'recipe.jianguoyun.words':
    '用它的用戶端最省事。走 WebDAV 時，免費版半小時內最多 600 次請求，每月流量也有限；超出時它會像密碼錯誤那樣回答，樟木箱會把這當作要求等待。',
  'recipe.jianguoyun.place': '放在「我的堅果雲」裡面，例如 我的堅果雲/camphor',
  'recipe.jianguoyun.driver':
    'WebDav（位址 https://dav.jianguoyun.com/dav/，你的電子郵件，以及在「帳戶資訊 › 安全選項」裡產生的應用程式密碼）',
  'recipe.baidu': '百度網盤',
  'recipe.baidu.words': '它的開放介面只把檔案給按它要求自報名稱的程式，網頁做不到；它的用戶端和 OpenList 可以。',
  'recipe.baidu.place': '放在它的「同步空間」裡面，或任何一個它「自動備份」的資料夾裡',
  'recipe.baidu.driver': 'BaiduNetdisk（百度網盤）',
  'recipe.aliyundrive': '阿里雲盤',
  'recipe.aliyundrive.words': '它的開放平台只給登記過的程式發權杖，OpenList 就是其中之一。',
  'recipe.aliyundrive.place': '放在它的用戶端備份或同步的任何一個資料夾裡',
  'recipe.aliyundrive.driver': 'AliyundriveOpen（阿里雲盤 Open）',
  'recipe.quark': '夸克網盤',
  'recipe.quark.words': '它的開放平台只給登記過的程式發權杖，OpenList 就是其中之一。',
  'recipe.quark.place': '放在它的用戶端自動備份的任何一個資料夾裡',
  'recipe.quark.driver': 'QuarkOpen（夸克網盤 Open）',
  'recipe.115': '115 網盤',
  'recipe.115.words': '它的開放平台只給登記過的程式發權杖，OpenList 就是其中之一；存取它時，OpenList 會限制在每秒一次請求。',
  'recipe.115.place': '放在它的用戶端同步的任何一個資料夾裡',
  'recipe.115.driver': '115 Open',
  'recipe.synology': '群暉 NAS',
  'recipe.synology.words': '網頁的第一個詢問會被它的 WebDAV 要求登入而中斷；改它的網頁伺服器設定，每次更新後又會遺失。',
  'recipe.synology.place': '放在 Synology Drive Client 同步的資料夾裡面，並關掉隨選同步',
  'recipe.synology.driver': 'WebDav',
  'recipe.icloud': 'iCloud 雲碟',
  'recipe.icloud.words':
    '用 Mac 上的資料夾，或 Windows 版 iCloud。rclone 也能存取：新增一個名為 camphor、類型為 iclouddrive 的遠端。Apple 的登入 30 天後失效，要用 rclone reconnect camphor: 重新登入。',
  'recipe.icloud.place':
    '放在 iCloud 雲碟裡面。在它上面按右鍵，選「保留下載項目」（Windows 上是「一律保留在此裝置上」），否則檔案會離開這台電腦，無法讀回',
  'recipe.icloud.driver': '–',
  'recipe.nextcloud': '沒有裝 WebAppPassword 的 Nextcloud',
  'recipe.nextcloud.words': '由管理員裝上 WebAppPassword 應用程式，樟木箱就能直接存取。沒有人裝時，還有這些辦法。',
  'recipe.nextcloud.place': '放在它的桌面用戶端同步的資料夾裡面，並關掉虛擬檔案',
  'recipe.nextcloud.driver': '–',
};
