// The parts of sql.js 1.16.0 used here, which ships no types of its own.
// A blob comes as Uint8Array, a text as string.

export type SqlCell = string | number | Uint8Array | null

export interface SqlDatabase {
  exec(sql: string): { readonly columns: string[]; readonly values: SqlCell[][] }[]
  close(): void
}

export interface SqlJs {
  readonly Database: new (bytes: Uint8Array) => SqlDatabase
}

export type InitSqlJs = (options: { locateFile(): string }) => Promise<SqlJs>
