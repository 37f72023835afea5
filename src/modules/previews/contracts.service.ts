import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { contractFaults } from '../../csv/contract-rules.js';
import type * as csv from '../../csv/contract.js';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { describeFile, type FileDescription } from '../uploads/domain/file-description.js';
import { UploadSubmitted } from '../uploads/errors.js';
import { headBytes } from '../uploads/receiving/intake.js';
import { type UploadRow, UploadsRepository } from '../uploads/uploads.repository.js';
import { UploadsService } from '../uploads/uploads.service.js';
import { ChangeContract, Contract } from './contract.dto.js';
import { ContractChanged, contractTag } from './errors.js';
import { StoredHead } from './stored-head.js';

export interface TaggedContract {
  readonly contract: Contract;
  readonly etag: string;
}

/** What a submit will apply to the rows of an upload: proposed from its first rows until a person sets it. */
@Injectable()
export class ContractsService {
  constructor(
    private readonly uploads: UploadsService,
    private readonly repository: UploadsRepository,
    private readonly head: StoredHead,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Throws what reading the file's first rows throws, when they cannot be read as they are guessed to be. */
  async get(caller: Caller, uploadId: string): Promise<TaggedContract> {
    const upload = await this.uploads.findReadable(caller.workspaceId, uploadId);
    const contract = currentContract(upload) ?? (await this.describe(upload)).proposal;
    return { contract, etag: contractTag(upload.contract_version) };
  }

  /**
   * Sets the contract. With another dialect the columns are inferred anew, and the preview follows. With `ifMatch`, only
   * when the contract still has that tag: else `ContractChanged`. Throws `InvalidRequest` with a pointer for each fault.
   */
  async put(caller: Caller, uploadId: string, change: ChangeContract, ifMatch?: string): Promise<TaggedContract> {
    const upload = await this.uploads.findReadable(caller.workspaceId, uploadId);
    if (upload.status === 'submitted') throw new UploadSubmitted(uploadId, upload.dataset!);
    const version = upload.contract_version;
    if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== contractTag(version))
      throw new ContractChanged(version);
    const description = await this.reread(upload, change.dialect);
    const proposal = description?.proposal ?? (JSON.parse(upload.proposal!) as csv.Contract);
    const contract = checked(change, proposal);
    if (await this.save(caller, upload, contract, description)) return { contract, etag: contractTag(version + 1) };
    if (ifMatch !== undefined)
      throw new ContractChanged((await this.uploads.findReadable(caller.workspaceId, uploadId)).contract_version);
    return this.put(caller, uploadId, change);
  }

  /** The file under the given dialect; undefined when that is how it is read already. */
  private async reread(upload: UploadRow, dialect: csv.Dialect | undefined): Promise<FileDescription | undefined> {
    const current = currentContract(upload);
    if (current && (!dialect || isDeepStrictEqual({ ...dialect }, current.dialect))) return undefined;
    if (!dialect) return this.describe(upload);
    const faults = contractFaults({ dialect, columns: [] }, []);
    const head = await this.head.read(upload, headBytes);
    if (dialect.compression !== undefined && dialect.compression !== head.compression) {
      faults.push({
        pointer: '/dialect/compression',
        detail: `is ${head.compression} for this file; it cannot be set`,
      });
    }
    if (faults.length > 0) throw new InvalidRequest(faults);
    const { compression: _compression, ...overrides } = dialect;
    return describeFile(head, overrides);
  }

  private async describe(upload: UploadRow): Promise<FileDescription> {
    return describeFile(await this.head.read(upload, headBytes));
  }

  private async save(
    caller: Caller,
    upload: UploadRow,
    contract: csv.Contract,
    description: FileDescription | undefined,
  ): Promise<boolean> {
    const { workspace_id, upload_id } = upload;
    const change = {
      dialect: JSON.stringify(contract.dialect),
      proposal: description ? JSON.stringify(description.proposal) : upload.proposal,
      contract: JSON.stringify(contract),
      updated_at: this.clock.now().toISOString(),
    };
    return this.database.transaction(async (transaction) => {
      if (!(await this.repository.changeContract(upload, change, transaction))) return false;
      if (description)
        await this.repository.putPreview({ workspace_id, upload_id, ...description.preview }, transaction);
      const detail = { version: upload.contract_version + 1 };
      await this.audit.record(
        { ...caller, action: 'upload.contract_changed', object: upload_id, outcome: 'allowed', detail },
        transaction,
      );
      return true;
    });
  }
}

function currentContract({ contract, proposal }: UploadRow): csv.Contract | undefined {
  const text = contract ?? proposal;
  return text === null ? undefined : (JSON.parse(text) as csv.Contract);
}

/** Throws `InvalidRequest`. */
function checked({ columns }: ChangeContract, proposal: csv.Contract): csv.Contract {
  const contract = {
    dialect: proposal.dialect,
    columns: columns ? (columns.map((column) => ({ ...column })) as csv.ContractColumn[]) : proposal.columns,
  };
  const faults = contractFaults(contract, proposal.columns);
  if (faults.length > 0) throw new InvalidRequest(faults);
  return contract;
}
