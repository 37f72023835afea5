import { signedFetch } from '@/lib/api/client';
import { saveFile } from '@/lib/save-file';

export type DownloadFormat = 'csv' | 'json' | 'parquet' | 'arrow';

/** The part of the File System Access API that is used; only some browsers have it. */
interface SavePicker {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<{
    createWritable(): Promise<WritableStream<Uint8Array>>;
  }>;
}

/** From here on a file is written to disk as it comes, where the browser can do that; a smaller one passes through memory. */
const largeBytes = 200_000_000;

/** Saves a result under a name, without its ending. Rejects with an `ApiProblem`. */
export async function downloadResult(queryId: string, format: DownloadFormat, name: string): Promise<void> {
  const response = await signedFetch(`/api/v1/queries/${queryId}/download?format=${format}`);
  const fileName = `${name}.${format}`;
  const { showSaveFilePicker } = window as SavePicker;
  if (showSaveFilePicker && Number(response.headers.get('content-length')) > largeBytes && response.body) {
    const file = await showSaveFilePicker.call(window, { suggestedName: fileName });
    return response.body.pipeTo(await file.createWritable());
  }
  saveFile(await response.blob(), fileName);
}
