// The open layouts of clause 7.2 through the deterministic harness: seven days of a real trace without an attendant,
// a power cut every night and a network cut three times a day. No card pays for another car, the platform has what ETC
// took, and everything that was not collected is named.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLayoutNames } from '#lane/pure/layouts/index.ts'
import { theaterwall } from '../wire/kit/program.ts'
import { etcLane } from './etc-lane.ts'
import { folderOfTest } from '../kit/own-folder.ts'

interface OpenJson {
  readonly ok: boolean
  readonly exits: number
  readonly deductions: Readonly<Record<string, number>>
  readonly ordersByEnd: Readonly<Record<string, number>>
  readonly amountFen: number
  readonly platform: { readonly amountFen: number }
  readonly cuts: Readonly<Record<string, number>>
  readonly site: Readonly<Record<string, number>>
  readonly street: {
    readonly stays: number
    readonly orderFen: number
    readonly paidFen: number
    readonly open: { readonly count: number; readonly fen: number }
    readonly later: { readonly count: number; readonly fen: number }
  }
  readonly invariants: { readonly violations: readonly unknown[] }
}

/** Events that occur on a street in each layout; all others must be zero there. */
const happens: Readonly<Record<string, readonly string[]>> = {
  '7.2.1': ['underGantry', 'passersBy', 'sensorFlips', 'blindHours', 'changedPlaces'],
  '7.2.2': ['records', 'neighbourHeard', 'sensorFlips', 'blindHours', 'changedPlaces'],
  '7.2.3': ['records', 'outsideFence', 'sensorFlips', 'blindHours', 'changedPlaces'],
  '7.2.4': ['underGantry', 'passersBy', 'sensorFlips', 'blindHours', 'changedPlaces'],
  '7.2.5': ['records', 'underGantry', 'outsideFence', 'blindHours', 'changedPlaces'],
}
/**
 * Share of cars with a valid card that paid nothing: misread plates, network cuts, cars that left before the reading. In 7.2.3 and
 * 7.2.5 a car whose OBU did not answer beside its space has only the plate that one person typed, and no card pays by it.
 */
const missedShare: Readonly<Record<string, number>> = {
  '7.2.1': 0.12,
  '7.2.2': 0.05,
  '7.2.3': 0.4,
  '7.2.4': 0.12,
  '7.2.5': 0.4,
}

it('there are five of them', () => {
  expect(openLayoutNames).toEqual(Object.keys(happens))
})

it.each(openLayoutNames)('%s: seven days, and nobody pays for another', async (layout) => {
  const dir = folderOfTest('etc-lane-open-')
  const from = ['--trace', theaterwall(dir), '--data', join(dir, 'lot'), '--days', '7']
  // With an antenna at each space, twenty make a street.
  const size = layout === '7.2.2' ? ['--capacity', '20'] : []
  const how = ['--mix', 'odd', '--charge', 'online', '--offline', 'settle-later']
  const cuts = ['--cuts', 'power=1d,network=8h', '--unattended']
  const ran = await etcLane(['replay', ...from, ...size, '--layout', layout, ...how, ...cuts])
  const json = ran.json as unknown as OpenJson
  expect([json.ok, json.invariants.violations], ran.stderr).toEqual([true, []])
  expect(ran.code, ran.stderr).toBe(0)
  expect(json.cuts).toEqual({ network: 21, power: 7 })
  for (const name of happens[layout] ?? []) expect(json.site[name] ?? 0, name).toBeGreaterThan(3)
  expect(json.ordersByEnd['etc']).toBeGreaterThan(json.exits * 0.3)
  expect(json.site['missed']).toBeLessThan(json.exits * (missedShare[layout] ?? 0))
  // The camera read another car's plate exactly, which only the simulation can know.
  expect(json.site['readAsAnother']).toBeLessThanOrEqual(4)
  expect(json.deductions['unknown']).toBe(0)
  // Every stay that left has an end or is named as open, and every fen of its order was paid or is owed.
  const { stays, orderFen, paidFen, open, later } = json.street
  expect(json.ordersByEnd['open']).toBe(open.count)
  expect(open.count).toBeGreaterThan(0)
  expect(Object.values(json.ordersByEnd).reduce((sum, count) => sum + count, 0)).toBe(stays)
  expect(stays).toBeGreaterThanOrEqual(json.exits * 0.95)
  expect(orderFen).toBe(paidFen + open.fen + later.fen)
  expect(paidFen).toBe(json.amountFen)
})
