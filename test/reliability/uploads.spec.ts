import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Upload } from '../../src/modules/uploads/upload.dto.js';
import { Service } from '../support/service.js';
import { SlowPost } from '../support/streams.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const megabyte = 1024 * 1024;
const kills = 8;
const content = Buffer.alloc(4 * megabyte, 'id,name,price\n1,Ann,2.50\n');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const part = { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' };
const rawFile = (directory: string, workspace: string, id: string) =>
  join(directory, 'objects', 'workspaces', workspace, 'uploads', id, 'raw');

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

describe('uploads of a service that is killed', () => {
  let service: Service | undefined;

  afterEach(() => service?.end('SIGKILL'));
  const folder = temporaryFolders();

  it(`R21: are whole or failed after each of ${kills} kills, and resumable ones go on at the right byte`, async () => {
    const directory = folder();
    service = await Service.start(directory);
    const me = await service.owner.get('/users/me').expect(200);
    const workspace = (me.body as { workspaces: { id: string }[] }).workspaces[0]!.id;
    const announced = await service.owner
      .with({ 'tus-resumable': '1.0.0', 'upload-length': String(content.length) })
      .post('/uploads/resumable');
    const resumable = announced.headers['upload-id']!;
    const acknowledged = new Set<string>();
    let offset = 0;

    for (let kill = 0; kill < kills; kill += 1) {
      const { owner } = service;
      const whole = new SlowPost(owner, '/uploads', {
        'content-type': 'text/csv',
        'content-length': String(content.length),
      });
      const resumed = new SlowPost(
        owner,
        `/uploads/resumable/${resumable}`,
        { ...part, 'upload-offset': String(offset), 'content-length': String(content.length - offset) },
        'PATCH',
      );
      void resumed.write(content.subarray(offset, offset + (content.length / kills) * Math.random()));
      void whole.answer.then((answer) => answer?.status === 201 && acknowledged.add(String(answer.body['upload_id'])));
      whole.end(content);
      await new Promise((resolve) => setTimeout(resolve, kill * 8 * Math.random()));
      await service.end('SIGKILL');
      await whole.answer;

      service = await Service.start(directory);
      expect(readdirSync(join(directory, 'scratch')).filter((name) => !name.startsWith('worker-'))).toEqual([]);
      const uploads = (await service.owner.get('/uploads?limit=200').expect(200)).body.items as Upload[];
      for (const { upload_id: id, status, sha256: sum } of uploads.filter((each) => each.upload_id !== resumable)) {
        expect(['ready', 'failed']).toContain(status);
        expect(existsSync(rawFile(directory, workspace, id))).toBe(status === 'ready');
        if (status === 'ready')
          expect([sum, await hashOf(rawFile(directory, workspace, id))]).toEqual([sha256(content), sum]);
      }
      const ready = uploads.filter(({ status }) => status === 'ready').map(({ upload_id }) => upload_id);
      expect(ready).toEqual(expect.arrayContaining([...acknowledged]));
      const head = await service.owner
        .head(`/uploads/resumable/${resumable}`)
        .set('tus-resumable', '1.0.0')
        .expect(200);
      offset = Number(head.headers['upload-offset']);
      expect(offset).toBeLessThan(content.length);
    }

    await service.owner
      .patch(`/uploads/resumable/${resumable}`)
      .set({ ...part, 'upload-offset': String(offset) })
      .send(content.subarray(offset) as never)
      .expect(204);
    const upload = (await service.owner.get(`/uploads/${resumable}`).expect(200)).body as Upload;
    expect(upload).toMatchObject({ status: 'ready', sha256: sha256(content) });
    expect(await hashOf(rawFile(directory, workspace, resumable))).toBe(upload.sha256);
  });

  const linux = process.platform === 'linux' ? it : it.skip;

  linux(
    'R18: need no more memory for a large file than for a quarter of it',
    async () => {
      service = await Service.start(folder());
      const { address, owner } = service;
      const send = async (size: number) => {
        const piece = Buffer.alloc(megabyte, 'id,name,price\n1,Ann,2.50\n');
        const body = Readable.from(
          Array.from({ length: size }, () => piece),
          { objectMode: false },
        );
        const answer = await fetch(`${address}/api/v1/uploads`, {
          method: 'POST',
          headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'text/csv' },
          body,
          duplex: 'half',
        } as unknown as RequestInit);
        expect(answer.status).toBe(201);
        const upload = (await answer.json()) as Upload;
        expect(upload.bytes).toBe(size * megabyte);
        await owner.get(`/uploads/${upload.upload_id}/preview?limit=1000`).expect(200);
      };
      await send(100);
      const small = service.peakMemory();
      await send(400);
      expect(service.peakMemory() - small).toBeLessThan(64 * megabyte);
    },
    600_000,
  );
});
