// A running lot sends a copy to its second place while its lanes take cars; its machine dies; another one restores the
// copy and takes the next car. The stay that was open is closed there.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BackupView, CopyView, RecoveryKeyView } from '#ledger/calls/backup-views.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { Program, runToEnd } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { hasSshServer, SshServer } from './kit/ssh-server.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot()
const { dir, harness } = lot
const place = join(dir, '..', 'place')
const fresh = join(dir, '..', 'fresh')
const keyFile = join(dir, '..', 'key.txt')
const who = { by: '业主', reason: '开通' }
let copy: CopyView
/** The row number in the head file, which is written within a second of its rows and has two slots. */
function headSeq(): number {
  const head = readFileSync(join(dir, 'ledger.head'))
  const slots = [0, 4096].filter((at) => head.length >= at + 16)
  return Math.max(...slots.map((at) => Number(head.readBigUInt64BE(at + 8))))
}

beforeAll(async () => {
  await lot.startSims()
  mkdirSync(place)
  const file = join(dir, 'lot.json')
  const config = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...config, copies: { to: place } }))
  await lot.start('exit')
})
afterAll(() => lot.close())

test('a key is made and a copy sent while the lanes run, and the copy is restored by test', async () => {
  await lot.comes('entry')
  await lot.leaves('entry')
  const asked = { ...who, commandId: 'backup-key-0001', split: false, replace: false }
  const toDo = async (): Promise<string[]> =>
    (await lot.run.call<BackupView>('backup.status')).toDo.map(({ code }) => code)
  expect(await toDo()).toEqual(['copyKey', 'service'])
  const { texts, keyId, sheets } = await lot.run.call<RecoveryKeyView>('backup.key', asked)
  expect(sheets.map(({ fileName }) => fileName)).toEqual([
    expect.stringMatching(new RegExp(`^recovery-.*-${keyId}\\.html$`)),
  ])
  expect(sheets[0]?.html).toContain(`\n${texts[0] ?? 'no text'}\n`)
  expect(await toDo()).toEqual(['service'])
  writeFileSync(keyFile, texts.join('\n'))
  copy = await lot.run.call<CopyView>('backup.now', { begin: false })
  expect(copy.headSeq).toBeGreaterThan(5)
  expect(copy).toMatchObject({ file: '00001-base.etcseal', rows: copy.headSeq, mends: null })
  const tested = await lot.run.call<CopyView>('backup.test')
  const looked = { opened: 1, older: 0, photos: { damaged: { count: 0, files: [] } } }
  expect(tested).toMatchObject({ headHash: copy.headHash, ...looked })
  const view = await lot.run.call<BackupView>('backup.status')
  const { atIso, headSeq: rows, headHash } = copy
  const last = { atIso, place: copy.place, headSeq: rows, headHash }
  expect(view).toMatchObject({ keyId, to: place, last, tested, fault: null })
  const found = await lot.run.call<{ rows: { type: string }[] }>('ledger.query', { kind: 'event' })
  expect(found.rows.map(({ type }) => type)).toContain('copyRestoredByTest')
})

test('a place that is gone is told with its code, and the lanes go on', async () => {
  const file = join(dir, '..', 'place')
  const there = join(dir, '..', 'unplugged')
  renameSync(file, there)
  await expect(lot.run.call('backup.now', { begin: false })).rejects.toThrow('COPY-01')
  expect((await lot.run.call<BackupView>('backup.status')).fault?.code).toBe('COPY-01')
  renameSync(there, file)
  expect((await lot.lane('exit')).state).toBe('idle')
})

test.skipIf(!hasSshServer)('a server is the place from now on, while the lanes run', async () => {
  const server = await SshServer.start()
  const [to, hostKey] = [server.to(), server.fingerprint]
  const asked = { to, hostKey: null, password: null }
  const seen = { hostKey, isWritten: false, roomBytes: null }
  expect(await lot.run.call('backup.server', asked)).toEqual(seen)
  const placed = { ...who, commandId: 'backup-place-01', to, hostKey, password: 'a slip' }
  await expect(lot.run.call('backup.place', placed)).rejects.toThrow('COPY-08')
  expect(await lot.run.call('backup.status')).toMatchObject({ to: place, hostKey: null })
  await lot.run.call('backup.place', { ...placed, password: server.password })
  await lot.run.call<CopyView>('backup.now', { begin: false })
  const tested = await lot.run.call<CopyView>('backup.test')
  const view = { to, hostKey, fault: null, tested }
  expect(await lot.run.call<BackupView>('backup.status')).toMatchObject(view)
  expect(tested.place).toBe(`${to}/${basename(copy.place)}`)
  expect(readdirSync(join(server.place, basename(copy.place)))).toContain('copies.jsonl')
  expect(JSON.parse(readFileSync(join(dir, 'lot.json'), 'utf8'))).toMatchObject({
    copies: { to, hostKey },
  })
  await server.stop()
  await expect(lot.run.call('backup.now', { begin: false })).rejects.toThrow('COPY-06')
  expect((await lot.lane('exit')).state).toBe('idle')
})

test('another machine goes on from the copy: the car inside pays and leaves there', async () => {
  // The head includes the rows after the copy, so it tells how many are lost.
  await eventually(
    () => headSeq(),
    (seq) => seq > copy.headSeq,
    { of: lot.of },
  )
  await lot.run.stop('SIGKILL')
  const from = join(place, copy.place.split('/').at(-1) ?? '')
  const restored = await runToEnd([
    ...['backup', 'restore', '--data', fresh, '--from', from, '--recovery-key', keyFile],
    ...['--by', '业主', '--reason', '电脑坏了', '--head', join(dir, 'ledger.head')],
  ])
  expect(restored).toMatchObject({ code: 0, json: { ok: true, headSeq: copy.headSeq } })
  expect(Number(restored.json['lostRows'])).toBeGreaterThan(0)
  const run = new Program(['run', '--data', fresh, '--timing', 'instant'])
  const { intake } = await run.ready()
  for (const [id, { camera }] of harness.lanes)
    await camera?.admin('POST', '/target', { url: intake[id] })
  const laneOf = async () => {
    const { lanes } = await run.call<BoardView>('board.get')
    const found = lanes.find(({ laneId }) => laneId === 'exit')
    if (found === undefined) throw new Error('no exit')
    return found
  }
  await eventually(
    laneOf,
    ({ devices, barrier }) => {
      return devices.rsu.state !== 'down' && barrier.arrive !== 'unknown'
    },
    { of: lot.of },
  )
  await harness.sims('exit').rsu?.admin('POST', '/cars', obu)
  await lot.comes('exit')
  interface Deductions {
    readonly rows: readonly { readonly state: string }[]
  }
  const paid = await eventually(
    () => run.call<Deductions>('ledger.query', { kind: 'deduction' }),
    ({ rows }) => rows[0]?.state === 'paid',
    { of: lot.of },
  )
  expect(paid.rows).toHaveLength(1)
  await eventually(laneOf, ({ barrier }) => barrier.position === 'open', { of: lot.of })
  expect(await run.call('ledger.verify')).toMatchObject({ ok: true })
  await run.stop()
})
