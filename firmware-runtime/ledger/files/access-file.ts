// Log of accesses to the platform: interface, time and account (000 A.2.2 i), one line each in logs/access/DAY.jsonl,
// kept over a year. Written beside the hot path; proof of a charge is the ledger.
import { appendFile, mkdir } from 'node:fs/promises'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsed } from '#base/pure/data/json.ts'
import { dayMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { AccessFilter, PlatformAccess } from '../ports/platform-access.ts'
import { LateFile } from '#base/files/late-file.ts'
import { removePath } from '#base/files/held-path.ts'

const flushMs = 200
/** Lines waiting for a slow disk; more are dropped. */
const waitingMax = 20_000
/** 13 months: 5.1 d asks for a year. */
const keptMs = 396 * dayMs
const dayShape = /^\d{4}-\d\d-\d\d\.jsonl$/

type KeptAccess = Omit<PlatformAccess, 'atIso'> & { readonly atMs: InstantMs }

const folderOf = (dir: string): string => join(dir, 'logs', 'access')
const dayOf = (atMs: InstantMs): string => isoOf(atMs).slice(0, 10)

/**
 * Keeps one accepted heartbeat per lane and hour instead of one per minute: enough to show that the interface works.
 */
export function thinned(keep: (access: KeptAccess) => void): (access: KeptAccess) => void {
  const lastMs = new Map<string, InstantMs>()
  return (access) => {
    const isBeat = access.interfaceId === 'monitor'
    const isTaken = isBeat && access.status === 200 && access.isRefused !== true
    const { atMs, laneId = '' } = access
    // After a refused heartbeat, the next accepted one is kept.
    if (isBeat && !isTaken) lastMs.delete(laneId)
    const before = lastMs.get(laneId) ?? Number.NEGATIVE_INFINITY
    if (isTaken && atMs - before < dayMs / 24) return
    if (isTaken) lastMs.set(laneId, atMs)
    keep(access)
  }
}

/** Newest day first. */
const daysIn = (dir: string): readonly string[] =>
  existsSync(folderOf(dir))
    ? readdirSync(folderOf(dir))
        .filter((name) => dayShape.test(name))
        .toSorted()
        .toReversed()
    : []

export class AccessFile extends LateFile {
  private readonly dir: string
  private waiting = new Map<string, string[]>()
  private count = 0
  private clearedDay = ''

  constructor(dir: string) {
    super()
    this.dir = dir
  }

  add({ atMs, ...access }: KeptAccess): void {
    if (this.count >= waitingMax) return
    this.count++
    const day = dayOf(atMs)
    const lines = this.waiting.get(day) ?? []
    this.waiting.set(day, lines)
    // Line feed in front: a line cut by a power cut does not spoil the next one.
    lines.push(`\n${JSON.stringify({ atIso: isoOf(atMs), ...access })}`)
    this.writeSoon(flushMs)
  }

  protected override async write(): Promise<void> {
    const days = this.waiting
    this.waiting = new Map()
    this.count = 0
    for (const [day, lines] of days) {
      try {
        await mkdir(folderOf(this.dir), { recursive: true })
        await appendFile(join(folderOf(this.dir), `${day}.jsonl`), lines.join(''), { mode: 0o600 })
        this.clear(day)
      } catch {
        // A full or read-only disk must not delay a car; DATA-02 reports it.
      }
    }
  }

  private clear(day: string): void {
    if (this.clearedDay === day) return
    this.clearedDay = day
    const first = `${dayOf(Date.parse(`${day}T00:00:00+08:00`) - keptMs)}.jsonl`
    for (const name of daysIn(this.dir).filter((one) => one < first))
      removePath(join(folderOf(this.dir), name), { force: true })
  }
}

/** Null for a line cut by a power cut. */
function accessIn(line: string): PlatformAccess | null {
  const value = parsed(line)
  return typeof value === 'object' && value !== null && 'interfaceId' in value
    ? (value as PlatformAccess)
    : null
}

/** Newest first, at most `limit`. */
export function readAccess(dir: string, filter: AccessFilter): readonly PlatformAccess[] {
  const { from, to, interfaceId, account, limit } = filter
  const found: PlatformAccess[] = []
  for (const name of daysIn(dir)) {
    const day = name.slice(0, 10)
    if ((to !== null && day > to) || (from !== null && day < from)) continue
    const lines = readFileSync(join(folderOf(dir), name), 'utf8')
      .split('\n')
      .toReversed()
    for (const line of lines) {
      const access = accessIn(line)
      if (access === null) continue
      if (interfaceId !== null && access.interfaceId !== interfaceId) continue
      if (account !== null && access.account !== account) continue
      found.push(access)
      if (found.length === limit) return found
    }
  }
  return found
}
