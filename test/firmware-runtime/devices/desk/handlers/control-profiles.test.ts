// The profile calls: files arrive in bounded parts and are judged before anything is written; accepting is atomic, audited,
// done once, and can be undone. A refusal leaves the folder unchanged to the byte.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type {
  ProfileLibraryView,
  ProfileSheetView,
  ProfilesJudgedView,
  ProfileVerdictView,
} from '#devices/calls/profiles-views.ts'
import type { ProfileService } from '#devices/desk/handlers/control-profiles.ts'
import { draftFilesMax } from '#devices/desk/handlers/profile-drafts.ts'
import {
  acceptFiles,
  checkFiles,
  judgeFiles,
  libraryOf,
  undoImport,
  undoWouldChange,
} from '#devices/desk/profile/service.ts'
import { sheetFrom } from '#devices/desk/profile/sheet-from.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { Folder, makeSigner, run, trust } from '../commands/profile/kit.ts'
import { makeLot, type TestLot } from '../../../runtime/control/control-kit.ts'
import { copyOf, put } from '../../profiles/shipped.ts'
import { bareLot } from '../../../../kit/bare-lot.ts'

let folder: Folder
let dir: string
let lot: TestLot
/** True: the next writes fail as on a full disk. */
let full: boolean

const who = (commandId = 'cmd-00000001') => ({ commandId, by: '装机员', reason: '验收' })
const draftId = 'draft-0001'

const answer = <T>(work: () => T): Promise<T> => new Promise((done) => done(work()))

const service = (): ProfileService => ({
  library: () => answer(() => libraryOf(dir)),
  sheet: (id) => answer(() => sheetFrom(dir, id)),
  judge: (files) => answer(() => judgeFiles(dir, files)),
  check: (files, n) => answer(() => checkFiles(dir, files, n)),
  accept: (files, n) =>
    full
      ? Promise.reject(new LaneFault('DATA-01', { note: 'ENOSPC' }))
      : answer(() => acceptFiles(dir, files, n)),
  undoPlan: () => answer(() => undoWouldChange(dir)),
  undo: (n) => answer(() => undoImport(dir, n)),
})

beforeEach(() => {
  folder = new Folder()
  dir = folder.at('lot')
  full = false
  const config = bareLot({
    rsu: new Map([['exit', 'tcp://127.0.0.1:60001?variant=acme/one']]),
    barrier: new Map([['exit', 'tcp://127.0.0.1:60002?profile=generic/modbus-relay']]),
    capacity: 9,
  })
  writeLot(dir, config, null)
  lot = makeLot([], null, null, null, [], null, service())
})
afterEach(() => folder.remove())

const acme = (changes: Record<string, unknown> = {}): Record<string, unknown> => {
  const profile = copyOf('rsu/soulin/parking') as Record<string, unknown>
  Object.assign(profile, { vendor: 'acme', model: 'one' })
  for (const [pointer, value] of Object.entries(changes)) put(profile, pointer, value)
  return profile
}

const bytesOf = (value: unknown): Buffer =>
  Buffer.isBuffer(value)
    ? value
    : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))

const call = (name: string, args: object, role: 'installer' | 'attendant' = 'installer') =>
  lot.control.call(name, args, role)

async function callOk<T>(name: string, args: object): Promise<T> {
  const reply = await call(name, args)
  if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`)
  return reply.data as T
}

async function fault(name: string, args: object): Promise<{ code: string; field: string }> {
  const reply = await call(name, args)
  if (reply.ok) throw new Error(`${name} was accepted`)
  return reply.error
}

const sliceBytes = 30_000

async function hold(files: Readonly<Record<string, unknown>>, draft = draftId): Promise<void> {
  for (const [name, value] of Object.entries(files)) {
    const bytes = bytesOf(value)
    for (let at = 0; at === 0 || at < bytes.length; at += sliceBytes) {
      const base64 = bytes.subarray(at, at + sliceBytes).toString('base64')
      const parts = [{ name, bytes: bytes.length, at, base64 }]
      await callOk('profiles.hold', { draftId: draft, parts })
    }
  }
}

async function judge(files: Readonly<Record<string, unknown>>): Promise<ProfilesJudgedView> {
  await hold(files)
  return callOk<ProfilesJudgedView>('profiles.judge', { draftId })
}

async function only(files: Readonly<Record<string, unknown>>): Promise<ProfileVerdictView> {
  const { files: verdicts } = await judge(files)
  const [first, ...more] = verdicts
  expect(more).toEqual([])
  if (first === undefined) throw new Error('no verdict')
  return first
}

/** The digest as anybody can compute it, from the lines that `sha256sum` prints. */
function digestOf(files: Readonly<Record<string, unknown>>): string {
  const hash = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')
  const lines = Object.entries(files).map(([name, value]) => `${hash(bytesOf(value))}  ${name}\n`)
  return hash(lines.sort().join(''))
}

const library = () => callOk<ProfileLibraryView>('profiles.library', {})
const rowOf = async (id: string) => (await library()).rows.find((row) => row.id === id)
const accept = (names: readonly string[], generation = 0, commandId?: string) =>
  call('profiles.accept', { draftId, names, generation, ...who(commandId) })
const sheet = (id: string) => callOk<ProfileSheetView>('profiles.sheet', { id })
const audits = (): string[] =>
  lot.ledger.list.flatMap((row) =>
    row.kind === 'audit' && row.body.act.startsWith('profiles.') ? [row.body.act] : [],
  )

describe('the library', () => {
  it('says what a profile says to people', async () => {
    const { id, parts } = await sheet('display/generic/line-voice-board')
    expect([id, parts[0]?.rows[0]?.name.en]).toEqual([
      'display/generic/line-voice-board',
      'Reply mode 0',
    ])
    expect(await fault('profiles.sheet', { id: 'display/acme/none' })).toMatchObject({
      code: 'PROFILE-19',
    })
  })
  it('lists what came with the program, its status and the lanes that use it', async () => {
    const { rows, broken, generation, canUndo } = await library()
    expect(rows.length).toBeGreaterThan(20)
    expect({ broken, generation, canUndo }).toEqual({ broken: [], generation: 0, canUndo: false })
    expect(rows.find(({ id }) => id === 'barrier/generic/modbus-relay')).toMatchObject({
      origin: 'builtIn',
      signature: { state: 'builtIn' },
      lanes: [{ laneId: 'exit', field: '/lanes/1/barrier' }],
    })
  })
})

describe('a good file', () => {
  it('is judged before anything is written, then accepted', async () => {
    const verdict = await only({ 'one.json': acme() })
    expect(verdict).toMatchObject({
      verdict: 'new',
      id: 'rsu/acme/one',
      signature: { state: 'unsigned' },
      findings: [],
      lanes: [{ laneId: 'exit' }],
    })
    expect(existsSync(`${dir}/profiles`)).toBe(false)
    expect(await accept(['one.json'])).toMatchObject({
      ok: true,
      data: { repeated: false, generation: 1 },
    })
    expect(await rowOf('rsu/acme/one')).toMatchObject({ origin: 'imported' })
  })

  it('is audited once, and a repeat of the same command changes nothing', async () => {
    await judge({ 'one.json': acme() })
    await accept(['one.json'])
    expect(await accept(['one.json'])).toMatchObject({ ok: true, data: { repeated: true } })
    const digest = digestOf({ 'rsu/acme/one.json': acme() })
    expect(audits()).toEqual([`profiles.accept rsu/acme/one sha256:${digest}`])
    expect((await library()).generation).toBe(1)
  })

  it('tells a signer, and one that was revoked since', async () => {
    const signer = makeSigner(folder, 'support')
    const path = folder.put('in/one.json', acme())
    await run('sign', path, '--key', signer.key, '--cert', signer.cert)
    const print = folder.print('in')
    const bytes = (name: string): Buffer =>
      Buffer.from(print[folder.at('in', name)] ?? '', 'base64')
    const files = { 'one.json': bytes('one.json'), 'one.json.sig': bytes('one.json.sig') }
    expect(await only(files)).toMatchObject({
      verdict: 'refused',
      signature: { state: 'signed', by: 'TEST support', trusted: false },
      findings: [{ code: 'PROFILE-23', value: signer.fingerprint, note: 'TEST support' }],
    })
    trust(folder, 'lot', signer)
    expect(await only(files)).toMatchObject({
      verdict: 'new',
      signature: { state: 'signed', by: 'TEST support', trusted: true },
    })
    const revoked = [{ fingerprint: signer.fingerprint, why: 'key lost' }]
    folder.put('lot/keys/profile-revoked.json', { version: 1, revoked })
    expect(await only(files)).toMatchObject({
      verdict: 'refused',
      signature: { state: 'revoked', why: 'key lost' },
      findings: [{ code: 'PROFILE-17' }],
    })
    const changed = { ...files, 'one.json': acme({ '/revision': 9 }) }
    expect(await only(changed)).toMatchObject({ verdict: 'refused', signature: { state: 'bad' } })
  })

  it('differs from the installed one by pointer, old and new', async () => {
    await judge({ 'one.json': acme() })
    await accept(['one.json'])
    const next = acme({ '/revision': 2, '/title/en': 'Another name' })
    expect(await only({ 'two.json': next })).toMatchObject({
      verdict: 'changed',
      revision: 2,
      installedRevision: 1,
      differences: [
        { pointer: '/revision', old: '1', new: '2' },
        { pointer: '/title/en', new: '"Another name"' },
      ],
    })
  })
})

describe('taking back', () => {
  it('says what would go, needs the generation that was looked at, and is audited', async () => {
    await judge({ 'one.json': acme(), 'two.json': acme({ '/model': 'two' }) })
    await accept(['two.json'])
    const plan = await callOk<{ rows: unknown }>('profiles.undoPlan', {})
    expect(plan.rows).toEqual([{ id: 'rsu/acme/two', change: 'removed', lanes: [] }])
    expect(await fault('profiles.undo', { generation: 7, ...who('cmd-00000002') })).toMatchObject({
      code: 'PROFILE-22',
    })
    const done = await callOk('profiles.undo', { generation: 1, ...who('cmd-00000003') })
    expect(done).toMatchObject({ generation: 0, repeated: false })
    expect(await rowOf('rsu/acme/two')).toBeUndefined()
    expect(audits()).toEqual([
      expect.stringMatching(/^profiles\.accept rsu\/acme\/two sha256:[0-9a-f]{64}$/),
      'profiles.undo 1',
    ])
    expect(await fault('profiles.undoPlan', {})).toMatchObject({ code: 'PROFILE-20' })
  })

  it('is refused while a lane uses what would go', async () => {
    await judge({ 'one.json': acme() })
    await accept(['one.json'])
    expect(await fault('profiles.undo', { generation: 1, ...who('cmd-00000002') })).toMatchObject({
      code: 'PROFILE-21',
      field: '/lanes/1/rsu',
    })
    expect(await rowOf('rsu/acme/one')).toBeDefined()
  })
})

const deep = `${'['.repeat(40)}${']'.repeat(40)}`
const text = (): string => JSON.stringify(acme())
const hostile: readonly (readonly [string, string, unknown, string])[] = [
  ['a schema that breaks', 'bad.json', { format: 1 }, 'PROFILE-01'],
  ['a range that cannot be', 'bad.json', () => acme({ '/settings/0/min': 9_999 }), 'PROFILE-'],
  ['an id like a path', 'bad.json', () => acme({ '/vendor': '../../etc' }), 'PROFILE-01'],
  ['a prototype key', 'bad.json', () => text().replace('{', '{"__proto__":{"a":1},'), 'FILE-02'],
  ['too deep', 'bad.json', deep, 'FILE-02'],
  ['not UTF-8', 'bad.json', Buffer.from([0x7b, 0x22, 0xb2, 0xe2, 0x22, 0x7d]), 'FILE-02'],
  ['UTF-16', 'bad.json', Buffer.from('\ufeff{}', 'utf16le'), 'FILE-02'],
  ['empty', 'bad.json', '', 'FILE-02'],
  ['an archive', 'bad.json', Buffer.from('PK\u0003\u0004rest'), 'PROFILE-19'],
  ['another ending', 'bad.exe', '{}', 'PROFILE-19'],
  ['a name that leads out', '../../bad.json', () => acme(), 'PROFILE-19'],
  ['a signature alone', 'bad.json.sig', '{}', 'PROFILE-17'],
]

describe('a hostile file', () => {
  it.each(hostile)('%s is refused with its code and loses nothing', async (_, name, made, code) => {
    await judge({ 'good.json': acme() })
    await accept(['good.json'])
    const before = folder.print('lot')
    const value = typeof made === 'function' ? (made as () => unknown)() : made
    const verdict = await only({ [name]: value })
    expect(verdict.verdict).toBe('refused')
    expect(verdict.findings[0]?.code.startsWith(code)).toBe(true)
    await hold({ 'good.json': acme({ '/revision': 2 }) })
    const reply = await accept(['good.json', name], 1, 'cmd-00000002')
    expect(reply).toMatchObject({ ok: false })
    expect(folder.print('lot')).toEqual(before)
    expect(audits()).toHaveLength(1)
    expect(await accept(['good.json'], 1, 'cmd-00000003')).toMatchObject({ ok: true })
    expect((await rowOf('rsu/acme/one'))?.revision).toBe(2)
  })

  it('a huge one is named with its size and its content is never taken', async () => {
    const part = { name: 'huge.json', bytes: 3_000_000_000, at: 0, base64: '' }
    await callOk('profiles.hold', { draftId, parts: [part] })
    const { files } = await callOk<ProfilesJudgedView>('profiles.judge', { draftId })
    expect(files[0]?.findings).toMatchObject([{ code: 'PROFILE-19', value: '3000000000 bytes' }])
    const more = { ...part, base64: 'AAAA' }
    expect(await fault('profiles.hold', { draftId, parts: [more] })).toMatchObject({
      code: 'API-01',
      field: '/parts/0/at',
    })
  })

  it('two files of one id are refused together', async () => {
    const { files } = await judge({ 'a.json': acme(), 'b.json': acme() })
    expect(files.map(({ verdict }) => verdict)).toContain('refused')
    expect(await accept(['a.json', 'b.json'])).toMatchObject({ error: { code: 'PROFILE-02' } })
    expect(existsSync(`${dir}/profiles`)).toBe(false)
  })
})

describe('parts', () => {
  it('come in order and whole', async () => {
    const part = { name: 'a.json', bytes: 6, at: 0, base64: 'AAAA' }
    await callOk('profiles.hold', { draftId, parts: [part] })
    expect(await fault('profiles.judge', { draftId })).toMatchObject({ code: 'API-01' })
    for (const bad of [
      { ...part, at: 2 },
      { ...part, at: 3, bytes: 7 },
      { ...part, at: 3, base64: 'AAAAAAAA' },
    ])
      expect(await fault('profiles.hold', { draftId, parts: [bad] })).toMatchObject({
        code: 'API-01',
      })
    await callOk('profiles.hold', { draftId, parts: [{ ...part, at: 3 }] })
    const { files } = await callOk<ProfilesJudgedView>('profiles.judge', { draftId })
    expect(files).toMatchObject([{ verdict: 'refused', findings: [{ code: 'FILE-02' }] }])
  })

  it('are bounded in number and size, and a draft that is gone is said to be', async () => {
    const small = (i: number) => ({ name: `${i}.json`, bytes: 3, at: 0, base64: 'AAAA' })
    for (let i = 0; i < draftFilesMax; i++)
      await callOk('profiles.hold', { draftId, parts: [small(i)] })
    expect(await fault('profiles.hold', { draftId, parts: [small(999)] })).toMatchObject({
      code: 'PROFILE-19',
    })
    await callOk('profiles.drop', { draftId })
    expect(await fault('profiles.judge', { draftId })).toMatchObject({ code: 'API-01' })
    const large = (i: number) => ({ name: `${i}.json`, bytes: 1_000_000, at: 0, base64: 'AAAA' })
    for (let i = 0; i < 4; i++) await callOk('profiles.hold', { draftId, parts: [large(i)] })
    expect(await fault('profiles.hold', { draftId, parts: [large(4)] })).toMatchObject({
      code: 'PROFILE-19',
    })
  })
})

describe('acts', () => {
  it('need the right of an installer', async () => {
    for (const name of ['profiles.hold', 'profiles.judge', 'profiles.accept', 'profiles.undo'])
      expect(await call(name, {}, 'attendant')).toMatchObject({ error: { code: 'API-02' } })
  })

  it('are refused when the library changed since the files were judged', async () => {
    await judge({ 'one.json': acme(), 'two.json': acme({ '/model': 'two' }) })
    acceptFiles(dir, [{ path: 'x.json', bytes: bytesOf(acme()), size: 1 }], 0)
    expect(await accept(['two.json'])).toMatchObject({ error: { code: 'PROFILE-22' } })
    expect(audits()).toEqual([])
  })

  it('whose disk refused are done by the next try of the same command, audited once', async () => {
    await judge({ 'one.json': acme() })
    full = true
    expect(await accept(['one.json'])).toMatchObject({ error: { code: 'DATA-01' } })
    full = false
    expect(await accept(['one.json'])).toMatchObject({ data: { repeated: false, generation: 1 } })
    expect(audits()).toHaveLength(1)
  })

  it('without a folder are refused in words', async () => {
    lot = makeLot()
    expect(await fault('profiles.library', {})).toMatchObject({ code: 'LOT-01' })
  })
})
