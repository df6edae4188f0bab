// Every step of a start that touches the disk, the ledger or a port fails once, and in another run from there on: the start
// ends with a fault that has a code, everything it opened is closed, and the next start works.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { lotCommand } from '#runtime/commands/lot.ts'
import { openRun, type Running } from '#runtime/host/run.ts'
import { diskFault, isDiskError } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { program } from '../../../wire/kit/program.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'
import { noIo } from '../../../kit/run-command.ts'

/** Steps count from 1; the one that `failAt` names fails, with `sticky` also all later ones. */
const steps = vi.hoisted(() => {
  const state = { folder: '', counting: false, done: [] as string[], failAt: 0, sticky: false }
  return {
    state,
    servers: [] as { readonly listening: boolean }[],
    take(name: string): void {
      if (!state.counting) return
      state.done.push(name)
      const n = state.done.length
      if (n !== state.failAt && !(state.sticky && n > state.failAt && state.failAt > 0)) return
      if (name.startsWith('sqlite'))
        throw Object.assign(new Error('database or disk is full'), { errcode: 13 })
      const [code, syscall] = name.startsWith('listen')
        ? ['EADDRINUSE', 'listen']
        : ['ENOSPC', name]
      throw Object.assign(new Error(`${code}: planted at ${name}`), { code, syscall })
    },
  }
})

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  type Any = (...args: unknown[]) => unknown
  const watched = ['writeFileSync', 'writeSync', 'mkdirSync', 'renameSync', 'fsyncSync'] as const
  const made: Record<string, Any> = {}
  for (const name of watched)
    made[name] = (...args) => {
      const [first] = args
      if (typeof first !== 'string' || first.startsWith(steps.state.folder)) steps.take(name)
      return (fs[name] as Any)(...args)
    }
  made['openSync'] = (...args) => {
    if (String(args[0]).startsWith(steps.state.folder) && args[1] !== 'r') steps.take('openSync')
    return (fs.openSync as Any)(...args)
  }
  return { ...fs, ...made }
})

vi.mock('node:sqlite', async (original) => {
  const sqlite = await original<typeof import('node:sqlite')>()
  class Watched extends sqlite.DatabaseSync {
    override exec(sql: string): void {
      steps.take(`sqlite ${sql.slice(0, 24)}`)
      super.exec(sql)
    }
    override prepare(sql: string) {
      const statement = super.prepare(sql)
      const run = statement.run.bind(statement)
      statement.run = ((...args: never[]) => {
        steps.take(`sqlite ${sql.slice(0, 24)}`)
        return run(...args)
      }) as typeof statement.run
      return statement
    }
  }
  return { ...sqlite, DatabaseSync: Watched }
})

vi.mock('node:http', async (original) => {
  const http = await original<typeof import('node:http')>()
  const createServer = (...args: Parameters<typeof http.createServer>) => {
    const server = http.createServer(...args)
    steps.servers.push(server)
    const listen = server.listen.bind(server) as (...more: unknown[]) => typeof server
    server.listen = ((...more: unknown[]) => {
      try {
        steps.take('listen')
      } catch (error) {
        setImmediate(() => server.emit('error', error))
        return server
      }
      return listen(...more)
    }) as typeof server.listen
    return server
  }
  return { ...http, createServer }
})

const folder = folderOfFile('etc-lane-steps-')
let number = 0
let dir: string
const ownProgram = process.argv[1]

beforeAll(() => {
  steps.state.folder = folder
  process.argv[1] = program
})
afterAll(() => {
  if (ownProgram !== undefined) process.argv[1] = ownProgram
})
beforeEach(async () => {
  Object.assign(steps.state, { counting: false, failAt: 0, sticky: false })
  dir = join(folder, `lot-${number++}`)
  const lot = ['--mode', 'demo', '--charge', 'card', '--camera', 'exit=push:hikvision']
  await lotCommand.run(['init', '--data', dir, ...lot], noIo)
})

const open = (): Promise<Running> =>
  openRun({
    dir,
    timing: 'standard',
    // A process would end here; the test only needs the fault.
    end: () => undefined,
    linkDown: () => undefined,
  })

/** A start whose steps are counted, with one failing. Returns its code, or null when it came up. */
async function start(failAt: number, sticky: boolean): Promise<string | null> {
  Object.assign(steps.state, { counting: true, done: [], failAt, sticky })
  try {
    const running = await open()
    Object.assign(steps.state, { counting: false })
    await running.stop()
    return null
  } catch (error) {
    if (error instanceof LaneFault) return error.code
    if (isDiskError(error)) return diskFault(error, {}, 'FILE-01').code
    throw error
  } finally {
    Object.assign(steps.state, { counting: false, failAt: 0 })
  }
}

/** The program's timers; unreferenced ones do not keep a process alive. */
const timers = new Set<NodeJS.Timeout>()
const realTimeout = globalThis.setTimeout
const realClear = globalThis.clearTimeout
vi.stubGlobal(
  'setTimeout',
  (fire: (...more: unknown[]) => void, ms: number, ...more: unknown[]) => {
    const timer = realTimeout(() => {
      timers.delete(timer)
      fire(...more)
    }, ms)
    timers.add(timer)
    return timer
  },
)
vi.stubGlobal('clearTimeout', (timer: NodeJS.Timeout | undefined) => {
  if (timer !== undefined) timers.delete(timer)
  realClear(timer)
})

/** What a start must not leave behind: listening sockets and pending timers. */
const held = (): readonly string[] => [
  ...steps.servers.filter(({ listening }) => listening).map(() => 'server'),
  ...[...timers].filter((timer) => timer.hasRef()).map(() => 'timer'),
]
const full = process.env['ETC_LANE_SCALE'] === 'full'
const cases = [
  ['a first start', false, 'a step that fails once', false],
  ['a first start', false, 'all steps from one on', true],
  ['a later start', true, 'a step that fails once', false],
  ['a later start', true, 'all steps from one on', true],
] as const
const leftBy = ['ledger.db', 'ledger.db-wal', 'ledger.db-shm', 'ledger.head', 'fold.cache', 'keys']

// A first start makes a new ledger each time and fails at thirty steps; the case of a disk that stays full covers all of
// them.
describe.each(cases.filter(([, later, , sticky]) => full || later !== sticky))(
  '%s',
  (_name, later, what, sticky) => {
    it(`${what}: a code, nothing held, and the next start works`, async () => {
      if (later) expect(await start(0, false)).toBeNull()
      const before = held()
      const seen: string[] = []
      for (let n = 1; ; n++) {
        if (!later)
          for (const one of leftBy) rmSync(join(dir, one), { recursive: true, force: true })
        const code = await start(n, sticky)
        const at = steps.state.done[n - 1]
        if (at === undefined) break
        seen.push(`${at.split(' ', 1)[0] ?? ''} ${code ?? 'up'}`)
        expect([at, existsSync(join(dir, 'run', 'lock'))]).toEqual([at, false])
        expect([at, held()]).toEqual([at, before])
        // A disk that stays full stops every start.
        if (sticky) expect([at, code]).not.toEqual([at, null])
        if (later || full) expect([at, await start(0, false)]).toEqual([at, null])
      }
      expect(await start(0, false)).toBeNull()
      expect(seen.length).toBeGreaterThan(later ? 8 : 20)
      expect(seen).toContain(sticky ? 'renameSync DATA-02' : 'listen LINK-01')
      expect(seen).toContain('sqlite DATA-02')
    })
  },
)
