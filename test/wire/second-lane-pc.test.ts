// A lane computer dies, and another one takes its lanes over by hand from the last copy: no number twice, no car charged
// twice, by the books of antenna and platform; and the dead one that comes back opens no lane. The walk is timed and printed.
import { renameSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BackupView } from '../../firmware-runtime/api/backup-views.ts'
import { eventually } from '../kit/eventually.ts'
import { Program } from './kit/live-program.ts'
import { carOf, numbersIn, TwoPcs } from './kit/two-pcs.ts'

/** What the desk may do with a car that nobody charges by itself. */
const openByHand = { laneId: 'exit', reason: '司机有扣款记录', by: '业主' }

describe('an exit that charges cards', () => {
  const pcs = new TwoPcs('card')
  const { lot, dead } = pcs
  const next = pcs.folder('next')
  const own = pcs.folder('own')
  let other: Program
  let deadRows: ReturnType<TwoPcs['rows']>
  let copyRows = 0
  let killedMs = 0
  const took: Record<string, number> = {}
  const lap = (what: string): void => {
    took[what] = Math.round(performance.now() - killedMs)
  }

  beforeAll(async () => {
    await pcs.begin()
    // The other computer has a lot folder of its own, which goes on all the time.
    const demo = ['--mode', 'demo', '--charge', 'card', '--layout', '7.1.1', '--node-id', 'n2']
    await pcs.ok(['lot', 'init', '--data', own, ...demo])
    other = new Program(['run', '--data', own, '--timing', 'instant'])
    await other.ready()
  })
  afterAll(async () => {
    await other.stop()
    await lot.close()
  })

  test('works, copies, works on, and dies with a car that has paid before its boom', async () => {
    for (const n of [1, 2, 4]) await pcs.comesIn(n)
    copyRows = Number((await pcs.copy(dead))['headSeq'])
    // After the copy: one goes, one comes, and one has paid but still stands there.
    await pcs.paysAndGoes(2)
    await pcs.comesIn(3)
    await pcs.standsAtExit(4)
    await lot.until('exit', ({ barrier }) => barrier.position === 'open')
    expect(await Promise.all([1, 2, 3, 4].map((n) => pcs.debits(n)))).toEqual([0, 1, 0, 1])
    killedMs = performance.now()
    await lot.run.stop('SIGKILL')
    deadRows = pcs.rows(dead)
    expect(deadRows.length).toBeGreaterThan(copyRows)
  })

  test('the copy opens on the other computer with the recovery key, in one command', async () => {
    const restored = await pcs.restore(next)
    lap('restored')
    expect(restored).toMatchObject({ code: 0, json: { ok: true, headSeq: copyRows } })
    await pcs.run(next)
    lap('lanes open')
  })

  test('the car that has paid is left to a person, and no charge of it is tried', async () => {
    await lot.sees('exit', carOf(4))
    const held = await lot.until('exit', ({ car }) => (car?.manual ?? null) !== null)
    expect(held.car?.manual).toBe('outcomeUnknown')
    expect(await pcs.debits(4)).toBe(1)
    await lot.run.call('lane.openBarrier', { ...openByHand, commandId: 'second-pc-0001' })
    await pcs.drivesOut(4)
    lap('first car out')
    expect(await pcs.debits(4)).toBe(1)
  })

  test('a car of the copy pays once, and one that came after it is told as unknown', async () => {
    await pcs.paysAndGoes(1)
    expect(await pcs.debits(1)).toBe(1)
    await pcs.standsAtExit(3)
    const held = await lot.until('exit', ({ car }) => (car?.manual ?? null) !== null)
    expect([held.car?.manual, await pcs.debits(3)]).toEqual(['noStay', 0])
  })
})
