// A passport opened in the window from the bytes of its file, with sql.js.
// Loaded when the first passport is opened.
import { loadSql } from '../../sandbox/load-sql.ts'
import { openPassportFile, type OpenedFile } from './open-passport.ts'

export async function openInWindow(name: string, bytes: Uint8Array): Promise<OpenedFile> {
  return openPassportFile(await loadSql(), name, bytes)
}
