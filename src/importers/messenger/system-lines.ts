// The app's own lines come as messages of whoever did something, in the language of the account: `Ann named the group X.`
// Only English ones that begin with the sender's own name are known here; no one writes so of oneself.

const actions: readonly (readonly [beginning: string, action: string])[] = [
  ['created the group', 'create_group'],
  ['named the group', 'edit_group_title'],
  ['removed the group name', 'edit_group_title'],
  ['changed the group photo', 'edit_group_photo'],
  ['removed the group photo', 'edit_group_photo'],
  ['left the group', 'leave_group'],
  ['joined the group', 'join_group'],
  ['pinned a message', 'pin_message'],
  ['unpinned a message', 'unpin_message'],
  ['changed the chat theme', 'edit_chat_theme'],
  ['changed the theme', 'edit_chat_theme'],
  ['set the quick reaction', 'edit_chat_theme'],
  ['set the emoji', 'edit_chat_theme'],
  ['set the nickname for', 'edit_nickname'],
  ['set your nickname', 'edit_nickname'],
  ['set his own nickname', 'edit_nickname'],
  ['set her own nickname', 'edit_nickname'],
  ['set their own nickname', 'edit_nickname'],
  ['cleared the nickname for', 'edit_nickname'],
  ['started a video chat', 'group_call'],
  ['started a call', 'group_call'],
  ['joined the video chat', 'group_call'],
  ['joined the call', 'group_call'],
];
const changesOfMembers = /^(added|removed) .{1,400} (to|from) the group\.?$/;

/** What the line says the sender did; null where it is no such line. */
export function systemAction(content: string, sender: string): string | null {
  if (!content.startsWith(`${sender} `) || content.length > sender.length + 500) return null;
  const rest = content.slice(sender.length + 1);
  const known = actions.find(([beginning]) => rest.startsWith(beginning));
  if (known !== undefined) return known[1];
  const change = changesOfMembers.exec(rest)?.[1];
  return change === undefined ? null : change === 'added' ? 'invite_members' : 'remove_members';
}
