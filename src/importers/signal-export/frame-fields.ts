// Fields of Signal's backups (backup.proto of libsignal), as far as messages need them; the rest is kept by number.

import { type Fields, fieldsOf } from './proto-json';

const lines = (text: string): readonly string[] => text.split(', ');
const names = (text: string): { readonly names: readonly string[] } => ({ names: text.split(' ') });
const nothing = fieldsOf([]);

const blob = fieldsOf(lines('1 title text, 4 descriptionText text'));
const member = fieldsOf(lines('1 userId bytes, 2 role Role'), { Role: names('UNKNOWN DEFAULT ADMINISTRATOR') });
const snapshot = fieldsOf(lines('2 title Blob, 7 members Member[], 11 description Blob'), { Blob: () => blob, Member: () => member });
const group = fieldsOf(lines('1 masterKey bytes, 5 snapshot Snapshot'), { Snapshot: () => snapshot });
const nickname = fieldsOf(lines('1 given text, 2 family text'));
const contact = fieldsOf(
  lines(
    '1 aci bytes, 2 pni bytes, 3 username text, 4 e164 uint64, 11 profileGivenName text, 12 profileFamilyName text, 16 nickname Name, 17 note text, 18 systemGivenName text, 19 systemFamilyName text, 20 systemNickname text',
  ),
  { Name: () => nickname },
);
const list = fieldsOf(lines('1 name text'));
const listItem = fieldsOf(lines('1 distributionId bytes, 3 distributionList List'), { List: () => list });
const callLink = fieldsOf(lines('1 rootKey bytes, 3 name text'));
const recipient = fieldsOf(
  lines(
    '1 id uint64, 2 contact Contact, 3 group Group, 4 distributionList ListItem, 5 self Nothing, 6 releaseNotes Nothing, 7 callLink CallLink',
  ),
  { Contact: () => contact, Group: () => group, ListItem: () => listItem, CallLink: () => callLink, Nothing: () => nothing },
);
const chat = fieldsOf(lines('1 id uint64, 2 recipientId uint64, 3 archived bool, 4 pinnedOrder uint32, 5 expirationTimerMs uint64'));

const range = fieldsOf(lines('1 start uint32, 2 length uint32, 3 mentionAci bytes, 4 style Style'), {
  Style: names('NONE BOLD ITALIC SPOILER STRIKETHROUGH MONOSPACE'),
});
const text = fieldsOf(lines('1 body text, 2 bodyRanges Range[]'), { Range: () => range });
const locator = fieldsOf(lines('1 key bytes, 3 size uint32, 9 localKey bytes, 10 plaintextHash bytes, 11 encryptedDigest bytes'));
const pointer = fieldsOf(
  lines('4 contentType text, 7 fileName text, 8 width uint32, 9 height uint32, 10 caption text, 11 blurHash text, 13 locatorInfo Locator'),
  { Locator: () => locator },
);
const attachment = fieldsOf(lines('1 pointer Pointer, 2 flag Flag, 3 wasDownloaded bool, 4 clientUuid bytes'), {
  Pointer: () => pointer,
  Flag: names('NONE VOICE_MESSAGE BORDERLESS GIF'),
});
const quoted = fieldsOf(lines('1 contentType text, 2 fileName text, 3 thumbnail Attachment'), { Attachment: () => attachment });
const quote = fieldsOf(lines('1 targetSentTimestamp uint64, 2 authorId uint64, 3 text Text, 4 attachments Quoted[], 5 type Type'), {
  Text: () => text,
  Quoted: () => quoted,
  Type: names('UNKNOWN NORMAL GIFT_BADGE VIEW_ONCE POLL'),
});
const preview = fieldsOf(lines('1 url text, 2 title text, 3 image Pointer, 4 description text, 5 date uint64'), { Pointer: () => pointer });
const reaction = fieldsOf(lines('1 emoji text, 2 authorId uint64, 3 sentTimestamp uint64, 4 sortOrder uint64'));
const reactions = { Reaction: () => reaction };
const standard = fieldsOf(
  lines('1 quote Quote, 2 text Text, 3 attachments Attachment[], 4 linkPreview Preview[], 5 longText Pointer, 6 reactions Reaction[]'),
  { Quote: () => quote, Text: () => text, Attachment: () => attachment, Preview: () => preview, Pointer: () => pointer, ...reactions },
);
const phone = fieldsOf(lines('1 value text, 3 label text'));
const contactName = fieldsOf(
  lines('1 givenName text, 2 familyName text, 3 prefix text, 4 suffix text, 5 middleName text, 6 nickname text'),
);
const sentContact = fieldsOf(lines('1 name Name, 3 number Phone[], 4 email Phone[], 7 organization text'), {
  Name: () => contactName,
  Phone: () => phone,
});
const contactMessage = fieldsOf(lines('1 contact Contact, 2 reactions Reaction[]'), { Contact: () => sentContact, ...reactions });
const sticker = fieldsOf(lines('1 packId bytes, 2 packKey bytes, 3 stickerId uint32, 4 emoji text, 5 data Pointer'), {
  Pointer: () => pointer,
});
const stickerMessage = fieldsOf(lines('1 sticker Sticker, 2 reactions Reaction[]'), { Sticker: () => sticker, ...reactions });
const viewOnce = fieldsOf(lines('1 attachment Attachment, 2 reactions Reaction[]'), { Attachment: () => attachment, ...reactions });
const textReply = fieldsOf(lines('1 text Text, 2 longText Pointer'), { Text: () => text, Pointer: () => pointer });
const storyReply = fieldsOf(lines('1 textReply Reply, 2 emoji text, 3 reactions Reaction[]'), { Reply: () => textReply, ...reactions });
const vote = fieldsOf(lines('1 voterId uint64, 2 voteCount uint32'));
const option = fieldsOf(lines('1 option text, 2 votes Vote[]'), { Vote: () => vote });
const poll = fieldsOf(lines('1 question text, 2 allowMultiple bool, 3 options Option[], 4 hasEnded bool, 5 reactions Reaction[]'), {
  Option: () => option,
  ...reactions,
});
const payment = fieldsOf(lines('1 amountMob text, 2 feeMob text, 3 note text'));
const giftBadge = fieldsOf(lines('2 state State'), { State: names('UNOPENED OPENED REDEEMED FAILED') });
const adminDeleted = fieldsOf(lines('1 adminId uint64'));

const simpleUpdate = fieldsOf(lines('1 type Type'), {
  Type: names(
    'UNKNOWN JOINED_SIGNAL IDENTITY_UPDATE IDENTITY_VERIFIED IDENTITY_DEFAULT CHANGE_NUMBER RELEASE_CHANNEL_DONATION_REQUEST END_SESSION CHAT_SESSION_REFRESH BAD_DECRYPT PAYMENTS_ACTIVATED PAYMENT_ACTIVATION_REQUEST UNSUPPORTED_PROTOCOL_MESSAGE REPORTED_SPAM BLOCKED UNBLOCKED MESSAGE_REQUEST_ACCEPTED',
  ),
});
const individualCall = fieldsOf(
  lines('1 callId uint64, 2 type Type, 3 direction Direction, 4 state State, 5 startedCallTimestamp uint64, 6 read bool'),
  {
    Type: names('UNKNOWN_TYPE AUDIO_CALL VIDEO_CALL'),
    Direction: names('UNKNOWN_DIRECTION INCOMING OUTGOING'),
    State: names('UNKNOWN_STATE ACCEPTED NOT_ACCEPTED MISSED MISSED_NOTIFICATION_PROFILE'),
  },
);
const groupCall = fieldsOf(
  lines(
    '1 callId uint64, 2 state State, 3 ringerRecipientId uint64, 4 startedCallRecipientId uint64, 5 startedCallTimestamp uint64, 6 endedCallTimestamp uint64',
  ),
  {
    State: names('UNKNOWN_STATE GENERIC JOINED RINGING ACCEPTED DECLINED MISSED MISSED_NOTIFICATION_PROFILE OUTGOING_RING'),
  },
);
const timer = fieldsOf(lines('1 expiresInMs uint64'));
const profileChange = fieldsOf(lines('1 previousName text, 2 newName text'));
const learnedProfile = fieldsOf(lines('1 e164 uint64, 2 username text'));
const threadMerge = fieldsOf(lines('1 previousE164 uint64'));
const switchover = fieldsOf(lines('1 e164 uint64'));
const pollEnd = fieldsOf(lines('1 targetSentTimestamp uint64, 2 question text'));
const pin = fieldsOf(lines('1 targetSentTimestamp uint64, 2 authorId uint64'));
/** What changed in a group stays by number: it is kept, and shown as a line of the app. */
const groupChange = fieldsOf(lines('1 updates Update[]'), { Update: () => nothing });
const update = fieldsOf(
  lines(
    '1 simpleUpdate Simple, 2 groupChange GroupChange, 3 expirationTimerChange Timer, 4 profileChange ProfileChange, 5 threadMerge Merge, 6 sessionSwitchover Switchover, 7 individualCall Call, 8 groupCall GroupCall, 9 learnedProfileChange Learned, 10 pollTerminate PollEnd, 11 pinMessage Pin',
  ),
  {
    Simple: () => simpleUpdate,
    GroupChange: () => groupChange,
    Timer: () => timer,
    ProfileChange: () => profileChange,
    Merge: () => threadMerge,
    Switchover: () => switchover,
    Call: () => individualCall,
    GroupCall: () => groupCall,
    Learned: () => learnedProfile,
    PollEnd: () => pollEnd,
    Pin: () => pin,
  },
);
const incoming = fieldsOf(lines('1 dateReceived uint64, 2 dateServerSent uint64, 3 read bool'));
const outgoing = fieldsOf(lines('2 dateReceived uint64'));
const chatItem: Fields = fieldsOf(
  lines(
    '1 chatId uint64, 2 authorId uint64, 3 dateSent uint64, 4 expireStartDate uint64, 5 expiresInMs uint64, 6 revisions Item[], 7 sms bool, 8 incoming Incoming, 9 outgoing Outgoing, 10 directionless Nothing, 11 standardMessage Standard, 12 contactMessage Contact, 13 stickerMessage Sticker, 14 remoteDeletedMessage Nothing, 15 updateMessage Update, 16 paymentNotification Payment, 17 giftBadge Gift, 18 viewOnceMessage ViewOnce, 19 directStoryReplyMessage StoryReply, 20 poll Poll, 22 adminDeletedMessage AdminDeleted',
  ),
  {
    Item: () => chatItem,
    Incoming: () => incoming,
    Outgoing: () => outgoing,
    Nothing: () => nothing,
    Standard: () => standard,
    Contact: () => contactMessage,
    Sticker: () => stickerMessage,
    Update: () => update,
    Payment: () => payment,
    Gift: () => giftBadge,
    ViewOnce: () => viewOnce,
    StoryReply: () => storyReply,
    Poll: () => poll,
    AdminDeleted: () => adminDeleted,
  },
);

/** The first message of a backup. */
export const backupInfo = fieldsOf(lines('1 version uint64, 2 backupTimeMs uint64, 4 currentAppVersion text, 5 firstAppVersion text'));
/** Each that follows. */
export const frameFields = fieldsOf(
  lines(
    '1 account Nothing, 2 recipient Recipient, 3 chat Chat, 4 chatItem Item, 5 stickerPack Nothing, 6 adHocCall Nothing, 7 notificationProfile Nothing, 8 chatFolder Nothing',
  ),
  { Nothing: () => nothing, Recipient: () => recipient, Chat: () => chat, Item: () => chatItem },
);
