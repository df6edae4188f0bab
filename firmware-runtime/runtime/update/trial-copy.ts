// A copy of what a start reads, for two programs to read it one after the other: ledger, its key, lot file, tariff and
// imported profiles. It is sealed to this machine like the folder itself.
import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { removePath } from '#base/files/held-path.ts'
import { updateFolder } from '../slots/trust-file.ts'
import { backupLedger } from '#ledger/sqlite/backup.ts'
import { openHeadFile } from '#ledger/sqlite/head-file.ts'
import { ledgerFiles } from '#ledger/sqlite/inspect.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'

const bytesOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0)

export function ledgerBytes(dir: string): number {
  const { db, wal } = ledgerFiles(dir)
  return bytesOf(db) + bytesOf(wal)
}

/** The lanes may write meanwhile. Returns the folder of the copy. */
export async function makeTrialCopy(dir: string): Promise<string> {
  const copy = join(updateFolder(dir), 'trial-copy')
  removePath(copy, { recursive: true, force: true })
  mkdirSync(copy, { recursive: true, mode: 0o700 })
  const { config } = loadLot(dir)
  for (const name of ['lot.json', config.tariffFile, 'profiles', join('keys', 'chain.key')]) {
    if (!existsSync(join(dir, name))) continue
    mkdirSync(dirname(join(copy, name)), { recursive: true, mode: 0o700 })
    cpSync(join(dir, name), join(copy, name), { recursive: true })
  }
  if (ledgerBytes(dir) === 0) return copy
  const files = ledgerFiles(copy)
  const { verdict } = await backupLedger({ ...readerOptions(dir), to: files.db })
  const head = openHeadFile(files.head, true)
  head.write({ seq: verdict.headSeq, hash: verdict.headHash })
  head.close()
  return copy
}
