// Folder for the certificates of a simulated platform.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { SimArguments } from '../../shell/arguments.ts'
import { isPostgres, shownAddress } from '../store-address.ts'

/**
 * Start of the file names of a sandbox channel. The applicant chooses the number: text of another form could name a
 * foreign file and is refused (ARG-01).
 */
export function sandboxName(appId: string): string {
  if (/^[A-Za-z0-9]{1,32}$/.test(appId)) return `sandbox-${appId}`
  throw new LaneFault('ARG-01', { field: 'appId', value: appId, note: 'letters and digits' })
}

/** Beside the store, so that a restart keeps the certificates; without a store a temporary folder of this simulator. */
export function certFolder(
  args: SimArguments,
  name: string,
  suffix = 'certs',
): { readonly dir: string; readonly temporary: boolean } {
  const given = args.extra['certs']
  if (given !== undefined) return { dir: given, temporary: false }
  if (isPostgres(args.storeFile)) {
    const value = shownAddress(args.storeFile)
    throw new LaneFault('ARG-01', { field: '--certs', value, note: 'books in a database need it' })
  }
  if (args.storeFile !== null) return { dir: `${args.storeFile}.${suffix}`, temporary: false }
  return { dir: mkdtempSync(join(tmpdir(), `${name}-`)), temporary: true }
}
