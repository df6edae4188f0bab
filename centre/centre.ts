// The centre of many lots as one program: its database, its authority, the door for lots and the desk for people.
import { join } from 'node:path'
import { isDatabaseAway } from './postgres/database-error.ts'
import { diskFull, codeOf, refusedFault, wordsOf } from './postgres/server.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import { openAlarms } from './alarm/alarms.ts'
import { AlarmPost } from './alarm/post.ts'
import type { Authority } from './authority/authority.ts'
import { openAuthority } from './authority/open-authority.ts'
import { deleteOldChanges } from './beat/old-changes.ts'
import { openDesk } from './desk/desk.ts'
import { openDoor } from './door/door.ts'
import { startFold } from './fold/fold.ts'
import { mustBeFree } from './free-addresses.ts'
import { openSampler } from './limits/sampler.ts'
import { openPostgres, type AsOwner, type DatabaseTold } from './postgres/postgres.ts'
import type { CentreDatabase } from './schema/pools.ts'

export interface Address {
  readonly host: string
  /** 0: a free one. */
  readonly port: number
}

export interface CentreOptions {
  readonly dir: string
  /** postgres://…: an existing server. */
  readonly url?: string | undefined
  readonly door: Address
  readonly desk: Address
  /** Further host names and addresses by which lots reach the door. */
  readonly names: readonly string[]
  /** The built pages. */
  readonly pageDir: string
  readonly clock: WallClock
  readonly mono: MonoClock
  readonly told: CentreTold
}

export interface CentreTold extends DatabaseTold {
  /** An error that is no fault. */
  failed(error: unknown): void
}

export interface RunningCentre {
  readonly database: CentreDatabase
  readonly asOwner: AsOwner
  readonly authority: Authority
  readonly door: string
  readonly desk: string
  readonly caFile: string
  /** Sign-in of the first person until its password is changed. */
  readonly signIn: { readonly name: string; readonly password: string } | null
  close(): Promise<void>
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.')

/** What a request ran into: no room is a fault, said once a minute. */
function failedBy({ told, mono }: CentreOptions): (error: unknown) => void {
  let quietUntilUs = 0
  return (error) => {
    if (codeOf(error) !== diskFull) {
      told.failed(error)
      return
    }
    if (mono.nowUs() < quietUntilUs) return
    quietUntilUs = mono.nowUs() + 60_000_000
    told.fault(new LaneFault('CENTRE-09', { note: wordsOf(error) }))
  }
}

/** Throws the faults of its parts; nothing stays open then. */
export async function openCentre(options: CentreOptions): Promise<RunningCentre> {
  const { dir, clock, mono, pageDir, names } = options
  const locked = (): Promise<void> => mustBeFree(options.door, options.desk)
  const postgres = await openPostgres({ ...options, locked })
  const close: (() => Promise<void>)[] = [() => postgres.close()]
  const closeAll = async (): Promise<void> => {
    for (const one of close.toReversed()) await one()
  }
  const failed = failedBy(options)
  const { database, asOwner } = postgres
  try {
    const folder = join(dir, 'authority')
    const authority = await openAuthority(folder, names, clock.nowMs())
    const tls = isLoopback(options.desk.host) ? null : authority.server
    const post = new AlarmPost(dir)
    const parts = { database, authority, clock, failed }
    const door = await openDoor({ ...options.door, ...parts, mono })
    close.push(() => door.close())
    const { makeMonths } = postgres
    const fold = startFold({ ...options, pool: database.work, makeMonths, failed })
    close.push(() => fold.close())
    const sampler = openSampler({ pool: database.work, clock, mono, failed })
    close.push(() => sampler.close())
    const called = () => sampler.called()
    const shown = { pageDir, doorUrl: door.url, called, post }
    const desk = await openDesk({ ...options.desk, ...parts, tls, ...shown })
    close.push(() => desk.close())
    const alarms = openAlarms({ pool: database.work, post, clock, mono, failed })
    close.push(() => alarms.close())
    const stopDeleting = deleteOldChanges({ pool: database.work, clock, mono, failed })
    close.push(async () => stopDeleting())
    const caFile = join(folder, 'authority.pem')
    const { signIn } = desk
    const at = { door: door.url, desk: desk.url, caFile, signIn }
    return { database, asOwner, authority, ...at, close: closeAll }
  } catch (error) {
    await closeAll()
    throw isDatabaseAway(error) ? refusedFault(error, {}) : error
  }
}
