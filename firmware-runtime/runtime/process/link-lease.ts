// One program a device: a lock named by the link, for every program of this computer.
// A lane holds its devices while it runs; a person with a lone link is told who holds it, and since when.
import { t } from '../../core/values/fault-text.ts'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LaneFault, type Why } from '../../core/faults/faults.ts'
import { portPath } from '../../core/links/link-url.ts'
import { forgetLock, holderOf, noteOf, takeLock } from '../../adapters/files/process-lock.ts'

/** The same for every way to write the options behind a link, and a port of Windows. */
export function linkKey(link: string): string {
  const place = link.split('?')[0] ?? ''
  const port = /^serial:(.*)$/.exec(place)?.[1]
  const name = port === undefined ? place : `serial:${portPath(port)}`
  return createHash('sha256').update(name).digest('hex').slice(0, 16)
}

/** How often this process claimed a link: the last one that gives it back lets it go. */
const mine = new Map<string, number>()

/** Links that another thread of this process has, by their lock: in whose words. */
const lent = new Map<string, string>()

const folder = (): string => join(tmpdir(), 'etc-lane-links')
const lockOf = (link: string): string => join(folder(), linkKey(link))

/** Who holds a link on this computer; null: nobody. */
export function claimantOf(link: string): { readonly pid: number; readonly note: string } | null {
  const lock = lockOf(link)
  const leasedTo = lent.get(lock)
  if (leasedTo !== undefined) return { pid: process.pid, note: leasedTo }
  if (!existsSync(lock)) return null
  const pid = mine.has(lock) ? process.pid : holderOf(lock)
  return pid === null ? null : { pid, note: noteOf(lock) }
}

/**
 * Answers how to give it back. LINK-03 names the process that holds it, in the words it left: who,
 * which program, which lane, since when.
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
    // The mask of the first user must not keep all others out; sticky, as /tmp is.
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
 * Keeps a link for a worker of this process, which claims it by itself: a lock names a process alone, so
 * that here nobody else would be refused. LINK-03 where somebody of this process has it.
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
  return () => void lent.delete(lock)
}

/** A taker whose time is over and who does not let go, as a stopped process does not: its claim ends. */
export function endClaim(link: string, pid: number): void {
  const lock = lockOf(link)
  if (existsSync(lock) && holderOf(lock) === pid) rmSync(lock, { force: true })
}
