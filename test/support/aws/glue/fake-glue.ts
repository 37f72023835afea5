import type { CreateCrawlerRequest } from '@aws-sdk/client-glue';
import { AwsFailure, FakeJsonService } from '../fake-service.js';
import { FakeCrawlers } from './fake-crawlers.js';
import { FakeTables } from './fake-tables.js';

type Input<Name extends 'createDatabase' | 'createTable'> = Parameters<FakeTables[Name]>[0];

/** AWS Glue: databases, tables and crawlers. */
export class FakeGlue extends FakeJsonService {
  readonly tables = new FakeTables();
  readonly crawlers = new FakeCrawlers(this.tables);

  constructor() {
    super('glue', '1.1');
  }

  static start(): Promise<FakeGlue> {
    return new FakeGlue().listen();
  }

  override async close(): Promise<void> {
    this.crawlers.close();
    await super.close();
  }

  protected override async invoke(operation: string, input: Record<string, unknown>): Promise<object> {
    const table = input as unknown as Input<'createTable'>;
    const crawler = input as unknown as CreateCrawlerRequest;
    const named = input as unknown as { Name: string };
    switch (operation) {
      case 'CreateDatabase':
        return this.tables.createDatabase(input as unknown as Input<'createDatabase'>);
      case 'DeleteDatabase':
        return this.tables.deleteDatabase(named);
      case 'CreateTable':
        return this.tables.createTable(table);
      case 'UpdateTable':
        return this.tables.updateTable(table);
      case 'GetTable':
        return this.tables.getTable(table);
      case 'GetTables':
        return this.tables.getTables(table);
      case 'DeleteTable':
        return this.tables.deleteTable(table);
      case 'CreateCrawler':
        return this.crawlers.create(crawler);
      case 'UpdateCrawler':
        return this.crawlers.update(crawler);
      case 'GetCrawler':
        return this.crawlers.get(named);
      case 'StartCrawler':
        return this.crawlers.start(named);
      case 'StopCrawler':
        return this.crawlers.stop(named);
      case 'DeleteCrawler':
        return this.crawlers.delete(named);
      default:
        throw new AwsFailure({ name: 'UnknownOperationException', status: 400 });
    }
  }
}
