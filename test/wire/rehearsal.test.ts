// An outage rehearsal of a lot on real links: each thing is cut before its link, cars leave meanwhile, nothing is lost
// or doubled by ledger, platform and cards, and everything is restored by time, by a person, or by a kill.
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { RehearsalRunner } from '#lane/lot/rehearsal-runner.ts'
import type { RehearsalView } from '#lane/calls/rehearsal-views.ts'
import type { RehearsalCut } from '#base/pure/lot/rehearsal.ts'
import { present } from '#base/pure/values/must.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { LiveLot } from './kit/live-lot.ts'
import { runToEnd } from './kit/live-program.ts'
import { RunLot } from './kit/run-lot.ts'
import { eventually } from '../kit/eventually.ts'
import { codeOf } from '../kit/refusals.ts'

const minuteMs = 60_000

describe('on a lot that charges online', () => {
  const lot = new LiveLot('online')
  let runner: RehearsalRunner
  let acts = 0
  const begin = (cut: RehearsalCut, minutes = 5): void => {
    const { runtime } = lot.site
    const body = { act: `rehearse.begin ${cut}`, by: 'owner', role: 'owner', reason: 'test' }
    const commandId = `rehearse-${++acts}`
    runner.begin(cut, runner.laneOf(cut, undefined), minutes * minuteMs, {
      kind: 'audit',
      atMs: runtime.nowMs(),
      body: { ...body, commandId, result: 'done' },
    })
  }
  const ended = async (): Promise<NonNullable<RehearsalView['last']>> => {
    await lot.until('graded', () => runner.view().running === null)
    return present(runner.view().last, 'it has a result')
  }
  const charges = async (): Promise<number> => {
    const platform = present(lot.harness.platform, 'the platform runs')
    const books = '/books?kind=exit-charges&limit=1'
    return (await platform.admin<{ count: number }>('GET', books)).count
  }

  beforeAll(async () => {
    await lot.open()
    const { runtime, opened, cuts } = lot.site
    runner = new RehearsalRunner({ runtime, ledger: opened.ledger, mono: lot.mono, cuts })
  })
  afterAll(() => lot.close())

  it.each(['platform', 'network'] as const)(
    'without the %s a car pays otherwise, and a late answer doubles nothing',
    async (cut) => {
      begin(cut)
      const asked = await charges()
      const car = lot.inside()
      await lot.antenna(car)
      await lot.loops(true, false)
      await lot.plate(car)
      await lot.until('it is charged', () => (lot.exit.car?.deduction ?? null) !== null)
      // The platform runs, and answers others meanwhile.
      for (let rounds = 0; rounds < 50; rounds++) expect(await charges()).toBe(asked)
      await lot.until('a person is asked', () => {
        if (lot.exit.name !== 'manual' && lot.exit.name !== 'asking') lot.mono.leap(1_000)
        return lot.exit.name === 'manual' || lot.exit.name === 'asking'
      })
      expect(codeOf(() => begin('time'))).toBe('REHEARSE-01')
      lot.settle('cash')
      expect(await lot.drivesOut(car)).toBe('other')
      expect(await charges()).toBe(asked)
      expect(runner.view().running).toMatchObject({ cut, phase: 'cut', carsOut: 1 })
      lot.mono.leap(5 * minuteMs)
      expect(await ended()).toMatchObject({
        cut,
        endedBy: 'time',
        grade: 'passed',
        carsOut: 1,
        lostFen: 0,
        doubledFen: 0,
        restored: true,
      })
      expect(await lot.passes()).toBe('etc')
      await lot.drains()
      expect(await lot.judge()).toEqual({ violations: [], unequalFen: 0 })
    },
  )

  it('without its antenna a car pays otherwise, and the antenna is back when a person ends it', async () => {
    begin('rsu')
    await lot.until('antenna gone', () => {
      if (lot.exit.rsuUp) lot.mono.leap(5_000)
      return !lot.exit.rsuUp
    })
    const car = lot.inside()
    await lot.loops(true, false)
    await lot.plate(car)
    await lot.until('a person is asked', () => lot.exit.name === 'manual')
    lot.settle('cash')
    expect(await lot.drivesOut(car)).toBe('other')
    runner.mustRun()
    runner.end()
    expect(await ended()).toMatchObject({
      cut: 'rsu',
      endedBy: 'person',
      grade: 'passed',
      carsOut: 1,
    })
    expect(codeOf(() => runner.mustRun())).toBe('REHEARSE-03')
    expect(await lot.passes()).toBe('etc')
    await lot.drains()
    expect(await lot.judge()).toEqual({ violations: [], unequalFen: 0 })
  })

  it('without its camera no plate comes, and a person types it', async () => {
    begin('camera')
    const car = lot.inside()
    await lot.antenna(car)
    await lot.loops(true, false)
    await lot.until('it waits for a plate', () => lot.exit.name === 'reading')
    const camera = present(lot.site.cameras.get('exit'), 'the exit has a camera')
    const { bytesIn } = camera
    await lot.plate(car)
    await lot.until('its push is there', () => camera.bytesIn > bytesIn)
    // Its reading did not reach the lane.
    expect(lot.exit.name).toBe('reading')
    expect(lot.exit.car?.plate ?? null).toBeNull()
    runner.end()
    await ended()
    await lot.plate(car)
    expect(await lot.drivesOut(car)).toBe('etc')
  })

  it('that nobody drives through shows nothing, whatever it cut', async () => {
    begin('time', 1)
    lot.mono.leap(minuteMs)
    expect(await ended()).toMatchObject({ cut: 'time', grade: 'noCars', restored: true })
  })
})

test('a kill in the middle restores everything: the next start finds it, grades it and charges by ETC', async () => {
  const lot = new RunLot({ rsuLink: 'tcp' })
  try {
    await lot.startSims()
    await lot.start('exit')
    const who = { by: 'owner', reason: 'test' }
    await lot.run.call('rehearse.begin', {
      cut: 'network',
      minutes: 30,
      commandId: 'begin-0001',
      ...who,
    })
    const board = () => lot.run.call<{ status: { cut?: { cut: string } } }>('board.get')
    expect((await board()).status.cut?.cut).toBe('network')
    await lot.run.stop('SIGKILL')
    await lot.start('exit')
    expect((await board()).status.cut).toBeUndefined()
    // The end is recorded once everything that was cut has answered.
    const json = await eventually(
      async () => (await runToEnd(['rehearse', 'show', '--data', lot.dir])).json,
      ({ running }) => running === null,
      { of: lot.of },
    )
    expect(json).toMatchObject({
      running: null,
      last: { cut: 'network', endedBy: 'restart', grade: 'noCars' },
    })
    const audits = ledgerRows(lot.dir).filter((row) => row.kind === 'audit')
    expect(audits.map(({ body }) => body.act)).toContain('rehearse.begin network 30 min')
    const { code, json: refused } = await runToEnd([
      'rehearse',
      'end',
      '--data',
      lot.dir,
      '--by',
      'a',
      '--reason',
      'b',
    ])
    expect([code, (refused['error'] as { code: string }).code]).toEqual([2, 'REHEARSE-03'])
  } finally {
    await lot.close()
  }
})
