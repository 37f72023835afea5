const at = '2026-05-01T08:00:00.000Z';

/** What a source holds at its n-th state: some documents come, go, or say something else, and most stay as they are. */
export function sourceAt(state) {
  return Array.from({ length: 40 }, (_, number) => number)
    .filter((number) => (number + state) % 7 !== 0)
    .map((number) => {
      const edition = Math.floor((state + number) / 5);
      const words = `only${number}x${edition}`;
      return {
        externalId: `doc${number}`,
        kind: 'message',
        text: `${words}: ${'What was said about it is long. '.repeat((number % 9) * 8)}`.trim(),
        author: 'Ada Lovelace',
        url: 'https://example.com',
        createdAt: at,
        updatedAt: at,
        container: '#all',
        metadata: { edition },
      };
    });
}
