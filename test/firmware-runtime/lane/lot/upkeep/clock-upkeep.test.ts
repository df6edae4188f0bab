// The upkeep of the clock, driven by the test's clock: every half hour, with a step that waits for the lanes, its row, and
// the command shown to a person instead. This machine's clock is not moved.
import { expect, it } from 'vitest'
import { ClockUpkeep } from '#lane/lot/upkeep/clock-upkeep.ts'
import { clockSetter, maySetTime } from '#base/time/clock-setter.ts'
import type { ClockSeen } from '#lane/pure/lot/clock-keeping.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { VirtualClock } from '../../../devices/pure/camera/virtual-clock.ts'
import { sideTasks } from '../../../../kit/side-tasks.ts'

interface Given {
  offMs: number
  mayStep?: boolean
  refuses?: string
}

function scene({ offMs, mayStep = true, refuses }: Given) {
  const mono = new VirtualClock()
  const rows: RowDraft[] = []
  const traced: string[] = []
  const moved: number[] = []
  const lot = { offMs, quiet: true, reads: 0, silent: false, isFull: false }
  const upkeep = new ClockUpkeep({
    runtime: {
      get quiet() {
        return lot.quiet
      },
      nowMs: () => 0,
      trace: (_lane, _car, _type, detail) => void traced.push(detail),
      appendQuietly(drafts) {
        if (lot.isFull) return false
        rows.push(...drafts)
        return true
      },
    },
    tasks: sideTasks(mono),
    read() {
      lot.reads++
      const seen: ClockSeen = { server: 'ntp.example:123', offsetMs: lot.offMs, errorMs: 10 }
      return Promise.resolve(lot.silent ? [] : [seen])
    },
    mayStep,
    setter: {
      mayStep: true,
      step(byMs) {
        if (refuses !== undefined) return Promise.resolve(refuses)
        moved.push(byMs)
        lot.offMs += byMs
        return Promise.resolve(null)
      },
      commandFor: (server) => `set by ${server ?? 'the service'}`,
    },
    machineNtp: () => null,
  })
  const run = async (ms: number): Promise<void> => {
    mono.run(ms)
    for (let n = 0; n < 8; n++) await Promise.resolve()
  }
  return { upkeep, rows, traced, moved, lot, run }
}

it('looks soon after the start and each half hour, and stops with the lot', async () => {
  const { upkeep, lot, run } = scene({ offMs: 3 })
  await run(14_999)
  expect([lot.reads, upkeep.view()]).toEqual([0, null])
  await run(1)
  expect(lot.reads).toBe(1)
  await run(1_799_999)
  expect(lot.reads).toBe(1)
  await run(1)
  expect(lot.reads).toBe(2)
  expect(upkeep.view()).toMatchObject({ verdict: 'right', offsetMs: 3, command: null })
  upkeep.stop()
  await run(7_200_000)
  expect(lot.reads).toBe(2)
})

it('never moves the clock with a car in a lane: it waits, reads again and then moves it', async () => {
  const { upkeep, lot, run, moved, rows } = scene({ offMs: 5_000 })
  lot.quiet = false
  await run(15_000)
  await run(60_000)
  expect([moved, upkeep.view()?.verdict]).toEqual([[], 'waits'])
  lot.quiet = true
  lot.offMs = 5_100
  await run(60_000)
  expect([moved, upkeep.view()?.verdict]).toEqual([[-5_100], 'step'])
  expect(rows).toMatchObject([
    { kind: 'event', body: { type: 'clockStepped', detail: '-5100 ms, ntp.example:123' } },
  ])
  await run(1_800_000)
  expect([upkeep.view()?.verdict, moved.length]).toEqual(['right', 1])
})

it('writes the row of a step that a full disk did not take at a later look, once', async () => {
  const { lot, run, rows, moved } = scene({ offMs: 5_000 })
  lot.isFull = true
  await run(15_000)
  expect([moved, rows]).toEqual([[-5_000], []])
  await run(1_800_000)
  lot.isFull = false
  await run(1_800_000)
  await run(1_800_000)
  expect(rows).toMatchObject([
    { body: { type: 'clockStepped', detail: '-5000 ms, ntp.example:123' } },
  ])
})

it('shows the command where it may not, where the system refuses, and where nothing answers', async () => {
  const asked = scene({ offMs: 5_000, mayStep: false })
  await asked.run(15_000)
  expect(asked.upkeep.view()).toMatchObject({ verdict: 'ask', command: 'set by ntp.example:123' })
  const refused = scene({ offMs: 5_000, refuses: 'not permitted' })
  await refused.run(15_000)
  expect(refused.upkeep.view()?.verdict).toBe('ask')
  expect(refused.upkeep.view()?.command).not.toBeNull()
  expect([refused.rows, refused.traced]).toEqual([[], ['CLOCK-09 step not permitted']])
  const silent = scene({ offMs: 0 })
  silent.lot.silent = true
  await silent.run(15_000)
  expect(silent.upkeep.view()).toMatchObject({ verdict: 'silent', server: null, offsetMs: null })
  expect([asked.moved, silent.moved]).toEqual([[], []])
})

it('knows the right to set the time, and moves no clock of Windows', () => {
  expect(maySetTime('Name:\tnode\nCapEff:\t0000000002000000\n')).toBe(true)
  expect(maySetTime('Name:\tnode\nCapEff:\t00000000a80425fb\n')).toBe(false)
  const windows = clockSetter('win32')
  expect(windows.mayStep).toBe(false)
  expect(windows.commandFor('ntp.example')).toContain('w32tm /resync')
})
