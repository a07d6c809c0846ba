// How to back up to drives that let no page in, step by step. A folder, WebDAV and the drive's own address are tested; what stands of
// OpenList, rclone and each service is from their documentation.

import type { Text } from '../text';

export const enRecipes = {
  'recipes.title': 'Drives that no page can reach',
  'recipes.words':
    'These let no web page in, whichever it is. Each has a way around, on a computer of yours. What Camphor does in each is tested; the programs and menus of others are described after their own documentation, and change now and then.',
  'recipes.limits':
    'Camphor sends few, large files, and waits where the service asks it to. The first backup takes longest; later ones send what is new.',
  'recipe.way.folder': 'By a folder that its own program uploads',
  'recipe.way.openlist': 'By OpenList on your computer',
  'recipe.way.rclone': 'By rclone on your computer',
  'recipe.way.own-origin': 'By Camphor at the drive’s own address',
  'recipe.folder.1': 'Install the program of {service} on this computer and sign in.',
  'recipe.folder.2': 'Make an empty folder named Camphor: {place}',
  'recipe.folder.3':
    'Here, choose “Folder on this device”, then “A folder that a sync client uploads”, and that folder. It takes Chrome or Edge on a computer.',
  'recipe.folder.4':
    'After the first backup, wait until the program says that all is uploaded, and look on the website of {service} whether the folders data, index and snapshots are there.',
  'recipe.folder.5':
    'On the page of the drive here, say that something carries the folder elsewhere. Only then it counts as a copy elsewhere.',
  'recipe.openlist.1':
    'Get OpenList from github.com/OpenListTeam/OpenList, and start it in a terminal. It stays on this computer; choose a password of its own.',
  'recipe.openlist.2':
    'Open http://127.0.0.1:5244, sign in as admin, and under Manage › Storages add one: driver {driver}, mount path /chest, WebDAV policy “native proxy”. With another policy it sends the page elsewhere, which Camphor does not follow.',
  'recipe.openlist.3': 'Where it asks for a token, its documentation at doc.oplist.org says how to get one for this drive.',
  'recipe.openlist.4': 'Under Manage › Users, allow admin “WebDAV read” and “WebDAV manage”.',
  'recipe.openlist.5':
    'Here, choose “WebDAV”, then “OpenList”: address http://127.0.0.1:5244/dav/chest/camphor/, user admin, and that password. Where the browser asks, allow it to reach your local network. OpenList has to run whenever a backup does.',
  'recipe.rclone.1':
    'Get rclone from rclone.org/downloads: a release of 2026 or later, since older ones cannot allow this page. That of Debian 12 and 13 is too old.',
  'recipe.rclone.2': 'Tell rclone of the drive, with your own values in the place of the words in capitals:',
  'recipe.rclone.3':
    'Start it, with a name and a password for Camphor alone; it has to run whenever a backup does. FOLDER is {remote}, for instance.',
  'recipe.rclone.4':
    'Here, choose “WebDAV”, then “rclone serve webdav”: address http://127.0.0.1:8080/, with that name and password. Where the browser asks, allow it to reach your local network.',
  'recipe.own-origin.1':
    'Put a release of Camphor, unpacked, on a computer at home that runs nginx with a certificate, and the headers that its docs/hosting.md names.',
  'recipe.own-origin.2':
    'Let the same server pass on what is meant for the drive, so that to the browser both are one address. The path has to stay the same on both sides:',
  'recipe.own-origin.3':
    'Open that address instead of {origin}: there it is an app of its own, with a vault of its own. Restore from a backup, or import again.',
  'recipe.own-origin.4':
    'Choose “WebDAV”, then “Another WebDAV server”, and the address of the folder as the drive has it, but with the host of that server, such as {remote}.',
  'recipe.jianguoyun': 'Jianguoyun (坚果云)',
  'recipe.jianguoyun.words':
    'By its own program it is easiest. By WebDAV the free plan takes 600 requests in half an hour and limits what a month may carry; when it is too much, it answers as if the password were wrong, which Camphor takes as a request to wait.',
  'recipe.jianguoyun.place': 'inside of “我的坚果云” (Nutstore), for instance 我的坚果云/camphor',
  'recipe.jianguoyun.driver': 'WebDav (address https://dav.jianguoyun.com/dav/, your e-mail, an app password from Account › Security)',
  'recipe.baidu': 'Baidu Netdisk (百度网盘)',
  'recipe.baidu.words':
    'Its service for programs gives files only to those that name themselves as it wants, which a page cannot. Its own program, or OpenList, can.',
  'recipe.baidu.place': 'inside of its sync space (同步空间), or any folder that its automatic backup (自动备份) watches',
  'recipe.baidu.driver': 'BaiduNetdisk',
  'recipe.aliyundrive': 'Aliyun Drive (阿里云盘)',
  'recipe.aliyundrive.words': 'Its open platform gives tokens to registered programs only. OpenList is one.',
  'recipe.aliyundrive.place': 'any folder that the backup or sync of its program watches',
  'recipe.aliyundrive.driver': 'AliyundriveOpen',
  'recipe.quark': 'Quark Drive (夸克网盘)',
  'recipe.quark.words': 'Its open platform gives tokens to registered programs only. OpenList is one.',
  'recipe.quark.place': 'any folder that the automatic backup of its program watches',
  'recipe.quark.driver': 'QuarkOpen',
  'recipe.115': '115',
  'recipe.115.words':
    'Its open platform gives tokens to registered programs only. OpenList is one; it keeps to one request a second there.',
  'recipe.115.place': 'any folder that the sync of its program watches',
  'recipe.115.driver': '115 Open',
  'recipe.synology': 'Synology NAS (群晖)',
  'recipe.synology.words':
    'Its WebDAV answers a page’s first question with a demand to sign in, which ends it, and edits of its web server are lost with each update.',
  'recipe.synology.place': 'inside of the folder that Synology Drive Client syncs, with on-demand sync off',
  'recipe.synology.driver': 'WebDav',
  'recipe.icloud': 'iCloud Drive',
  'recipe.icloud.words':
    'By a folder on a Mac, or with iCloud for Windows. rclone reaches it too: make a remote named camphor, of the type iclouddrive. Apple ends its sign-in after 30 days; rclone reconnect camphor: begins a new one.',
  'recipe.icloud.place':
    'inside of iCloud Drive. Right-click it and choose “Keep Downloaded” (Windows: “Always keep on this device”), or files leave this computer and cannot be read back',
  'recipe.icloud.driver': '–',
  'recipe.nextcloud': 'Nextcloud without WebAppPassword',
  'recipe.nextcloud.words':
    'Whoever runs it can install the app WebAppPassword, and Camphor reaches it directly. Where nobody does, these ways are left.',
  'recipe.nextcloud.place': 'inside of the folder that its desktop client syncs, with virtual files off',
  'recipe.nextcloud.driver': '–',
} as const satisfies Record<string, Text>;
