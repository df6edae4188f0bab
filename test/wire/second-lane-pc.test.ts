// A lane computer dies, and another one takes its lanes over by hand from the last copy: no number twice, no car charged
// twice, by the books of antenna and platform; and the dead one that comes back opens no lane. The walk is timed and printed.
import { renameSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BackupView } from '#ledger/calls/backup-views.ts'
import { eventually } from '../kit/eventually.ts'
import { Program } from './kit/live-program.ts'
import { carOf, numbersIn, TwoPcs } from './kit/two-pcs.ts'

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
    // A restore that is tried at home, and never started, takes nothing from anybody.
    await pcs.copy(dead)
    expect((await pcs.restore(pcs.folder('tried'))).code).toBe(0)
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
    expect([await pcs.heldAtExit(), await pcs.debits(4)]).toEqual(['outcomeUnknown', 1])
    await pcs.openExit(next)
    await pcs.drivesOut(4)
    lap('first car out')
    expect(await pcs.debits(4)).toBe(1)
  })

  test('a car of the copy pays once, and one that came after it is told as unknown', async () => {
    await pcs.paysAndGoes(1)
    expect(await pcs.debits(1)).toBe(1)
    await pcs.standsAtExit(3)
    expect([await pcs.heldAtExit(), await pcs.debits(3)]).toEqual(['noStay', 0])
    await pcs.openExit(next)
    await pcs.drivesOut(3)
  })

  test('a car that had gone, and comes again, pays for its new stay alone', async () => {
    await pcs.comesIn(2)
    await pcs.paysAndGoes(2)
    expect(await pcs.debits(2)).toBe(2)
  })

  test('the dead computer comes back and opens no lane; both say so', async () => {
    expect(await pcs.refused(dead)).toEqual([78, 'COPY-15'])
    expect(await pcs.copy(next)).toMatchObject({ ok: true, isWhole: false })
    const fault = async () => (await lot.run.call<BackupView>('backup.status')).fault?.code
    await eventually(fault, { of: lot.of }).toBe('COPY-16')
    expect(await pcs.ok(['backup', 'test', '--data', next])).toMatchObject({ ok: true })
  })

  test('no number was given twice, and the books agree: nobody paid a stay twice', async () => {
    const after = (rows: typeof deadRows) => numbersIn(rows.slice(copyRows))
    const [lost, given] = [after(deadRows), after(pcs.rows(next))]
    expect(Math.min(lost.size, given.size)).toBeGreaterThan(5)
    // Stays of the copy go on under their numbers.
    const known = numbersIn(deadRows.slice(0, copyRows))
    expect([...lost].filter((no) => given.has(no) && !known.has(no))).toEqual([])
    expect(await Promise.all([1, 2, 3, 4].map((n) => pcs.debits(n)))).toEqual([1, 2, 0, 1])
    expect(await pcs.ok(['ledger', 'verify', '--data', next])).toMatchObject({ ok: true })
    expect(await pcs.ok(['ledger', 'verify', '--data', own])).toMatchObject({ ok: true })
    expect(other.died()).toBe(null)
    process.stdout.write(`second lane computer: ${JSON.stringify(took)} ms after the kill\n`)
  })

  test('a new computer gets the lanes back, and the helper opens them no more', async () => {
    await pcs.comesIn(5)
    await pcs.copy(next)
    await lot.run.stop()
    const fresh = pcs.folder('fresh')
    expect((await pcs.restore(fresh)).code).toBe(0)
    await pcs.run(fresh)
    await pcs.paysAndGoes(5)
    expect(await pcs.debits(5)).toBe(1)
    await pcs.copy(fresh)
    await lot.run.stop()
    expect(await pcs.refused(next)).toEqual([78, 'COPY-15'])
  })

  test('of two that were restored from one copy, the first that starts has the lanes', async () => {
    const [one, two] = [pcs.folder('one'), pcs.folder('two')]
    for (const dir of [one, two]) expect((await pcs.restore(dir)).code).toBe(0)
    await pcs.run(two)
    await lot.run.stop()
    expect(await pcs.refused(one)).toEqual([78, 'COPY-15'])
  })

  test('without a way to the copies it opens, and ends between cars once there is one', async () => {
    const unplugged = `${pcs.place}.unplugged`
    renameSync(pcs.place, unplugged)
    await pcs.run(dead)
    const { run } = lot
    renameSync(unplugged, pcs.place)
    await expect(run.call('backup.now', { begin: false })).rejects.toThrow('COPY-15')
    expect(await run.ended).toBe(78)
    expect(run.lines.at(-1)).toMatchObject({ event: 'failed', error: { code: 'COPY-15' } })
  })

  test('taken over by mistake, a person gives it its lanes back, and the other one ends', async () => {
    await pcs.hold(dead)
    await pcs.run(dead)
    const two = pcs.folder('two')
    expect(await pcs.refused(two)).toEqual([78, 'COPY-15'])
    await lot.run.stop()
    expect(await pcs.ok(['ledger', 'verify', '--data', dead])).toMatchObject({ ok: true })
  })
})

describe('an exit that charges by the platform', () => {
  const pcs = new TwoPcs('online')
  const { lot, dead } = pcs
  const next = pcs.folder('next')
  beforeAll(() => pcs.begin())
  afterAll(() => lot.close())

  test('a charge that no row has is refused by the platform as a repeat, and told', async () => {
    for (const n of [1, 4]) await pcs.comesIn(n)
    await pcs.copy(dead)
    await pcs.standsAtExit(4)
    await lot.until('exit', ({ barrier }) => barrier.position === 'open')
    await lot.run.stop('SIGKILL')
    expect(await pcs.booked()).toBe(1)
    expect((await pcs.restore(next)).code).toBe(0)
    await pcs.run(next)
    await lot.sees('exit', carOf(4))
    expect(await pcs.heldAtExit()).toBe('repeatCharge')
    await pcs.openExit(next)
    await pcs.drivesOut(4)
    expect(await pcs.booked()).toBe(1)
    await pcs.paysAndGoes(1)
    expect(await pcs.booked()).toBe(2)
  })
})
