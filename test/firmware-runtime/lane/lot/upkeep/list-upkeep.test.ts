// The upkeep of the status list, driven by the test's clock: every quarter of an hour give or take a tenth, the whole list
// once a day, sooner after a failure, reported once; the previous list stays in force.
import { expect, it } from 'vitest'
import { ListUpkeep } from '#lane/lot/upkeep/list-upkeep.ts'
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import type { ListTaken } from '#ledger/ports/list-service.ts'
import { VirtualClock } from '../../../devices/pure/camera/virtual-clock.ts'
import { sideTasks } from '../../../../kit/side-tasks.ts'

const startMs = Date.parse('2026-11-20T12:00:00+08:00')
const minuteMs = 60_000

function scene(draw = 128, joined = true) {
  const mono = new VirtualClock()
  const traced: string[] = []
  const asked: string[] = []
  const world: { code: FaultCode | null } = { code: null }
  const nowMs = (): number => startMs + Math.floor(mono.nowUs() / 1000)
  const list = {
    version: '0',
    asOfMs: null as number | null,
    fullAtMs: null as number | null,
    count: null as number | null,
    source: 'none' as 'none' | 'platform',
    reload: (): void => undefined,
  }
  const answer = (full: boolean): Promise<ListTaken> => {
    asked.push(`${Math.round((nowMs() - startMs) / 1000)} ${full ? 'full' : 'changes'}`)
    if (world.code !== null)
      return Promise.reject(new LaneFault(world.code, { note: 'noWholeAnswer 1' }))
    list.asOfMs = nowMs()
    if (full) list.fullAtMs = nowMs()
    list.source = 'platform'
    return Promise.resolve({ version: '1', asOfMs: nowMs(), kind: 'full', count: 3 })
  }
  const upkeep = new ListUpkeep({
    runtime: { nowMs, trace: (_lane, _car, _type, detail) => void traced.push(detail) },
    tasks: sideTasks(mono),
    random: { bytes: (count) => new Uint8Array(count).fill(draw) },
    list,
    service: joined ? { fetchList: answer, takeList: () => answer(true) } : null,
    everyMs: 15 * minuteMs,
    ageMaxMs: 1440 * minuteMs,
    chargeMode: 'card',
  })
  const run = async (ms: number, stepMs = minuteMs): Promise<void> => {
    for (let done = 0; done < ms; done += stepMs) {
      mono.run(Math.min(stepMs, ms - done))
      for (let n = 0; n < 12; n++) await Promise.resolve()
    }
  }
  return { upkeep, traced, asked, world, list, run }
}

it('asks soon after the start, then each quarter of an hour, and stops with the lot', async () => {
  const { upkeep, asked, run } = scene()
  await run(40 * minuteMs)
  expect(asked).toHaveLength(3)
  expect(asked.map((one) => one.split(' ')[1])).toEqual(['full', 'changes', 'changes'])
  expect(upkeep.view()).toMatchObject({ state: 'fresh', source: 'platform', fault: null })
  upkeep.stop()
  await run(60 * minuteMs)
  expect(asked).toHaveLength(3)
})

it.each([
  [0, 810],
  [255, 990],
])('waits a tenth less or more by the draw: %s', async (draw, sec) => {
  const { asked, run } = scene(draw)
  await run(30 * minuteMs, 1_000)
  const [first = 0, second = 0] = asked.map((one) => Number(one.split(' ')[0]))
  expect(second - first).toBe(sec)
})

it('asks for the whole list once a day', async () => {
  const { asked, run } = scene()
  await run(25 * 60 * minuteMs)
  expect(asked.filter((one) => one.endsWith('full'))).toHaveLength(2)
})

it('tells a failure once, tries again sooner and then slower, and is well again', async () => {
  const { upkeep, traced, asked, world, run } = scene()
  await run(minuteMs)
  world.code = 'LIST-06'
  await run(32 * minuteMs)
  expect(traced).toEqual(['LIST-06 noWholeAnswer 1'])
  expect(asked.length).toBeGreaterThan(4)
  expect(upkeep.view()).toMatchObject({
    state: 'old',
    fault: { code: 'LIST-06', note: 'noWholeAnswer 1' },
  })
  world.code = 'LIST-03'
  await run(20 * minuteMs)
  expect(traced).toHaveLength(2)
  world.code = null
  await run(20 * minuteMs)
  expect(upkeep.view()).toMatchObject({ state: 'fresh', fault: null })
})

it('does what a person asks, and tells that person what was wrong', async () => {
  const { upkeep, asked, world } = scene()
  expect(await upkeep.now(true)).toMatchObject({ source: 'platform' })
  world.code = 'LIST-04'
  await expect(upkeep.take('/media/stick/list')).rejects.toThrow('LIST-04')
  expect(asked).toHaveLength(2)
})

it('asks nobody where no platform was joined', async () => {
  const { upkeep, asked, run } = scene(128, false)
  await run(60 * minuteMs)
  expect(asked).toEqual([])
  expect(upkeep.view()).toMatchObject({ state: 'none', version: '0', nextIso: null })
  await expect(upkeep.now(true)).rejects.toThrow('LIST-03')
})
