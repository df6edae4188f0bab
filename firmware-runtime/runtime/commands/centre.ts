// `etc-lane centre --data DIR`: the centre of many lots until SIGTERM, and what is done with the database of one that does
// not run (docs/centre.md). Its parts are loaded here alone.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { faultJson } from '#base/pure/faults/faults.ts'
import type { RunningCentre } from '../../../centre/centre.ts'
import type { FoldParts } from '../../../centre/fold/fold.ts'
import { act, commandOf, printed } from '#base/desk/commands/acts.ts'
import { wrongFlag, type CliIo } from '#base/commands/command.ts'
import { mustExist, stdinSecret } from '#base/desk/commands/stdin-secret.ts'

/** A longer stop is aborted: contract.md section 2 allows 5 s. */
const stopWithinMs = 4_500
const usual = { door: '127.0.0.1:8643', desk: '127.0.0.1:8680' } as const

/** Beside the built program, or built in a checkout. */
const pages = [
  join(import.meta.dirname, 'centre-page'),
  join(import.meta.dirname, '../../../dist/runtime/centre-page'),
] as const

function addressOf(flag: keyof typeof usual, text: string = usual[flag]) {
  const [, v6, host = v6, port] = /^(?:\[([\da-fA-F:.]+)\]|([\w.-]+)):(\d{1,5})$/.exec(text) ?? []
  if (host === undefined || Number(port) > 65_535) throw wrongFlag(`--${flag}`, 'HOST:PORT', text)
  return { host, port: Number(port) }
}

/** The ready line comes first, whatever happens meanwhile. */
function streamOf(io: CliIo) {
  const early: string[] = []
  let isReady = false
  const say = (value: object): void => {
    const line = `${JSON.stringify(value)}\n`
    if (isReady) io.stdout(line)
    else early.push(line)
  }
  const ready = (value: object): void => {
    isReady = true
    say({ event: 'ready', ...value })
    for (const line of early) io.stdout(line)
  }
  return { say, ready }
}

export type Say = (value: object) => void

interface CentreFlags {
  readonly data: string
  readonly postgres?: string | undefined
  readonly door?: string | undefined
  readonly desk?: string | undefined
  readonly names?: string | undefined
}

interface Told {
  /** Prints one more line. */
  readonly say: Say
  /** Ends the centre with 1. */
  failed(error: unknown): void
}

/** What runs beside a centre from its ready line to its end. */
type Beside = (centre: RunningCentre, told: Told) => { close(): Promise<void> }

/** Serves a centre until it is stopped; returns the exit code. */
export async function serveCentre(
  values: CentreFlags,
  io: CliIo,
  beside: Beside | null = null,
): Promise<number> {
  const stopped = Promise.withResolvers<number>()
  io.onStop(() => {
    stopped.resolve(0)
    // What is still open then is ended by the next start.
    setTimeout(() => process.exit(0), stopWithinMs).unref()
  })
  const { say, ready } = streamOf(io)
  const failed = (error: unknown): void =>
    io.stderr(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`)
  const { openCentre } = await import('../../../centre/centre.ts')
  const { serverLog } = await import('../../../centre/postgres/server-log.ts')
  const dir = resolve(values.data)
  const centre = await openCentre({
    dir,
    url: values.postgres,
    door: addressOf('door', values.door),
    desk: addressOf('desk', values.desk),
    names: (values.names ?? '').split(',').filter((name) => name !== ''),
    pageDir: pages.find((page) => existsSync(page)) ?? pages[0],
    clock: systemWallClock(),
    mono: systemMonoClock(),
    told: {
      state: (state) => say({ event: 'database', state }),
      fault: (fault) => say({ event: 'fault', ...faultJson(fault) }),
      log: serverLog(dir),
      failed,
    },
  })
  const { door, desk, caFile, signIn } = centre
  ready({ apiVersion: 1, pid: process.pid, endpoints: { desk, door, caFile }, signIn })
  const more = beside?.(centre, {
    say,
    failed(error) {
      failed(error)
      stopped.resolve(1)
    },
  })
  const code = await stopped.promise
  say({ event: 'stopping' })
  await more?.close()
  await centre.close()
  return code
}

export const centreLine =
  'centre --data DIR [--postgres URL] [--door HOST:PORT] [--desk HOST:PORT] [--names NAME,...]' as const

const serve = act([centreLine], (values, io) => serveCentre(values, io))

interface StoppedFlags {
  readonly data: string
  readonly postgres?: string | undefined
}

/** The commands end with what the database refuses them. */
const untold = { state: () => undefined, fault: () => undefined, log: () => undefined }

/** The database of a centre that does not run; CENTRE-02 while it does. */
async function withDatabase<T>(
  { data, postgres: url }: StoppedFlags,
  io: CliIo,
  work: (parts: FoldParts) => Promise<T>,
): Promise<T> {
  const { openPostgres } = await import('../../../centre/postgres/postgres.ts')
  const clocks = { clock: systemWallClock(), mono: systemMonoClock() }
  const postgres = await openPostgres({ dir: resolve(data), url, ...clocks, told: untold })
  const { database, makeMonths } = postgres
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => (closing ??= postgres.close())
  // Stopped in the middle, it goes on at the next start of the centre.
  io.onStop(() => void close().finally(() => process.exit(1)))
  try {
    const { withDatabaseFaults } = await import('../../../centre/postgres/database-error.ts')
    const parts = { pool: database.work, makeMonths, ...clocks }
    return await withDatabaseFaults(() => work(parts))
  } finally {
    await close()
  }
}

const digest = act(['centre digest --data DIR [--postgres URL]'], (values, io) =>
  withDatabase(values, io, async ({ pool }) => {
    const { digestsOf } = await import('../../../centre/fold/digest.ts')
    return printed({ ok: true, ...(await digestsOf(pool)) })
  }),
)

const logLines = 200
const log = act(['centre log --data DIR'], async ({ data }, io) => {
  const dir = resolve(data)
  mustExist(dir)
  const { loggedLines } = await import('../../../centre/postgres/server-log.ts')
  for (const line of loggedLines(dir, logLines)) io.stdout(`${line}\n`)
  return 0
})

const password = act(
  ['centre password --data DIR [--postgres URL] --name NAME --by NAME --reason TEXT'],
  async ({ data, postgres: url, name, by, reason }, io) => {
    const dir = resolve(data)
    mustExist(dir)
    const { resetSecret, storedSecret } = await import('../../../centre/desk/reset-secret.ts')
    const clocks = { clock: systemWallClock(), mono: systemMonoClock() }
    const secret = await stdinSecret(io)
    const lost = { name, secret, by, reason, nowMs: clocks.clock.nowMs() }
    const stored = await storedSecret(lost)
    const { asOwnerOf } = await import('../../../centre/postgres/as-owner.ts')
    await asOwnerOf({ dir, url, ...clocks, told: untold }, (db) => resetSecret(db, lost, stored))
    return printed({ ok: true, name })
  },
)

const refold = act(['centre refold --data DIR [--postgres URL]'], (values, io) =>
  withDatabase(values, io, async (parts) => {
    const { refoldAll } = await import('../../../centre/fold/refold.ts')
    const refolded = await refoldAll(parts, (rows) => io.stderr(`${rows} rows\n`))
    return printed(refolded, refolded.ok)
  }),
)

/** For the database of a centre. */
export const centreActs = [digest, refold, password, log] as const

export const centreCommand = commandOf('centre', [serve, ...centreActs])
