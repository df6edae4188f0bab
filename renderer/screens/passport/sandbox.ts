// A passport opened in the window from the bytes of its file, with sql.js.
// Loaded when the first passport is opened.
import { loadSql } from '../../sandbox/load-sql.ts'
import { openPassportFile, type OpenedFile } from './open-passport.ts'

export async function openInWindow(file: File): Promise<OpenedFile> {
  return openPassportFile(await loadSql(), file.name, new Uint8Array(await file.arrayBuffer()))
}
