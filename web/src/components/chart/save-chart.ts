import { saveFile } from '@/lib/save-file';
import type { DrawnChart } from './drawing';

/** Pixels of the picture for each pixel of the page, so that it stays sharp on paper. */
const sharpness = 2;

export function saveSvg(chart: DrawnChart, name: string): void {
  saveFile(new Blob([chart.svg()], { type: 'image/svg+xml' }), `${name}.svg`);
}

/** Draws the chart on the page's background, since most programs show a transparent picture on white. */
export async function savePng(chart: DrawnChart, name: string): Promise<void> {
  const address = URL.createObjectURL(new Blob([chart.svg()], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = chart.width * sharpness;
    canvas.height = chart.height * sharpness;
    const context = canvas.getContext('2d')!;
    context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--surface').trim();
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!picture) throw new Error('The browser could not make a picture of this size.');
    saveFile(picture, `${name}.png`);
  } finally {
    URL.revokeObjectURL(address);
  }
}
