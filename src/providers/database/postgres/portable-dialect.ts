import {
  type BinaryOperationNode,
  ColumnDefinitionNode,
  type DatabaseMetadataOptions,
  type DataTypeNode,
  type Kysely,
  OperatorNode,
  PostgresDialect,
  PostgresIntrospector,
  PostgresQueryCompiler,
  PrimitiveValueListNode,
  type TableMetadata,
} from 'kysely';
import { toStoredText } from './stored-text.js';
import type { TranslatingPool } from './translating-pool.js';

/**
 * What migrations call `text`, `integer` and `real` are the types of SQLite: whole numbers and fractions of 64 bits, and
 * text that is ordered by its code points whatever language the database was made for.
 */
const columnTypes: Readonly<Record<string, string>> = {
  text: 'text collate "C"',
  integer: 'bigint',
  real: 'double precision',
  blob: 'bytea',
};

class PortableQueryCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    const type = this.parentNode && ColumnDefinitionNode.is(this.parentNode) ? columnTypes[node.dataType] : undefined;
    if (type === undefined) super.visitDataType(node);
    else this.append(type);
  }

  /** Nothing is in an empty list, which the grammar does not have. */
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const { operator, rightOperand } = node;
    const isEmpty = PrimitiveValueListNode.is(rightOperand) && rightOperand.values.length === 0;
    if (!isEmpty || !OperatorNode.is(operator)) super.visitBinaryOperation(node);
    else this.append(operator.operator === 'not in' ? 'true' : 'false');
  }

  protected override addParameter(parameter: unknown): void {
    super.addParameter(typeof parameter === 'string' ? toStoredText(parameter) : parameter);
  }
}

/** Sees the service's own tables, not those that others such as pg-boss keep in schemas of theirs. */
class OwnIntrospector extends PostgresIntrospector {
  override async getTables(options?: DatabaseMetadataOptions): Promise<TableMetadata[]> {
    return (await super.getTables(options)).filter(({ schema }) => schema === 'public');
  }
}

/** PostgreSQL as repositories and migrations know it that were written for SQLite as well. */
export class PortableDialect extends PostgresDialect {
  constructor(pool: TranslatingPool) {
    super({ pool });
  }

  override createIntrospector(database: Kysely<unknown>): PostgresIntrospector {
    return new OwnIntrospector(database);
  }

  override createQueryCompiler(): PostgresQueryCompiler {
    return new PortableQueryCompiler();
  }
}
