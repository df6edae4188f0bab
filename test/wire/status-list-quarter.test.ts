// The status list by a lot's clock: downloaded every quarter of an hour plus or minus a tenth; a missing answer
// delays no car; and the warning hours before a lane stops debiting cards. Real worker, platform and lane.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { ListView } from '#base/calls/list-views.ts'
import { present } from '#base/pure/values/must.ts'
import { hostList } from '#runtime/host/host-list.ts'
import { LiveLot } from './kit/live-lot.ts'
import { program } from './kit/program.ts'
import { eventually } from '../kit/eventually.ts'
import { sideTasks } from '../kit/side-tasks.ts'

const lot = new LiveLot('card')
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const at = 'GET /v1/status-list'
const platform = () => present(lot.harness.platform, 'the platform runs')
const lists: ReturnType<typeof hostList>[] = []
const started = process.argv[1]

/** Starts the upkeep of the list, like a start of the lanes. */
function upkeep(withinMs?: number): ReturnType<typeof hostList> {
  const list = hostList(lot.dir, lot.site, sideTasks(lot.mono), withinMs)
  lists.push(list)
  return list
}
const viewOf = ({ parts }: ReturnType<typeof hostList>): ListView => parts.view()
const seen = (list: ReturnType<typeof hostList>, fits: (view: ListView) => boolean) =>
  eventually(() => viewOf(list), fits)

/** The platform's requests, in order. */
async function asked(): Promise<string[]> {
  interface Log {
    readonly entries: readonly { readonly dir: string; readonly text: string }[]
  }
  const { entries } = await platform().admin<Log>('GET', '/log?limit=5000')
  return entries.flatMap(({ dir, text }) =>
    dir === 'in' && text.includes('status-list') ? [/since=\d+/.exec(text)?.[0] ?? ''] : [],
  )
}
/** Signs in at the platform for the day that has begun. */
async function signsIn(): Promise<void> {
  lot.mono.leap(24 * hourMs)
  const { lot: state } = lot.site.runtime
  // Each with a new end, because the former ones end within hours.
  const isNew = (untilMs: number): boolean => untilMs - lot.nowMs > 20 * hourMs
  await lot.until('all are signed in anew', () => [...state.signIns.values()].every(isNew))
  await lot.until('devices are there', () => lot.exit.rsuUp && lot.exit.arrive === 'off')
}
const dueMs = ({ nextIso }: ListView): number => Date.parse(nextIso ?? '') - lot.nowMs

beforeAll(async () => {
  process.argv[1] = program
  await lot.open()
  await platform().admin('POST', '/status-list', { first: `4501${'7'.repeat(16)}`, count: 3 })
})
afterEach(async () => {
  for (const list of lists.splice(0)) await list.close()
  await platform().admin('DELETE', '/faults')
})
afterAll(async () => {
  await lot.close()
  process.argv[1] = started ?? ''
})

it('is asked for each quarter of an hour, a tenth more or less, by what changed, and whole once a day', async () => {
  const list = upkeep()
  lot.mono.leap(3_300)
  await seen(list, ({ source, nextIso }) => source === 'platform' && nextIso !== null)
  const waits: number[] = []
  for (let quarter = 0; quarter < 4; quarter++) {
    const before = await asked()
    const { version } = await seen(list, (view) => dueMs(view) > 2 * minuteMs)
    const waitMs = dueMs(viewOf(list))
    waits.push(waitMs)
    lot.mono.leap(waitMs - minuteMs)
    expect(await asked()).toEqual(before)
    lot.ages(waitMs)
    lot.mono.leap(minuteMs)
    const after = await eventually(asked, (all) => all.length > before.length)
    expect(after.slice(before.length)).toEqual([`since=${version}`])
    await seen(list, ({ state, fault }) => state === 'fresh' && fault === null)
  }
  expect(waits.filter((ms) => ms < 810_000 || ms > 990_000)).toEqual([])
  // Drawn at random each time, so that the lots of a platform spread over the tenth.
  expect(new Set(waits).size).toBeGreaterThan(1)
  await seen(list, (view) => dueMs(view) > 2 * minuteMs)
  lot.ages(24 * hourMs)
  lot.mono.leap(990_000)
  await eventually(asked, (all) => all.at(-1) === 'since=0')
  await seen(list, ({ state, fault }) => state === 'fresh' && fault === null)
})

it('delays no car while an answer does not come, and is told once when its time is over', async () => {
  const slow = upkeep()
  await platform().admin('POST', '/faults', { at, when: 'before', do: 'drop', times: 2 })
  const before = await asked()
  lot.mono.leap(3_300)
  await eventually(asked, (all) => all.length > before.length)
  expect(await lot.passes()).toBe('etc')
  // There is no answer yet: the car did not wait for it.
  expect(viewOf(slow)).toMatchObject({ fault: null, nextIso: expect.any(String) })
  expect(dueMs(viewOf(slow))).toBeLessThan(minuteMs)
  await slow.close()

  const list = upkeep(500)
  const tellings = (): number => lot.faults().filter((one) => one.startsWith('LIST-06')).length
  const earlier = tellings()
  lot.mono.leap(3_300)
  const late = await seen(list, ({ fault }) => fault !== null)
  expect(late.fault?.code).toBe('LIST-06')
  const again = await seen(list, (view) => dueMs(view) > 5_000)
  expect(Math.abs(dueMs(again) - minuteMs)).toBeLessThanOrEqual(6_000)
  expect(await lot.passes()).toBe('etc')
  expect(tellings()).toBe(earlier + 1)
  lot.mono.leap(66_000)
  await seen(list, ({ fault, state }) => fault === null && state === 'fresh')
})

it('R16 says hours ahead when lanes stop to debit cards, stops then, and goes on with the next list', async () => {
  const list = upkeep()
  const codes = (): string[] => list.notices().map(({ code }) => code)
  lot.mono.leap(3_300)
  const { endsIso } = await seen(list, ({ state, fault }) => state === 'fresh' && fault === null)
  const endsMs = Date.parse(endsIso ?? '')
  await platform().admin('POST', '/faults', {
    at,
    when: 'before',
    do: 'status',
    status: 503,
    times: 99,
  })
  await expect(list.parts.now(false)).rejects.toThrow('LIST-06')
  expect(codes()).toEqual([])
  lot.ages(endsMs - lot.nowMs - 3 * hourMs)
  expect(viewOf(list)).toMatchObject({ state: 'old', endsIso })
  expect(codes()).toEqual(['LIST-08'])
  await signsIn()
  expect(await lot.passes()).toBe('etc')

  lot.ages(endsMs - lot.nowMs + minuteMs)
  expect([viewOf(list).state, codes()]).toEqual(['expired', ['LIST-09']])
  const car = lot.inside()
  await lot.antenna(car)
  await lot.loops(true, false)
  await lot.plate(car)
  await lot.until('a person is asked', () => lot.exit.name === 'manual')
  expect([lot.exit.car?.manual, lot.exit.position]).toEqual(['listTooOld', 'closed'])
  lot.settle('cash')
  expect(await lot.drivesOut(car)).toBe('other')

  await platform().admin('DELETE', '/faults')
  expect(await list.parts.now(false)).toMatchObject({ state: 'fresh', fault: null })
  expect(codes()).toEqual([])
  expect(await lot.passes()).toBe('etc')
  await lot.drains()
  expect(await lot.judge()).toEqual({ violations: [], unequalFen: 0 })
})
