/** A table as Apache Parquet. */

import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Table } from './tables.ts';

const TYPES = { text: 'STRING', number: 'DOUBLE', flag: 'BOOLEAN' } as const;

export const renderParquet = ({ columns, rows }: Table): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map(({ name, kind }, index) => ({
        name,
        type: TYPES[kind],
        data: rows.map((row) => row[index] ?? undefined),
        nullable: true,
      })),
      createdBy: 'bms-rig',
    }),
  );
