import type { ClientFetch } from '../connector-http.js';
import { isoTime } from '../document-text.js';
import type { SourceDocument } from '../source-document.js';
import type { SlackChannel, SlackMessage } from './slack-api.js';
import { authorOf, externalIdOf, type NameOf, timeOf } from './slack-documents.js';

type SlackFile = NonNullable<SlackMessage['files']>[number];

const largestBytes = 1_000_000;
const textTypes = /^text\/|^application\/(json|xml|x-yaml|yaml|sql|x-sh|javascript)$/;

/** Reads the text of files that were shared in messages. Files that are no text, too large or gone are left out. */
export class SlackFiles {
  constructor(
    private readonly fetch: ClientFetch,
    private readonly token: string,
    /** The only host besides the API's that is given the token. */
    private readonly mayHold: (url: URL) => boolean,
  ) {}

  async of(channel: SlackChannel, message: SlackMessage, nameOf: NameOf): Promise<SourceDocument[]> {
    const documents: SourceDocument[] = [];
    for (const file of message.files ?? []) {
      const text = isReadable(file) ? await this.read(file) : undefined;
      if (text !== undefined && text.trim() !== '') documents.push(fileDocument(channel, message, file, text, nameOf));
    }
    return documents;
  }

  private async read({ url_private_download: download, url_private: plain }: SlackFile): Promise<string | undefined> {
    const address = download ?? plain;
    if (address === undefined || !URL.canParse(address) || !this.mayHold(new URL(address))) return undefined;
    const answer = await this.fetch(address, { headers: { authorization: `Bearer ${this.token}` } });
    return answer.ok ? answer.text() : undefined;
  }
}

function isReadable({ mimetype = '', size = 0, mode }: SlackFile): boolean {
  return textTypes.test(mimetype) && size <= largestBytes && mode !== 'tombstone' && mode !== 'hidden_by_limit';
}

function fileDocument(
  channel: SlackChannel,
  message: SlackMessage,
  file: SlackFile,
  text: string,
  nameOf: NameOf,
): SourceDocument {
  const author = authorOf(message, nameOf);
  const createdAt = file.created === undefined ? timeOf(message.ts!) : isoTime(file.created * 1000);
  return {
    externalId: `${externalIdOf(channel.id, message.ts!)}/${file.id}`,
    kind: 'file',
    title: file.title ?? file.name ?? 'File',
    text,
    ...(author !== undefined && { author }),
    url: file.permalink ?? '',
    createdAt,
    updatedAt: createdAt,
    container: `#${channel.name}`,
    metadata: { channel_id: channel.id, ts: message.ts, file_id: file.id, mimetype: file.mimetype, bytes: file.size },
  };
}
