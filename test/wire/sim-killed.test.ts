// Each simulator process in turn is killed: the lane names what is missing,
// nothing moves or is charged without reason, and it recovers by itself when the device is back.
import { afterAll, expect, it } from 'vitest'
import type { ChargeMode } from '#base/pure/rows/ledger-row.ts'
import { LiveLot } from './kit/live-lot.ts'

/** One lot per charge mode, for all tests: what the end of one simulator left behind would show in the next test. */
const lots = new Map<ChargeMode, LiveLot>()
afterAll(async () => {
  for (const lot of lots.values()) await lot.close()
})

async function opened(charge: ChargeMode): Promise<LiveLot> {
  let lot = lots.get(charge)
  if (lot === undefined) {
    lot = new LiveLot(charge)
    lots.set(charge, lot)
    await lot.open()
  }
  expect(await lot.passes()).toBe('etc')
  await lot.drains()
  lot.events.length = 0
  return lot
}

const inOrder = { violations: [], unequalFen: 0 }
const modes = ['online', 'card'] as const satisfies readonly ChargeMode[]

it('platform, online: other payment by name, and nothing is charged twice later', async () => {
  const here = await opened('online')
  await here.harness.killSim('platform')
  // Two silences, then other payment; after a few failures, also of records, the circuit is open and cars wait no
  // longer.
  const reasons: (string | null | undefined)[] = []
  while (reasons.at(-1) !== 'platformDown') {
    expect(reasons.length).toBeLessThan(3)
    const car = here.inside()
    await here.antenna(car)
    await here.loops(true, false)
    await here.plate(car)
    await here.until('a person', () => here.exit.name === 'manual')
    reasons.push(here.exit.car?.manual)
    // An open boom would stay open before the car; a board that answers late is asked again.
    await here.until('a closed boom', () => here.exit.position === 'closed')
    here.settle('cash')
    expect(await here.drivesOut(car)).toBe('other')
  }
  expect(reasons[0]).toBe('noAnswerTwice')
  expect(new Set(reasons)).toEqual(new Set(['noAnswerTwice', 'platformDown']))
  expect(here.site.runtime.queue.records.size).toBeGreaterThan(0)
  await here.harness.reviveSim('platform')
  await here.drains()
  expect(await here.passes()).toBe('etc')
  await here.drains()
  expect(await here.judge()).toEqual(inOrder)
})

it('platform, card: uploads wait, then no card is debited without sign of life', async () => {
  const here = await opened('card')
  await here.harness.killSim('platform')
  // The card pays at once; only its upload waits.
  expect(await here.passes()).toBe('etc')
  const waiting = [...here.site.runtime.queue.records.values()]
  expect(waiting.filter(({ op }) => op === 'exitUpload')).toHaveLength(1)
  for (let tries = 0; tries < 8 && here.site.runtime.platformUp; tries++) {
    here.mono.leap(400_000)
    await here.until('devices up', () => here.exit.rsuUp && here.exit.arrive === 'off')
    here.site.runtime.retryNow()
    const before = here.site.runtime.queue.destinations.get('platform')?.fails
    await here.until(
      'a further failure',
      () => here.site.runtime.queue.destinations.get('platform')?.fails !== before,
    )
  }
  await here.until('devices up', () => here.exit.rsuUp && here.exit.arrive === 'off')
  const car = here.inside()
  await here.antenna(car)
  await here.loops(true, false)
  await here.plate(car)
  await here.until('a person', () => here.exit.name === 'manual')
  expect(here.exit.car?.manual).toBe('platformDown')
  here.settle('cash')
  expect(await here.drivesOut(car)).toBe('other')
  await here.harness.reviveSim('platform')
  await here.drains()
  expect(await here.passes()).toBe('etc')
  await here.drains()
  expect(await here.judge()).toEqual(inOrder)
})

it.each(modes)('RSU, %s: a person takes over, and the antenna is back by itself', async (mode) => {
  const here = await opened(mode)
  await here.harness.killSim('rsu')
  await here.until('RSU gone', () => !here.exit.rsuUp)
  const car = here.inside()
  await here.loops(true, false)
  await here.plate(car)
  await here.until('a person', () => here.exit.name === 'manual')
  expect(here.exit.car?.manual).toBe('rsuGone')
  expect(here.faults()).toContain('rsuGone')
  here.settle('cash')
  expect(await here.drivesOut(car)).toBe('other')
  await here.harness.reviveSim('rsu')
  await here.until('RSU back', () => here.exit.rsuUp)
  expect(await here.passes()).toBe('etc')
  await here.drains()
  expect(await here.judge()).toEqual(inOrder)
})

it('RSU in the middle of a debit: unknown until the card is read again, paid once', async () => {
  const here = await opened('card')
  const car = here.inside()
  const rsu = here.harness.sims('exit').rsu
  await rsu?.admin('POST', '/faults', { at: 'B5', when: 'after', do: 'silence' })
  await here.antenna(car)
  await here.loops(true, false)
  await here.plate(car)
  await here.until('C6 sent', () => here.exit.name === 'debiting')
  const debited = async (): Promise<number> => {
    const store = await rsu?.admin<{ cards: { cardNo: string; debits: unknown[] }[] }>(
      'GET',
      '/books',
    )
    return store?.cards.find((c) => c.cardNo === car.obu?.cardNo)?.debits.length ?? 0
  }
  while ((await debited()) === 0) expect(here.exit.name).toBe('debiting')
  await here.harness.killSim('rsu')
  await here.until('suspect', () => here.exit.name === 'suspect')
  expect(here.faults()).toContain('suspect')
  expect(here.exit.position, 'an unknown outcome opens nothing').toBe('closed')
  expect(here.site.runtime.lot.unsettled.size).toBe(1)
  await here.harness.reviveSim('rsu')
  await here.antenna(car)
  expect(await here.drivesOut(car)).toBe('etc')
  await here.drains()
  expect(await here.judge()).toEqual(inOrder)
})

it.each(modes)('barrier, %s: unknown, nothing moves, and the open is carried out', async (mode) => {
  const here = await opened(mode)
  await here.harness.killSim('barrier')
  await here.until('barrier gone', () => !here.exit.barrierUp)
  expect(here.exit).toMatchObject({ position: 'unknown', arrive: 'unknown', under: 'unknown' })
  const car = here.inside()
  const before = here.site.opened.ledger.head.seq
  await here.plate(car)
  await here.until('a plate', () => here.exit.early !== null)
  expect(here.exit.name, 'a plate alone is no car').toBe('idle')
  expect(here.site.opened.ledger.head.seq, 'and nothing is written').toBe(before)
  await here.harness.reviveSim('barrier')
  await here.until('barrier back', () => here.exit.barrierUp && here.exit.arrive === 'off')
  expect(here.exit.position).not.toBe('unknown')
  here.mono.leap(6_000)
  await here.until('the plate is forgotten', () => here.exit.early === null)
  await here.until('devices up', () => here.exit.rsuUp && here.exit.arrive === 'off')
  // Killed between plate and exit: the pass is durable, and the boom opens when the board is back.
  await here.antenna(car)
  await here.loops(true, false)
  await here.until('a car', () => here.exit.name === 'reading')
  await here.harness.killSim('barrier')
  await here.until('barrier gone', () => !here.exit.barrierUp)
  await here.plate(car)
  await here.until('leave to go', () => here.exit.name === 'opening')
  expect(here.exit.position).toBe('unknown')
  await here.harness.reviveSim('barrier')
  await here.loops(true, false)
  expect(await here.drivesOut(car)).toBe('etc')
  expect(await here.passes()).toBe('etc')
  await here.drains()
  expect(await here.judge()).toEqual(inOrder)
})

it('camera: the plate is not read, a person asks, and the next one is read again', async () => {
  const here = await opened('online')
  await here.harness.killSim('camera')
  const car = here.inside()
  await here.antenna(car)
  await here.loops(true, false)
  await here.until('a person', () => here.exit.name === 'manual')
  expect(here.exit.car?.manual).toBe('plateNotRead')
  expect(here.faults()).toContain('plateNotRead')
  // A slow board may report it a moment later.
  await here.until('the boom is down', () => here.exit.position === 'closed')
  here.settle('cash')
  expect(await here.drivesOut(car)).toBe('other')
  await here.harness.reviveSim('camera')
  expect(await here.passes()).toBe('etc')
  await here.drains()
  expect(await here.judge()).toEqual(inOrder)
})
