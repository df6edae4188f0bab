// A lot is not made where a cloud service copies its files.
import { resolve } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { cloudFolder } from '#ledger/pure/lot/cloud-folder.ts'

/** Null on every system but Windows. */
const cloudFolderOf = (dir: string, platform: string = process.platform): string | null =>
  platform === 'win32' ? cloudFolder(resolve(dir), process.env) : null

/** Throws DATA-04. A lot that is there already runs on: only `doctor --service` says so. */
export function mustBeLocal(dir: string): void {
  const value = cloudFolderOf(dir)
  if (value !== null) throw new LaneFault('DATA-04', { file: dir, value })
}
