// `etc-lane run --data DIR`: the lane runtime of a folder, until SIGTERM or a fault that needs a new start. The first
// line on stdout names its address (contract.md section 2).
import { resolve } from 'node:path'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { serviceNotice } from '#base/service/sd-notify.ts'
import { faultJson, type LaneFault } from '#base/pure/faults/faults.ts'
import { exitOfRun } from '#lane/pure/lot/run-exit.ts'
import { undoAll } from '#base/process/close-all.ts'
import { onStrays, strayText } from '#base/process/strays.ts'
import { slotHere } from '../update/chosen-here.ts'
import { act, commandOf } from '#base/desk/commands/acts.ts'
import type { CliIo } from '#base/commands/command.ts'
import { apiVersion } from '#base/calls/rows.ts'
import { programFacts } from '#base/desk/process/program-facts.ts'
import { version } from '#base/process/version.ts'
import { type Running, type EndOf, openRun, announced } from '../host/run.ts'

/** A longer stop is aborted: contract.md section 2 allows 5 s. */
const stopWithinMs = 4_000

const line = (value: unknown): string => `${JSON.stringify(value)}\n`

/** Prints one more line on stdout; lines before `ready` wait for it, which is always the first. */
export type Say = (value: unknown) => void

function sayer(io: CliIo): { readonly say: Say; ready(value: unknown): void } {
  let early: unknown[] | null = []
  return {
    say(value) {
      if (early === null) io.stdout(line(value))
      else early.push(value)
    },
    ready(value) {
      const waiting = early ?? []
      early = null
      for (const one of [value, ...waiting]) io.stdout(line(one))
    },
  }
}

/** Serves what `open` opens until it is stopped; returns the exit code. `exit` ends the process before all is closed. */
export async function serveUntilStopped(
  io: CliIo,
  open: (end: EndOf, say: Say) => Promise<Running>,
  exit: (code: number) => void = (status) => process.exit(status),
): Promise<number> {
  const unstray = onStrays((error) => io.stderr(`${strayText(error)}\n`))
  try {
    return await served(io, open, exit)
  } finally {
    unstray()
  }
}

async function served(
  io: CliIo,
  open: (end: EndOf, say: Say) => Promise<Running>,
  exit: (code: number) => void,
): Promise<number> {
  const ended = Promise.withResolvers<number>()
  const { say, ready } = sayer(io)
  let starts = true
  let isStopped = false
  const end: EndOf = (code, fault) => {
    // Stopped during the start: later failures are caused by the stop.
    if (starts && isStopped) return
    if (fault !== null) {
      io.stdout(line({ event: 'failed', ...faultJson(fault) }))
      io.stderr(`${fault.message}\n`)
    }
    // A ledger that failed half way must not be touched again by this process (2.8).
    if (code === 0) ended.resolve(0)
    else exit(code)
  }
  // Also during opening: when that hangs it is aborted, like a stop that hangs.
  io.onStop(() => {
    isStopped = true
    ended.resolve(0)
    setTimeout(() => exit(0), stopWithinMs).unref()
  })
  const running = await open(end, say).catch((error: unknown) => {
    if (isStopped) return null
    throw error
  })
  starts = false
  if (running === null) return 0
  const { endpoints } = running
  const notice = serviceNotice({ env: process.env, mono: systemMonoClock() })
  notice.ready()
  ready({ event: 'ready', apiVersion, version, ...programFacts, pid: process.pid, endpoints })
  const code = await ended.promise
  notice.stopping()
  say({ event: 'stopping', unsent: running.unsent })
  setTimeout(() => exit(code), stopWithinMs).unref()
  await running.stop()
  return code
}

interface RunFlags {
  readonly data: string
  readonly timing?: 'standard' | 'instant' | undefined
  readonly announce?: string | undefined
}

/** Loaded when the lanes have ended. */
async function beginAgain(code: number): Promise<number> {
  const become = await import('../update/become.ts')
  return become.beginAgain(code)
}

/** Serves the lot of this folder until it is stopped, or until another program begins in place of this one. */
export async function serveFolder(
  { data, timing = 'standard', announce }: RunFlags,
  io: CliIo,
): Promise<number> {
  const dir = resolve(data)
  const isSlot = slotHere(process.env) !== null
  const trial = isSlot ? await import('../update/trial-ends.ts') : null
  let isAgain = false
  const next = (code: number): number | Promise<number> => (isAgain ? beginAgain(code) : code)
  const exit = (code: number): void => {
    const status = next(code)
    if (typeof status === 'number') process.exit(status)
    void status.then((one) => process.exit(one))
  }
  let isStopped = false
  const failed = (fault: unknown, why: 'start' | 'crashed'): void => {
    // What fails while the lanes are told to stop is caused by the stop.
    if (!isStopped) isAgain = trial?.endedBy(dir, fault, why) ?? false
  }
  io.onStop(() => {
    isStopped = true
    trial?.endedInOrder(dir)
  })
  const open = async (ended: EndOf, say: Say): Promise<Running> => {
    const end: EndOf = (code, fault) => {
      if (fault !== null) failed(fault, 'crashed')
      ended(isAgain ? 1 : exitOfRun(fault, code), fault)
    }
    const linkDown = (fault: LaneFault, laneId: string): void => {
      say({ event: 'fault', laneId, ...faultJson(fault) })
      io.stderr(`${fault.message}\n`)
    }
    const folderFault = (fault: LaneFault): void => linkDown(fault, '')
    const changed = (endpoints: unknown): void => say({ event: 'settings', endpoints })
    const begin = (): void => {
      isAgain = true
      ended(0, null)
    }
    const options = { dir, timing, end, linkDown, folderFault, changed, beginAgain: begin }
    const running = await openRun(options)
    if (announce === undefined) return running
    try {
      return await announced(running, dir, announce, folderFault)
    } catch (error) {
      await undoAll([() => running.stop()])
      throw error
    }
  }
  try {
    return next(await serveUntilStopped(io, open, exit))
  } catch (error) {
    failed(error, 'start')
    if (!isAgain) throw error
    io.stderr(`${error instanceof Error ? error.message : String(error)}\n`)
    return beginAgain(1)
  }
}

const serve = act(
  ['run --data DIR [--timing standard|instant] [--announce ADDRESS]'],
  (flags, io) => serveFolder(flags, io),
)

export const runCommand = commandOf('run', [serve])
