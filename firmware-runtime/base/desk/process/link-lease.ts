// One program per device: a lock named by the link, for all programs of this computer.
// A lane holds its links while it runs; a refused program gets the holder and since when it holds the link.
import { t } from '../../pure/words/fault-text.ts'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LaneFault, type Why } from '../../pure/faults/faults.ts'
import { portPath } from '../../pure/links/link-url.ts'
import { forgetLock, holderOf, noteOf, takeLock } from '../../files/process-lock.ts'
import { removePath } from '../../files/held-path.ts'

/** Equal for all spellings of a link's options and of a Windows port. */
export function linkKey(link: string): string {
  const place = link.split('?')[0] ?? ''
  const port = /^serial:(.*)$/.exec(place)?.[1]
  const name = port === undefined ? place : `serial:${portPath(port)}`
  return createHash('sha256').update(name).digest('hex').slice(0, 16)
}

/** Number of claims of this process per link: the last release frees it. */
const mine = new Map<string, number>()

/** Links held by another thread of this process, by lock, with its note. */
const lent = new Map<string, string>()

const folder = (): string => join(tmpdir(), 'etc-lane-links')
const lockOf = (link: string): string => join(folder(), linkKey(link))

/** The holder of a link on this computer; null when it is free. */
export function claimantOf(link: string): { readonly pid: number; readonly note: string } | null {
  const lock = lockOf(link)
  const leasedTo = lent.get(lock)
  if (leasedTo !== undefined) return { pid: process.pid, note: leasedTo }
  if (!existsSync(lock)) return null
  const pid = mine.has(lock) ? process.pid : holderOf(lock)
  return pid === null ? null : { pid, note: noteOf(lock) }
}

/**
 * Claims a link and returns its release. Throws LINK-03 with the process that holds it and the note it left: program,
 * lane, since when.
 */
export function leaseLink(link: string, note = 'etc-lane'): () => void {
  const lock = lockOf(link)
  const held = (why: Why): LaneFault => new LaneFault('LINK-03', { value: link, note: why })
  const leasedTo = lent.get(lock)
  if (leasedTo !== undefined)
    throw held(
      t(`由进程 ${process.pid} 使用:${leasedTo}`, `process ${process.pid} holds it: ${leasedTo}`),
    )
  let given = false
  const giveBack = (): void => {
    if (given) return
    given = true
    const left = (mine.get(lock) ?? 1) - 1
    if (left > 0) mine.set(lock, left)
    else {
      mine.delete(lock)
      forgetLock(lock)
    }
  }
  try {
    // Without this the umask of the first user would lock out others; sticky like /tmp.
    if (mkdirSync(folder(), { recursive: true }) !== undefined) chmodSync(folder(), 0o1777)
    const before = mine.get(lock) ?? 0
    const pid = before > 0 ? null : takeLock(lock, `${note} since ${new Date().toISOString()}`)
    if (pid !== null)
      throw held(
        t(`由进程 ${pid} 使用:${noteOf(lock)}`, `process ${pid} holds it: ${noteOf(lock)}`),
      )
    mine.set(lock, before + 1)
    return giveBack
  } catch (error) {
    if (error instanceof LaneFault) throw error
    throw held(error instanceof Error ? error.message : lock)
  }
}

/**
 * Reserves a link for a worker of this process, which claims it itself: a lock names only a process, so that other code
 * of this process would not be refused. Throws LINK-03 when this process uses it already.
 */
export function lendLink(link: string, note: string): () => void {
  const lock = lockOf(link)
  const who = lent.get(lock) ?? (mine.has(lock) ? noteOf(lock) : null)
  if (who !== null)
    throw new LaneFault('LINK-03', {
      value: link,
      note: t(`由进程 ${process.pid} 使用:${who}`, `process ${process.pid} holds it: ${who}`),
    })
  lent.set(lock, `${note} since ${new Date().toISOString()}`)
  return () => {
    lent.delete(lock)
  }
}

/** Removes the claim of a process that does not release a link when it must, for example because it is stopped. */
export function endClaim(link: string, pid: number): void {
  const lock = lockOf(link)
  if (existsSync(lock) && holderOf(lock) === pid) removePath(lock, { force: true })
}
