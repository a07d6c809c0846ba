// Which files of a backup belong to which app, and to which account of it. README.md says where each place is from.

import type { SourceApp } from '../../model/source';

export interface BackupApp {
  readonly id: string;
  readonly source: SourceApp;
  /** As its files are called together; names of apps are their own in all languages. */
  readonly name: string;
  holds(domain: string, path: string): boolean;
  /** The account that a file belongs to; null for what all of them share. Absent where an app has one account. */
  accountOf?(path: string): string | null;
  /** Importers of its databases; empty where a backup holds no messages of it that anyone can read. */
  readonly formats: readonly string[];
}

const inDomains = (...domains: readonly string[]): BackupApp['holds'] => {
  const names = new Set(domains);
  return (domain) => names.has(domain);
};

const below =
  (folder: string, ...domains: readonly string[]): BackupApp['holds'] =>
  (domain, path) =>
    domains.includes(domain) && path.startsWith(folder);

const first =
  (pattern: RegExp) =>
  (path: string): string | null =>
    pattern.exec(path)?.[1] ?? null;

/** The folder without an owner, which is there before anyone logs in. */
const weChatNobody = '0'.repeat(32);
const weChatFolder = first(/^(?:Documents|share)\/([0-9a-f]{32})\//);

export const backupApps: readonly BackupApp[] = [
  {
    id: 'wechat',
    source: 'wechat',
    name: 'WeChat',
    holds: inDomains('AppDomain-com.tencent.xin', 'AppDomainGroup-group.com.tencent.xin'),
    accountOf(path) {
      const folder = weChatFolder(path);
      return folder === weChatNobody ? null : folder;
    },
    formats: ['wechat-database'],
  },
  {
    id: 'whatsapp',
    source: 'whatsapp',
    name: 'WhatsApp',
    holds: inDomains('AppDomainGroup-group.net.whatsapp.WhatsApp.shared', 'AppDomain-net.whatsapp.WhatsApp'),
    formats: ['whatsapp-chat-storage'],
  },
  {
    id: 'whatsapp-business',
    source: 'whatsapp',
    name: 'WhatsApp Business',
    holds: inDomains('AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared', 'AppDomain-net.whatsapp.WhatsAppSMB'),
    formats: ['whatsapp-chat-storage'],
  },
  {
    id: 'messages',
    source: 'imessage',
    name: 'Messages',
    holds: below('Library/SMS/', 'HomeDomain', 'MediaDomain'),
    formats: ['imessage-database'],
  },
  {
    id: 'line',
    source: 'line',
    name: 'LINE',
    holds: inDomains('AppDomainGroup-group.com.linecorp.line', 'AppDomain-jp.naver.line'),
    accountOf: first(/\/PrivateStore\/P_(u[0-9a-f]{32})\//),
    formats: ['line-database'],
  },
  {
    id: 'qq',
    source: 'qq',
    name: 'QQ',
    holds: inDomains('AppDomain-com.tencent.mqq', 'AppDomainGroup-group.com.tencent.mqq'),
    accountOf: first(/^Documents\/contents\/(\d{5,12})\//),
    formats: [],
  },
  {
    id: 'contacts',
    source: 'contacts',
    name: 'Contacts',
    holds: below('Library/AddressBook/', 'HomeDomain'),
    formats: ['contacts-iphone'],
  },
  {
    id: 'telegram',
    source: 'telegram',
    name: 'Telegram',
    holds: inDomains('AppDomain-ph.telegra.Telegraph', 'AppDomainGroup-group.ph.telegra.Telegraph'),
    formats: [],
  },
  {
    id: 'signal',
    source: 'signal',
    name: 'Signal',
    holds: inDomains('AppDomain-org.whispersystems.signal', 'AppDomainGroup-group.org.whispersystems.signal.group'),
    formats: [],
  },
  {
    id: 'viber',
    source: 'viber',
    name: 'Viber',
    holds: inDomains('AppDomain-com.viber', 'AppDomainGroup-group.viber.share.container'),
    formats: [],
  },
];
