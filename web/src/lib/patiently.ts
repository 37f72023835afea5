/** Until the next try; half a minute in all, in which a service can start again. */
const delaysMs = [500, 1000, 2000, 4000, 8000, 8000, 8000];

/**
 * Loads a part of the page's own code, again and again while the service does not answer: what is being waited for
 * comes late then, and the rest of the page stays.
 */
export function patiently<Part>(load: () => Promise<Part>, delays: readonly number[] = delaysMs): () => Promise<Part> {
  return async () => {
    for (const delay of delays) {
      try {
        return await load();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, delay));
      }
    }
    return load();
  };
}
