// One program a device: a lock named by the link, for every program of this computer.
// A lane holds its antennas while it runs; a person with a lone link is told who holds it.
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LaneFault } from '../core/values/faults.ts'
import { takeLock } from './process-lock.ts'

/** The same for every way to write the options behind a link. */
export const linkKey = (link: string): string =>
  createHash('sha256')
    .update(link.split('?')[0] ?? '')
    .digest('hex')
    .slice(0, 16)

/** Answers how to give it back. LINK-03 names the process that holds it. */
export function claimLink(link: string): () => void {
  const folder = join(tmpdir(), 'etc-lane-links')
  const lock = join(folder, linkKey(link))
  const held = (note: string): LaneFault => new LaneFault('LINK-03', { value: link, note })
  try {
    // The mask of the first user must not keep all others out; sticky, as /tmp is.
    if (mkdirSync(folder, { recursive: true }) !== undefined) chmodSync(folder, 0o1777)
    const pid = takeLock(lock)
    if (pid === null) return () => rmSync(lock, { force: true })
    throw held(`process ${pid} holds it`)
  } catch (error) {
    if (error instanceof LaneFault) throw error
    throw held(error instanceof Error ? error.message : lock)
  }
}
