// sql.js for the window: its WebAssembly is part of the page, nothing is fetched from elsewhere.
// Loaded when the first file is opened.
import initSqlJs from 'sql.js'
import wasmUrl from 'sql.js/dist/sql-wasm.wasm?url'
import type { SqlJs } from './sql-types.ts'

export const loadSql = (): Promise<SqlJs> => initSqlJs({ locateFile: () => wasmUrl })
