/** The folder of everything that a data set keeps besides the uploaded files, with a slash at its end. */
export function datasetFolder(workspaceId: string, datasetId: string): string {
  return `workspaces/${workspaceId}/datasets/${datasetId}/`;
}

/** The folder of what was made for one version. */
export function versionFolder(workspaceId: string, datasetId: string, version: number): string {
  return `${datasetFolder(workspaceId, datasetId)}${version}/`;
}
