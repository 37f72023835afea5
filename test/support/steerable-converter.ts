import { setTimeout as delay } from 'node:timers/promises';
import { ConversionCrashed } from '../../src/providers/table-converter/errors.js';
import {
  type ConvertOutcome,
  type ConvertRequest,
  TableConverter,
} from '../../src/providers/table-converter/table-converter.js';

/** A real converter that can be held up before it begins, then as if it had read some rows, and made to break down. */
export class SteerableConverter extends TableConverter {
  /** How often a conversion was asked for. */
  calls = 0;
  private crashes = 0;
  private held: ((workspaceId: string) => boolean) | undefined;

  constructor(private readonly converter: TableConverter) {
    super();
  }

  /** Lets the next conversions break down, as if their process had died. */
  crashNext(times: number): void {
    this.crashes = times;
  }

  /** Lets conversions, or those of one workspace, wait until `release` or until they are told to stop. */
  hold(workspaceId?: string): void {
    this.held = (each) => workspaceId === undefined || each === workspaceId;
  }

  release(): void {
    this.held = undefined;
  }

  async convert(request: ConvertRequest): Promise<ConvertOutcome> {
    this.calls += 1;
    if (this.crashes > 0) {
      this.crashes -= 1;
      throw new ConversionCrashed(new Error('arranged'));
    }
    if (this.held?.(request.workspaceId)) request.onProgress?.({ phase: 'reading', fraction: 0.25, rows: 10 });
    while (this.held?.(request.workspaceId)) await delay(10, undefined, { signal: request.signal });
    return this.converter.convert(request);
  }
}
