// sql.js as the window has it: its WebAssembly comes with the page, nothing is fetched from elsewhere.
// Loaded when the first passport is opened.
import initSqlJs from 'sql.js'
import wasmUrl from 'sql.js/dist/sql-wasm.wasm?url'
import { openPassportFile, type OpenedFile } from './open-passport.ts'

export async function openInWindow(file: File): Promise<OpenedFile> {
  const sql = await initSqlJs({ locateFile: () => wasmUrl })
  return openPassportFile(sql, file.name, new Uint8Array(await file.arrayBuffer()))
}
