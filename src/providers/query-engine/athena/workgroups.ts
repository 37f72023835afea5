import {
  type AthenaClient,
  CreateWorkGroupCommand,
  DeleteWorkGroupCommand,
  GetWorkGroupCommand,
  UpdateWorkGroupCommand,
  type WorkGroupConfiguration,
} from '@aws-sdk/client-athena';
import { isInvalidRequest, isThrottled, isWithoutWorkgroup, unavailable } from './athena-client.js';

export interface WorkgroupOptions {
  /** What the names of all workgroups begin with; the workspace's id follows. */
  readonly workgroupPrefix: string;
  /** Where results go, as `s3://bucket/prefix/`; the workspace's id follows. */
  readonly outputLocation: string;
  /** KMS key for results; the bucket's own encryption when absent. */
  readonly kmsKeyId?: string | undefined;
  /** Bytes at which Athena ends a statement. */
  readonly bytesCutoff: number;
}

/** A workgroup of Athena for each workspace, which caps what one statement reads and says where results go. */
export class Workgroups {
  private readonly ready = new Map<string, Promise<string>>();

  constructor(
    private readonly client: AthenaClient,
    private readonly options: WorkgroupOptions,
  ) {}

  /** The name of the workspace's workgroup, which is there and set up. */
  of(workspaceId: string): Promise<string> {
    const known = this.ready.get(workspaceId);
    if (known) return known;
    const name = this.nameOf(workspaceId);
    const preparing = this.prepare(name, this.configuration(workspaceId)).then(() => name);
    this.ready.set(workspaceId, preparing);
    preparing.catch(() => this.ready.delete(workspaceId));
    return preparing;
  }

  /** Looks at it again before it is used next. */
  doubt(workspaceId: string): void {
    this.ready.delete(workspaceId);
  }

  nameOf(workspaceId: string): string {
    return `${this.options.workgroupPrefix}${workspaceId}`;
  }

  outputOf(workspaceId: string): string {
    return `${this.options.outputLocation}${workspaceId}/`;
  }

  /** With the history of its executions. No error when there is none. */
  async remove(workspaceId: string): Promise<void> {
    this.doubt(workspaceId);
    const command = new DeleteWorkGroupCommand({ WorkGroup: this.nameOf(workspaceId), RecursiveDeleteOption: true });
    await this.client.send(command).catch((error: unknown) => {
      if (!isWithoutWorkgroup(error)) throw unavailable(error);
    });
  }

  /** Asks for one that nobody has: that it is not there is an answer, and so is that Athena wants to be asked more slowly. */
  async ping(): Promise<void> {
    await this.find(this.nameOf('health')).catch((error: unknown) => {
      if (!isThrottled(error)) throw unavailable(error);
    });
  }

  private configuration(workspaceId: string) {
    const { kmsKeyId, bytesCutoff } = this.options;
    return {
      EnforceWorkGroupConfiguration: true,
      PublishCloudWatchMetricsEnabled: true,
      BytesScannedCutoffPerQuery: bytesCutoff,
      EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
      ResultConfiguration: {
        OutputLocation: this.outputOf(workspaceId),
        ...(kmsKeyId && { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS' as const, KmsKey: kmsKeyId } }),
      },
    };
  }

  private async prepare(name: string, wanted: ReturnType<Workgroups['configuration']>): Promise<void> {
    const existing = (await this.find(name)) ?? (await this.create(name, wanted));
    if (!existing || agrees(existing, wanted)) return;
    const { ResultConfiguration: ResultConfigurationUpdates, ...others } = wanted;
    const ConfigurationUpdates = { ...others, ResultConfigurationUpdates };
    await this.client.send(new UpdateWorkGroupCommand({ WorkGroup: name, ConfigurationUpdates }));
  }

  private async find(name: string): Promise<WorkGroupConfiguration | undefined> {
    try {
      const { WorkGroup: found } = await this.client.send(new GetWorkGroupCommand({ WorkGroup: name }));
      return found?.Configuration;
    } catch (error) {
      if (isWithoutWorkgroup(error)) return undefined;
      throw error;
    }
  }

  /** The configuration of one that somebody else has made meanwhile. */
  private async create(
    name: string,
    Configuration: WorkGroupConfiguration,
  ): Promise<WorkGroupConfiguration | undefined> {
    const Description = 'Statements of a workspace of Tabletalk';
    try {
      await this.client.send(new CreateWorkGroupCommand({ Name: name, Description, Configuration }));
      return undefined;
    } catch (error) {
      const existing = isInvalidRequest(error) ? await this.find(name) : undefined;
      if (!existing) throw error;
      return existing;
    }
  }
}

function agrees(existing: WorkGroupConfiguration, wanted: WorkGroupConfiguration): boolean {
  const result = existing.ResultConfiguration;
  return (
    existing.EnforceWorkGroupConfiguration === true &&
    existing.BytesScannedCutoffPerQuery === wanted.BytesScannedCutoffPerQuery &&
    result?.OutputLocation === wanted.ResultConfiguration?.OutputLocation &&
    result?.EncryptionConfiguration?.KmsKey === wanted.ResultConfiguration?.EncryptionConfiguration?.KmsKey
  );
}
