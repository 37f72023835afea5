const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('tabletalk.chat');

/** Tells the browser's other tabs that something has happened in a conversation. */
export function announceChange(conversationId: string): void {
  // A channel has no origin to name: it never leaves the one that it was opened in.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  channel?.postMessage(conversationId);
}

/** Calls back when another tab has told so. Returns what ends that. */
export function onChangeElsewhere(changed: (conversationId: string) => void): () => void {
  const listener = ({ data }: MessageEvent) => changed(String(data));
  channel?.addEventListener('message', listener);
  return () => channel?.removeEventListener('message', listener);
}
