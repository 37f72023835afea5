import { setTimeout as delay } from 'node:timers/promises';

/** Uploads a Blob as multipart/form-data; returns the Upload. */
export async function uploadFile(service, blob, name) {
  const form = new FormData();
  form.set('file', blob, name);
  const response = await fetch(`${service.address}/api/v1/uploads`, {
    method: 'POST',
    headers: service.headers,
    body: form,
  });
  const upload = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(upload));
  return upload;
}

/** Submits an upload as a data set and waits until its table can be queried. */
export async function publish(service, uploadId, dataset) {
  const submitted = await service.call('POST', `/uploads/${uploadId}/submit`, { dataset, mode: 'create', crawl: true });
  for (;;) {
    const crawl = await service.call('GET', `/crawls/${submitted.crawl_id}`);
    if (crawl.state === 'succeeded') return crawl;
    if (['failed', 'stopped'].includes(crawl.state)) throw new Error(JSON.stringify(crawl));
    await delay(10);
  }
}
