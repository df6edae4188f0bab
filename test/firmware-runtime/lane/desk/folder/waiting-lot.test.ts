// Settings confirmed while the lanes run, as a file beside the lot: applied whole, again after a power cut at any of its
// steps, reverted if the lanes do not open, and never applied over a lot that somebody edited since.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { lotSince } from '#lane/desk/folder/kept-lot.ts'
import { versionAt, versionTimes } from '#lane/desk/folder/lot-versions.ts'
import {
  dropWaiting,
  keepBefore,
  keepWaiting,
  putBack,
  takeWaiting,
  waitingLot,
  waitsFor,
} from '#lane/desk/folder/waiting-lot.ts'
import { folderOfTest } from '../../../../kit/own-folder.ts'
import { bareLot } from '../../../../kit/bare-lot.ts'

const lot: LotConfig = checkLot(bareLot({ platform: 'later', capacity: 60 }), 'lot.json')
const who = { by: '店主', reason: '加了车位' }
let dir = ''
const lotFile = (): string => join(dir, 'lot.json')
const capacity = (): number => (JSON.parse(readFileSync(lotFile(), 'utf8')) as LotConfig).capacity
const write = (config: LotConfig): void => writeFileSync(lotFile(), JSON.stringify(config))
const waiting = (): string => join(dir, 'lot.waiting.json')
const versions = () => versionTimes(dir).map((atMs) => versionAt(dir, atMs))
const saidBy = () => versions().map((version) => version?.by)

beforeEach(() => {
  dir = folderOfTest('etc-waiting-')
  write(lot)
  writeFileSync(join(dir, 'tariff.json'), JSON.stringify(demoTariff))
})

it('changes nothing before it is taken, and is then the lot and a version of who confirmed it', () => {
  keepWaiting(dir, { ...lot, capacity: 80 }, who)
  expect([capacity(), waitingLot(dir)?.by, versions()]).toEqual([60, '店主', []])
  expect(waitsFor(dir, { ...lot, capacity: 80 })).toBe(true)
  expect(takeWaiting(dir)).toBe(true)
  dropWaiting(dir)
  expect(capacity()).toBe(80)
  expect(saidBy()).toEqual(['edited in the file', '店主'])
  expect(lotSince(dir, { ...lot, capacity: 80 })).toBe(versions().at(-1)?.atIso)
  expect(takeWaiting(dir)).toBe(false)
})

it('a power cut behind each step: the next start has the lot and one version of it', () => {
  keepWaiting(dir, { ...lot, capacity: 80 }, who)
  const file = readFileSync(waiting())
  takeWaiting(dir)
  // Cut before the version was written.
  rmSync(join(dir, 'versions', `${versionTimes(dir).at(-1) ?? 0}.json`))
  takeWaiting(dir)
  expect([capacity(), saidBy()]).toEqual([80, ['edited in the file', '店主']])
  // Cut after everything was written, before the lanes opened.
  writeFileSync(waiting(), file)
  expect(takeWaiting(dir)).toBe(true)
  expect([capacity(), saidBy()]).toEqual([80, ['edited in the file', '店主']])
})

it('lanes that do not open on it leave the lot as it was, and the reason', () => {
  keepWaiting(dir, { ...lot, capacity: 80 }, who)
  takeWaiting(dir)
  putBack(dir, new LaneFault('LINK-01', { field: '/intake', value: '192.0.2.1' }))
  expect(capacity()).toBe(60)
  expect(waitingLot(dir)?.refused).toMatchObject({ code: 'LINK-01', field: '/intake' })
  expect(takeWaiting(dir)).toBe(false)
  expect(saidBy().at(-1)).toBe('etc-lane')
})

it('a lot that was edited since is not replaced', () => {
  keepWaiting(dir, { ...lot, capacity: 80 }, who)
  write({ ...lot, capacity: 70 })
  expect(takeWaiting(dir)).toBe(false)
  expect([capacity(), waitingLot(dir)?.refused?.code]).toEqual([70, 'SETUP-03'])
})

it('is refused while lanes run; what the lot is already does not wait; rubbish is told and stops no start', () => {
  keepWaiting(dir, { ...lot, capacity: 80 }, who)
  mkdirSync(join(dir, 'run'))
  writeFileSync(join(dir, 'run', 'lock'), `${process.ppid}\n`)
  expect(() => takeWaiting(dir)).toThrow('LOCK-01')
  rmSync(join(dir, 'run'), { recursive: true })
  keepWaiting(dir, lot, who)
  expect([existsSync(waiting()), dropWaiting(dir)]).toEqual([false, false])
  writeFileSync(waiting(), '{"by":1}')
  expect([takeWaiting(dir), waitingLot(dir)?.refused?.code]).toEqual([false, 'FILE-02'])
})

it('one step back waits as any change does; without one it is refused', () => {
  expect(() => keepBefore(dir, who)).toThrow('SETUP-05')
  keepWaiting(dir, { ...lot, capacity: 80 }, who)
  takeWaiting(dir)
  dropWaiting(dir)
  expect(keepBefore(dir, who).config.capacity).toBe(60)
  expect(capacity()).toBe(80)
  takeWaiting(dir)
  expect(capacity()).toBe(60)
})
