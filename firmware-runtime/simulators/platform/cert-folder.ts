// Where the certificates of a simulated platform lie.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LaneFault } from '../../core/faults/faults.ts'
import type { SimArguments } from '../shell/arguments.ts'
import { isPostgres, shownAddress } from './store-address.ts'

/**
 * Begins the names of the files of a channel of the sandbox. Whoever applies chooses the number: a text of another form would
 * name a file of somebody else, and is refused wherever it comes from.
 */
export function sandboxName(appId: string): string {
  if (/^[A-Za-z0-9]{1,32}$/.test(appId)) return `sandbox-${appId}`
  throw new LaneFault('ARG-01', { field: 'appId', value: appId, note: 'letters and digits' })
}

/** Beside the store, so that a restart keeps the certificates; without one they live as long. */
export function certFolder(args: SimArguments): {
  readonly dir: string
  readonly temporary: boolean
} {
  const given = args.extra['certs']
  if (given !== undefined) return { dir: given, temporary: false }
  if (isPostgres(args.storeFile)) {
    const value = shownAddress(args.storeFile)
    throw new LaneFault('ARG-01', { field: '--certs', value, note: 'books in a database need it' })
  }
  if (args.storeFile !== null) return { dir: `${args.storeFile}.certs`, temporary: false }
  return { dir: mkdtempSync(join(tmpdir(), 'platform-sim-')), temporary: true }
}
