// Lane passports from the command line, with real processes: made by a running lot, verified from the
// file alone, refused when a byte differs, and compared with the present lane.
import { randomUUID } from 'node:crypto'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InboxView } from '#lane/calls/inbox.ts'
import type { DeviceVersionsView, DeviceVersionView } from '#devices/calls/passport-views.ts'
import type { DeviceSettingsView, SettingsBackupView } from '#devices/calls/settings-views.ts'
import { present } from '#base/pure/values/must.ts'
import { newFolder, runToEnd } from './kit/live-program.ts'
import { RunLot } from './kit/run-lot.ts'
import { eventually } from '../kit/eventually.ts'

const root = newFolder()
const lot = new RunLot()
const { dir } = lot
const said = ['--by', '装机员', '--reason', '验收']
const place = ['--data', dir, '--lane', 'exit']
const out = join(root, 'exit.etcpassport')

const settings = () => lot.run.call<DeviceSettingsView>('device.settings', { laneId: 'exit' })

beforeAll(async () => {
  await lot.startSims()
  await lot.start('exit')
  await eventually(settings, ({ identity, antennas }) => identity !== null && antennas.length > 0, {
    of: lot.of,
  })
})
afterAll(() => lot.close())

test('a running lot makes one, once, and it is whole', async () => {
  const id = 'B2'.repeat(16)
  const args = ['passport', 'make', ...place, ...said, '--command-id', 'make-0001']
  const bad = await runToEnd([...args, '--certificate-id', 'B2'])
  expect(bad).toMatchObject({ code: 2, json: { error: { code: 'PASSPORT-05' } } })
  const made = await runToEnd([...args, '--certificate-id', id, '--out', out])
  expect(made).toMatchObject({ code: 0, json: { ok: true, repeated: false, copy: out } })
  expect(made.json['signature']).toMatchObject({ state: 'signed' })
  const again = await runToEnd([...args, '--certificate-id', id])
  expect(again).toMatchObject({ code: 0, json: { repeated: true, file: null } })
  // A command id stands for one command: without the certificate it would be another passport.
  expect(await runToEnd(args)).toMatchObject({ code: 2, json: { error: { code: 'ACT-01' } } })
  const verified = await runToEnd(['passport', 'verify', out])
  expect(verified).toMatchObject({
    code: 0,
    json: { ok: true, laneId: 'exit', by: '装机员', jointTestCertificateId: id },
  })
  const audit = await runToEnd(['audit', 'verify', '--data', dir])
  expect(audit.json['byAct']).toMatchObject({ 'passport.make': 1 })
})

test('it opens with any SQLite, and shows what the antenna told', async () => {
  const shown = await runToEnd(['passport', 'show', out])
  const { tables } = shown.json as { tables: Record<string, Record<string, unknown>[]> }
  expect(tables['setting']).toContainEqual(
    expect.objectContaining({ name: 'powerStep', source: 'device', unit: 'step' }),
  )
  expect(tables['profile']).toEqual([
    expect.objectContaining({ device: 'rsu', profile: 'generic-ver', signature: 'builtIn' }),
  ])
  const db = new DatabaseSync(out, { readOnly: true })
  expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
  db.close()
})

test('a changed file is refused and says what was changed', async () => {
  const changed = join(root, 'changed.etcpassport')
  copyFileSync(out, changed)
  const bytes = readFileSync(changed)
  const at = bytes.indexOf('装机员')
  bytes.write('张', at)
  writeFileSync(changed, bytes)
  const verified = await runToEnd(['passport', 'verify', changed])
  expect(verified).toMatchObject({
    code: 1,
    json: { ok: false, changed: 'about', fault: { code: 'PASSPORT-01' } },
  })
  const shown = await runToEnd(['passport', 'show', changed])
  expect(shown).toMatchObject({ code: 2, json: { error: { code: 'PASSPORT-01' } } })
})

test('the lane is as it was; another power step is drift, and says so', async () => {
  const same = await runToEnd(['passport', 'diff', ...place])
  expect(same).toMatchObject({ code: 0, json: { drifted: false, rows: [] } })
  const { value } = (await settings()).settings.find((s) => s.id === 'powerStep') ?? {}
  const wanted = (value ?? 0) === 5 ? 6 : 5
  await lot.run.call('device.apply', {
    laneId: 'exit',
    wanted: { powerStep: wanted },
    by: '他人',
    reason: '试',
    commandId: randomUUID(),
    trialSec: 3600,
  })
  await eventually(
    settings,
    (view) =>
      view.settings.some(
        (s) => s.id === 'powerStep' && s.value === wanted && s.source === 'device',
      ),
    { of: lot.of },
  )
  for (const file of [[], [out]]) {
    const drifted = await runToEnd(['passport', 'diff', ...place, ...file])
    expect(drifted).toMatchObject({ code: 1, json: { drifted: true } })
    expect(drifted.json['rows']).toEqual([
      expect.objectContaining({
        kind: 'setting',
        device: 'rsu',
        name: 'powerStep',
        before: String(value),
        now: String(wanted),
        state: 'changed',
      }),
    ])
  }
})

test('a key of a person signs as well', async () => {
  const certs = join(dir, 'keys', 'test-platform')
  const keys = ['--key', join(certs, 'client.key.pem'), '--cert', join(certs, 'client.pem')]
  const copy = join(root, 'second.etcpassport')
  const made = await runToEnd(['passport', 'make', ...place, ...said, ...keys, '--out', copy])
  expect(made).toMatchObject({ code: 0, json: { ok: true, copy } })
  const diff = await runToEnd(['passport', 'diff', out, copy])
  expect(diff).toMatchObject({ code: 1, json: { drifted: true } })
  expect(diff.json['rows']).toHaveLength(1)
})

test('an antenna that was updated is told with both versions, its settings copied, and accepted once', async () => {
  const rsu = present(lot.harness.sims('exit').rsu, 'the exit has an antenna')
  const row = async (): Promise<DeviceVersionView | undefined> => {
    const { rows } = await lot.run.call<DeviceVersionsView>('passport.versions')
    return rows.find(({ laneId, device }) => laneId === 'exit' && device === 'rsu')
  }
  const matters = async () =>
    (await lot.run.call<InboxView>('inbox.get')).rows.filter(({ kind }) => kind === 'version')
  const before = (await row())?.now?.version
  expect([await matters(), (await row())?.accepted]).toMatchObject([[], { how: 'passport' }])
  await rsu.admin('POST', '/knobs', { firmware: '0909' })
  await rsu.admin('POST', '/act', { do: 'unplug', ms: 500 })
  expect(await eventually(row, (one) => one?.state === 'changed', { of: lot.of })).toMatchObject({
    now: { version: '0909' },
    accepted: { version: before, by: '装机员' },
  })
  expect((await matters()).map(({ what }) => what.zh)).toEqual([
    expect.stringContaining(`${before} 变为 0909`),
  ])
  const copies = () =>
    lot.run.call<{ rows: SettingsBackupView[] }>('device.backups', { laneId: 'exit' })
  const { rows } = await eventually(
    copies,
    (one) => one.rows.some(({ reason }) => reason.startsWith('versionAfter')),
    { of: lot.of },
  )
  expect(rows.find(({ reason }) => reason === `versionBefore ${before} 0909`)).toMatchObject({
    firmware: before,
  })
  const accept = {
    laneId: 'exit',
    device: 'rsu',
    by: '业主',
    reason: '厂商更新',
    commandId: 'accept-0001',
  }
  expect(await lot.run.call('passport.acceptVersion', accept)).toMatchObject({ repeated: false })
  expect(await lot.run.call('passport.acceptVersion', accept)).toMatchObject({ repeated: true })
  expect([(await row())?.state, await matters()]).toEqual(['same', []])
  const audit = await runToEnd(['audit', 'verify', '--data', dir])
  expect(audit.json['byAct']).toMatchObject({ 'passport.acceptVersion': 1 })
})
