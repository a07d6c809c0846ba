// An invented drop and the receipts of invented imports.

import type { ConversationId, ReceiptId } from '../../src/model/ids';
import type { BackupView } from '../../src/model/phone-backup';
import type { ImportPlan, PlannedArchive, ReceiptView } from '../../src/model/view';
import { nowMs, sha } from './fake-conversations';

const dayMs = 86_400_000;

const whatsapp: PlannedArchive = {
  archiveId: 'a0',
  title: 'WhatsApp Chat mit Mum',
  source: 'whatsapp',
  format: 'whatsapp-text',
  formatVersion: 'android',
  sizeBytes: 31_000_000,
  messages: 12_511,
  counted: true,
  mediaFound: 1204,
  mediaBytes: 29_400_000,
  mediaMissing: 17,
  questions: [
    {
      id: 'date-order',
      kind: 'date-order',
      options: [
        { value: 'DMY', label: '31.12.24' },
        { value: 'MDY', label: '12.31.24' },
      ],
      answer: 'DMY',
      certain: true,
    },
    {
      id: 'owner',
      kind: 'owner',
      options: [
        { value: '0', label: 'Robin' },
        { value: '1', label: 'Mum' },
      ],
      answer: '0',
      certain: false,
    },
  ],
  conversations: [
    {
      index: 0,
      name: 'Mum',
      shape: 'direct',
      messages: 12_511,
      firstAtMs: Date.UTC(2016, 3, 2),
      lastAtMs: nowMs - dayMs,
      proposal: { kind: 'continues', conversation: 'mum' as ConversationId, name: 'Mum', known: 12_480, added: 31, removed: false },
      alternatives: [{ conversation: 'long' as ConversationId, name: '林小满' }],
    },
  ],
  preview: [
    { senderName: null, sentAtMs: Date.UTC(2016, 3, 2, 8), kind: 'system', text: 'Messages and calls are end-to-end encrypted.' },
    { senderName: 'Mum', sentAtMs: Date.UTC(2016, 3, 2, 8, 1), kind: 'text', text: 'Is this thing on?' },
    { senderName: 'Robin', sentAtMs: Date.UTC(2016, 3, 2, 8, 4), kind: 'text', text: 'It is. Welcome!' },
    { senderName: 'Mum', sentAtMs: Date.UTC(2016, 3, 2, 8, 6), kind: 'image', text: '' },
  ],
  fits: { neededBytes: 30_100_000, freeBytes: 60_500_000_000, ok: true },
};

const telegram: PlannedArchive = {
  ...whatsapp,
  archiveId: 'a1',
  title: null,
  source: 'telegram',
  format: 'telegram-json',
  formatVersion: 'account-2022',
  sizeBytes: 4_200_000_000,
  messages: 40_000,
  counted: false,
  questions: [],
  conversations: ['外婆家的国庆聚会', '读书会', null].map((name, index) => ({
    index,
    name,
    shape: 'group' as const,
    messages: 4000 * (index + 1),
    firstAtMs: Date.UTC(2019, index, 2),
    lastAtMs: nowMs - index * dayMs,
    proposal: { kind: 'new' as const },
    alternatives: [],
  })),
  preview: [{ senderName: '林小满', sentAtMs: Date.UTC(2019, 0, 2, 8), kind: 'text', text: '群建好了，大家都进来吧。' }],
  fits: { neededBytes: 4_000_000_000, freeBytes: 900_000_000, ok: false },
};

export function inventedPlan(): ImportPlan {
  return {
    planId: 'p',
    archives: [whatsapp, telegram],
    locked: [],
    backups: [],
    unrecognised: ['holiday/notes.docx', 'holiday/\u202Egpj.exe'],
    seen: [],
    readable: ['whatsapp', 'telegram'],
    problems: [{ code: 'zip-salvaged', detail: 'WhatsApp Chat mit Mum.zip' }],
  };
}

const inPhone = { account: null, missing: 0, isReadable: true } as const;

/** A phone's backup of which nothing is chosen yet. */
export function inventedPhone(): BackupView {
  return {
    fileId: '7',
    path: '00008030-001A2B3C4D5E',
    deviceName: 'Anna’s iPhone',
    osVersion: '18.1',
    madeAtMs: nowMs - dayMs,
    isEncrypted: true,
    isWhole: false,
    files: 38_412,
    sizeBytes: 61_000_000_000,
    missing: 12,
    apps: [
      { ...inPhone, id: 'whatsapp', source: 'whatsapp', name: 'WhatsApp', files: 12_204, sizeBytes: 9_800_000_000 },
      {
        ...inPhone,
        id: 'wechat/8c3f',
        source: 'wechat',
        name: 'WeChat',
        account: '8c3f1e07a9b26d54',
        files: 21_377,
        sizeBytes: 23_400_000_000,
      },
      { ...inPhone, id: 'messages', source: 'imessage', name: 'Messages', files: 1911, sizeBytes: 2_100_000_000 },
      { ...inPhone, id: 'telegram', source: 'telegram', name: 'Telegram', files: 1, sizeBytes: 4096, isReadable: false },
    ],
    chosen: [],
  };
}

function receipt(id: string, change: Partial<ReceiptView>): ReceiptView {
  return {
    id: id as ReceiptId,
    importedAtMs: nowMs - dayMs * 2,
    undoneAtMs: null,
    source: 'whatsapp',
    format: 'whatsapp-text',
    formatVersion: 'android',
    files: [{ path: 'WhatsApp Chat mit Mum.zip', sizeBytes: 31_000_000, identity: sha('5f3a91'), identityOf: 'central-directory' }],
    answers: { owner: '0' },
    conversations: [
      {
        conversation: 'mum' as ConversationId,
        name: 'Mum',
        read: 12_511,
        added: 31,
        known: 12_480,
        changed: 2,
        firstAtMs: Date.UTC(2016, 3, 2),
        lastAtMs: nowMs - dayMs,
        brought: [],
        held: [],
        openTicks: [],
        tickMs: 60000,
      },
    ],
    messagesRead: 12_511,
    added: 31,
    known: 12_480,
    changed: 2,
    byKind: { text: 11_000, image: 1204 },
    mediaFound: 1204,
    mediaMissing: 17,
    problemCounts: { 'not-understood': 1, 'media-missing': 17 },
    problems: [
      {
        entry: 0,
        offsetBytes: 48_213,
        lengthBytes: 61,
        problem: { code: 'not-understood', raw: '31.02.19, 25:61 - <img src=x onerror=alert(1)> ???', detail: 'date' },
      },
      {
        entry: 0,
        offsetBytes: 902_113,
        lengthBytes: 40,
        problem: { code: 'media-missing', raw: 'IMG-20190304-WA0003.jpg (Datei angehängt)' },
      },
    ],
    accounting: [
      { path: 'WhatsApp Chat mit Mum.txt', sizeBytes: 1_610_000, recordBytes: 1_609_400, problemBytes: 61, structureBytes: 539 },
    ],
    conversationNames: { mum: 'Mum' },
    canUndo: true,
    ...change,
  };
}

export function inventedReceipts(): readonly ReceiptView[] {
  return [
    receipt('r1', {}),
    receipt('r0', {
      importedAtMs: nowMs - dayMs * 40,
      source: 'telegram',
      format: 'telegram-json',
      formatVersion: 'account-2022',
      files: [{ path: 'DataExport_2026-04-01/result.json', sizeBytes: 340_000_000, identity: sha('77'), identityOf: 'content' }],
      added: 1_000_016,
      known: 0,
      changed: 0,
      messagesRead: 1_000_016,
      problemCounts: {},
      problems: [],
      canUndo: true,
    }),
    receipt('r2', { importedAtMs: nowMs - dayMs * 90, undoneAtMs: nowMs - dayMs * 89, canUndo: false }),
  ];
}
