// The types of sql.js 1.16.0 that are used here; the package ships none.
// A blob is a Uint8Array, a text a string.

type SqlCell = string | number | Uint8Array | null

interface SqlStatement {
  bind(values: readonly SqlCell[]): boolean
  step(): boolean
  getAsObject(): Record<string, SqlCell>
  reset(): void
  free(): boolean
}

export interface SqlDatabase {
  exec(sql: string): { readonly columns: string[]; readonly values: SqlCell[][] }[]
  run(sql: string, values?: readonly SqlCell[]): unknown
  prepare(sql: string): SqlStatement
  /** The bytes of the file. */
  export(): Uint8Array
  close(): void
}

export interface SqlJs {
  readonly Database: new (bytes?: Uint8Array) => SqlDatabase
}

export type InitSqlJs = (options?: { locateFile(): string }) => Promise<SqlJs>
