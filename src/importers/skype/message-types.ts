// Words of Skype that stand for something: types of messages, names of emoji.

import type { AttachmentRecord } from '../../model/record';

/** Types of messages that have a file. */
export const fileTypes: ReadonlyMap<string, AttachmentRecord['kind']> = new Map([
  ['RichText/UriObject', 'image'],
  ['RichText/Media_Video', 'video'],
  ['RichText/Media_FlikMsg', 'video'],
  ['RichText/Media_CallRecording', 'video'],
  ['RichText/Media_AudioMsg', 'voice'],
  ['RichText/Media_GenericFile', 'file'],
]);

/** Types of service messages, in lower case, and what is done by them. */
export const serviceActions: ReadonlyMap<string, string> = new Map([
  ['threadactivity/addmember', 'invite_members'],
  ['threadactivity/deletemember', 'remove_members'],
  ['threadactivity/topicupdate', 'edit_group_title'],
  ['threadactivity/pictureupdate', 'edit_group_photo'],
  ['threadactivity/roleupdate', 'role_update'],
  ['threadactivity/historydisclosedupdate', 'history_disclosed_update'],
  ['threadactivity/joiningenabledupdate', 'joining_enabled_update'],
  ['invitefreerelationshipchanged/initialized', 'relationship_initialized'],
]);

const emoji = new Map([
  ['like', '👍'],
  ['yes', '👍'],
  ['no', '👎'],
  ['heart', '❤️'],
  ['laugh', '😆'],
  ['smile', '🙂'],
  ['cry', '😢'],
  ['sad', '🙁'],
  ['angry', '😠'],
  ['surprised', '😮'],
  ['clap', '👏'],
]);

/** The emoji of a reaction's name; the name where we know none. */
export function emojiOf(key: string): string {
  return emoji.get(key) ?? key;
}
