import { ApiProblem } from '@/lib/api/problem';

/** The data set that comes with the page, for those who want to try it before they bring their own. */
export const sample = {
  fileName: 'seattle-weather.csv',
  description: 'the weather of every day in Seattle from 2012 to 2015, 1,461 rows.',
  source: 'https://www.ncei.noaa.gov/products/land-based-station/global-historical-climatology-network-daily',
  sourceName: 'NOAA, GHCN-Daily',
  licence: 'public domain',
} as const;

export async function fetchSample(): Promise<File> {
  const response = await fetch(`/samples/${sample.fileName}`).catch((error: unknown) => {
    throw ApiProblem.unreachable(error);
  });
  if (!response.ok) throw await ApiProblem.of(response);
  return new File([await response.blob()], sample.fileName, { type: 'text/csv', lastModified: 0 });
}
