/** What has been typed and not been sent, by conversation; `new` is the one that does not exist yet. */
export const drafts = {
  of: (place: string): string => localStorage.getItem(keyOf(place)) ?? '',
  keep: (place: string, text: string): void => {
    if (text === '') localStorage.removeItem(keyOf(place));
    else localStorage.setItem(keyOf(place), text);
  },
};

function keyOf(place: string): string {
  return `tabletalk.chat.draft.${place}`;
}
