import { runInNewContext } from 'node:vm';
import { until } from './until.js';

/** As much of an element as a small page's script touches. */
class PageElement {
  textContent = '';
  value = '';
  hidden = false;
  required = false;
  disabled = false;
  autocomplete = '';
  private readonly listeners: ((event: { preventDefault(): void }) => unknown)[] = [];

  addEventListener(_type: string, listener: (event: { preventDefault(): void }) => unknown): void {
    this.listeners.push(listener);
  }

  /** Calls back whoever listens, and waits for them. */
  async fire(): Promise<void> {
    for (const listener of this.listeners) await listener({ preventDefault: () => undefined });
  }
}

/** Runs a small page's script against the real service, without a browser: elements by id, `fetch`, `location`. */
export class BrowserPage {
  private readonly elements = new Map<string, PageElement>();

  /** `html` is the page at `url`, `script` what it loads. */
  constructor(html: string, script: string, url: string) {
    for (const [, attributes, id] of html.matchAll(/<\w+((?:\s[^>]*)?\sid="([\w-]+)"[^>]*)>/g)) {
      const element = new PageElement();
      element.hidden = /\shidden\b/.test(attributes!);
      this.elements.set(id!, element);
    }
    runInNewContext(script, {
      document: { getElementById: (id: string) => this.element(id) },
      location: new URL(url),
      addEventListener: () => undefined,
      fetch: (path: string, options: RequestInit) => fetch(new URL(path, url), options),
      URLSearchParams,
      JSON,
    });
  }

  element(id: string): PageElement {
    const element = this.elements.get(id);
    if (!element) throw new Error(`The page has no element ${id}.`);
    return element;
  }

  /** Waits until the element says something. */
  async text(id: string): Promise<string> {
    await until(async () => this.element(id).textContent !== '');
    return this.element(id).textContent;
  }
}
