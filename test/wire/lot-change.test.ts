// The settings of a running lot: a change waits for the car in a lane, takes effect between cars, survives a
// power cut before that, and is undone in one step. Settings with which the lanes do not open leave the lot unchanged.
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { BeliefView } from '#lane/calls/lot-views.ts'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import type { InForceView, SetupPreview, SetupView } from '#lane/calls/setup-views.ts'
import type { TariffView } from '#money/calls/tariff-views.ts'
import { isoOf, parseIso } from '#base/pure/values/instant.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { runsForFile } from './kit/running-lot.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot()
const lotFile = join(lot.dir, 'lot.json')
const capacity = (): number =>
  (JSON.parse(readFileSync(lotFile, 'utf8')) as { capacity: number }).capacity

runsForFile(lot)

const data = <T>(name: string, args: object = {}): Promise<T> => lot.run.call<T>(name, args)
const inForce = async (): Promise<InForceView> => {
  const { inForce: view } = await data<{ inForce: InForceView | null }>('setup.inForce')
  if (view === null) throw new Error('lanes run')
  return view
}

let count = 0
async function change(over: (draft: SetupDraft) => Partial<SetupDraft>): Promise<void> {
  const { draft } = await data<SetupView>('setup.get')
  await data('setup.save', over(draft))
  const { digest, changes } = await data<SetupPreview>('setup.preview')
  expect(changes).not.toEqual([])
  const who = { commandId: `lot-change-${count++}`, by: '店主', reason: '加了车位' }
  await data('setup.begin', { digest, ...who })
}
const spaces =
  (ordinary: number) =>
  ({ lot: present }: { lot?: SetupDraft['lot'] }) => ({
    ...(present === undefined
      ? {}
      : { lot: { ...present, spaces: { ordinary, charging: 0, special: 0 } } }),
  })

async function inForceNow(): Promise<InForceView> {
  const view = await eventually(
    inForce,
    ({ waiting }) => waiting === null || waiting.refused !== null,
    { of: lot.of },
  )
  await lot.reopened('exit')
  return view
}

test('a lane with a car in it defers the change; it is in force when the car has left', async () => {
  await lot.comes('entry')
  await lot.until('entry', ({ state }) => state !== 'idle')
  await change(spaces(12))
  expect(await inForce()).toMatchObject({
    waiting: { by: '店主', refused: null },
    lanes: ['entry'],
  })
  expect(capacity()).toBe(10)
  await lot.leaves('entry')
  const { sinceIso } = await inForceNow()
  expect(capacity()).toBe(12)
  const shown = (await runToEnd(['lot', 'show', '--data', lot.dir])).json
  expect(shown).toMatchObject({ by: '店主', reason: '加了车位', atIso: sinceIso, isNow: true })
})

test('a car that was inside over both changes pays by the edition of its exit', async () => {
  const { tariff, digest, nowIso } = await data<TariffView>('tariff.get')
  const [now] = tariff.editions
  if (now === undefined) throw new Error('the lot has an edition')
  const validFrom = isoOf((parseIso(nowIso) ?? 0) + 1_500)
  const dearer = JSON.parse(JSON.stringify(now).replaceAll('"fen":300', '"fen":500')) as typeof now
  const draft = { ...tariff, editions: [now, { ...dearer, validFrom }] }
  await data('tariff.save', {
    tariff: draft,
    digest,
    commandId: 'dearer-01',
    by: '店主',
    reason: '涨价',
  })
  await change(spaces(14))
  await inForceNow()
  expect(await data<TariffView>('tariff.get')).toMatchObject({ tariff: { editions: [{}, {}] } })
  await eventually(
    () => data<TariffView>('tariff.get'),
    (view) => view.nowIso > validFrom,
    { of: lot.of },
  )
  const { rsu } = lot.harness.sims('exit')
  await rsu?.admin('POST', '/cars', obu)
  await lot.comes('exit')
  const { car } = await lot.until('exit', (lane) => (lane.car?.amountFen ?? 0) > 0)
  expect(car).toMatchObject({ amountFen: 500 })
  await lot.leaves('exit')
})

test('a power cut before it is in force: the next start takes it; one step takes it back', async () => {
  // Its entry is unknown, so the boom stays down.
  await lot.comes('exit', { plate: '测B54321', colour: 'blue' })
  await lot.until('exit', ({ state }) => state !== 'idle')
  await change(spaces(16))
  expect(capacity()).toBe(14)
  await lot.run.stop('SIGKILL')
  await lot.loops('exit', false, false)
  await lot.start('exit')
  expect([capacity(), (await inForce()).waiting]).toEqual([16, null])
  const who = ['--by', '店主', '--reason', '不加了']
  const undo = await runToEnd(['lot', 'undo', '--data', lot.dir, ...who])
  expect(undo.json).toMatchObject({
    ok: true,
    changes: [{ before: { zh: '16' }, after: { zh: '14' } }],
  })
  await eventually(
    () => capacity(),
    (now) => now === 14,
    { of: lot.of },
  )
  await inForceNow()
})

test('a channel file is shown and refused by command as in the window', async () => {
  const file = join(lot.dir, 'channel.json')
  const before = readFileSync(lotFile, 'utf8')
  const { url } = (JSON.parse(before) as { platform: { url: string } }).platform
  const own = { format: 'etc-channel', version: 1, appId: 'GX00099', url }
  writeFileSync(file, JSON.stringify(own))
  const shown = await runToEnd(['lot', 'channel', '--data', lot.dir, '--file', file])
  const changes = [{ what: { zh: '渠道号' }, after: { zh: 'GX00099' } }]
  expect(shown.json).toMatchObject({ ok: true, isWritten: false, changes })
  writeFileSync(file, JSON.stringify({ ...own, lotId: 'B0002' }))
  const other = await runToEnd(['lot', 'channel', '--data', lot.dir, '--file', file])
  expect(other).toMatchObject({ code: 2, json: { error: { code: 'SETUP-07', field: '/lotId' } } })
  expect(readFileSync(lotFile, 'utf8')).toBe(before)
})

test('what the lanes do not open on leaves the lot as it was, and says why', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const bound = other.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  const before = readFileSync(lotFile, 'utf8')
  const intake = { host: '127.0.0.1', port, cameras: [] }
  await change(({ devices }) => (devices === undefined ? {} : { devices: { ...devices, intake } }))
  const { waiting } = await inForceNow()
  expect((await inForce()).sinceIso).not.toBe(null)
  expect(waiting?.refused).toMatchObject({ code: 'LINK-01' })
  expect(JSON.parse(readFileSync(lotFile, 'utf8'))).toEqual(JSON.parse(before))
  other.close()
})

test('that a camera without times counts on arrival says who set it: as a row, and beside the setting', async () => {
  await change(({ devices }) => {
    const { exit } = devices?.lanes ?? {}
    return devices === undefined || exit === undefined
      ? {}
      : {
          devices: {
            ...devices,
            lanes: { ...devices.lanes, exit: { ...exit, cameraTimeless: true } },
          },
        }
  })
  await inForceNow()
  const { settings } = await data<BeliefView>('lot.believed', { laneId: 'exit' })
  expect(settings.filter(({ key }) => key.endsWith('/cameraTimeless'))).toMatchObject([
    { key: '/lanes/exit/cameraTimeless', since: { by: '店主', reason: '加了车位' } },
  ])
  const written = ledgerRows(lot.dir).flatMap((row) => (row.kind === 'audit' ? [row.body] : []))
  expect(written.findLast(({ act }) => act.startsWith('setup.begin'))).toMatchObject({
    by: '店主',
    reason: '加了车位',
  })
})
