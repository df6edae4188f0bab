// The tariff of a running lot: a new edition is saved by its API and stored as a version, and the ledger is
// replayed in a separate thread; a draft that changes the past is refused and changes no file.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { TariffReplayView, TariffView } from '#money/calls/tariff-views.ts'
import { runToEnd } from './kit/live-program.ts'
import { runsForFile } from './kit/running-lot.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot()
const file = join(lot.dir, 'tariff.json')
const who = { commandId: 'wire-tariff-001', by: '店主', reason: '下周一起' }

runsForFile(lot)

const data = <T>(name: string, args: object = {}): Promise<T> => lot.run.call<T>(name, args)

test('an edition of next week is saved, the past is refused', async () => {
  const { tariff, digest } = await data<TariffView>('tariff.get')
  const [now] = tariff.editions
  if (now === undefined) throw new Error('the lot has an edition')
  const before = readFileSync(file, 'utf8')
  const dearer = { ...now, graceAfterPayMin: 1 }
  const past = { tariff: { ...tariff, editions: [dearer] }, digest, ...who }
  await expect(data('tariff.save', past)).rejects.toThrow(/TARIFF-03.*editions/)
  expect(readFileSync(file, 'utf8')).toBe(before)
  const edition = { ...dearer, validFrom: '2099-01-05T00:00:00+08:00' }
  const draft = { ...tariff, editions: [now, edition] }
  expect(await data('tariff.save', { tariff: draft, digest, ...who })).toMatchObject({ ok: true })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(draft)
  expect(await data<TariffView>('tariff.get')).toMatchObject({
    tariff: draft,
    versions: [{ by: '店主', reason: '下周一起' }],
  })
  expect((await runToEnd(['lot', 'show', '--data', lot.dir])).json).toMatchObject({
    by: '店主',
    isNow: true,
  })
})

test('the ledger is replayed beside the lanes, and prices come from there too', async () => {
  await lot.comes('entry')
  await lot.leaves('entry')
  const { tariff } = await data<TariffView>('tariff.get')
  expect(await data<TariffReplayView>('tariff.replay', { tariff })).toMatchObject({
    state: 'running',
  })
  const done = await eventually(
    () => data<TariffReplayView>('tariff.replayState'),
    ({ state }) => state !== 'running',
    { of: lot.of },
  )
  expect(done).toMatchObject({ state: 'done', error: null, sums: { upCount: 0, downCount: 0 } })
  const vehicle = { vehicleClass: null, colour: 'blue', area: null }
  const stay = { fromIso: '2026-11-20T10:00:00+08:00', toIso: '2026-11-20T10:30:00+08:00', vehicle }
  const { prices } = await data<{ prices: { amountFen: number }[] }>('tariff.price', {
    tariff,
    stays: [stay],
  })
  expect(prices.map(({ amountFen }) => amountFen)).toEqual([300])
})
