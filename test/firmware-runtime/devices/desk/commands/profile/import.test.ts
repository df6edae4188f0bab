// `etc-lane profile import`: atomic, announced before it is done, and reversible. After every refusal the folder is
// unchanged to the byte.
import { whyIn } from '#base/pure/words/fault-text.ts'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mustBePlace } from '#devices/desk/commands/rsu-settings.ts'
import { BenchRsu } from '#devices/desk/bench/bench-rsu.ts'
import { profilesIn } from '#devices/desk/profile/library.ts'
import { copyOf, libraryFolder, put } from '../../../profiles/shipped.ts'
import { exitLot, Folder, makeSigner, published, refused, run, trust, words } from './kit.ts'

let folder: Folder
let dir: string
beforeEach(() => {
  folder = new Folder()
  dir = folder.at('lot')
  exitLot(dir, '?variant=acme/one')
})
afterEach(() => folder.remove())

type Profile = Record<string, unknown>
const acme = (changes: Profile = {}): Profile => {
  const profile = copyOf('rsu/soulin/parking')
  Object.assign(profile, { vendor: 'acme', model: 'one' })
  for (const [pointer, value] of Object.entries(changes)) put(profile, pointer, value)
  return profile
}
const file = (changes: Profile = {}, name = 'one.json'): string =>
  folder.put(`in/${name}`, acme(changes))
const bring = (path: string, ...more: string[]) => run('import', path, '--data', dir, ...more)
const takeBack = () => run('import', '--undo', '--data', dir)
const revisionNow = (id = 'acme/one'): number | null => {
  const found = profilesIn(dir).find('rsu', id)
  return found.ok ? found.checked.profile.revision : null
}
const members = (value: unknown): string[] => Object.keys(value as object).sort()

describe('import', () => {
  it('tells what is new, which lanes use it, and who signed', async () => {
    const signer = makeSigner(folder, 'support')
    trust(folder, 'lot', signer)
    const path = file()
    await run('sign', path, '--key', signer.key, '--cert', signer.cert)
    const { code, json } = await bring(path)
    expect(code).toBe(0)
    expect(members(json)).toEqual(published('import FILE'))
    const [profile] = json['profiles'] as Profile[]
    expect(members(profile)).toEqual(
      [
        'change',
        'differences',
        'drives',
        'file',
        'id',
        'installedRevision',
        'lanes',
        'revision',
        'signature',
      ].sort(),
    )
    expect(json).toMatchObject({
      ok: true,
      dryRun: false,
      generation: 1,
      running: false,
      lots: [{ lotId: 'GX00012', lanes: ['exit'] }],
      profiles: [
        {
          id: 'rsu/acme/one',
          change: 'new',
          installedRevision: null,
          signature: { state: 'signed', by: 'TEST support', trusted: true },
          lanes: [{ laneId: 'exit', field: '/lanes/1/rsu' }],
          drives: 'lane',
        },
      ],
    })
    expect(revisionNow()).toBe(1)
    expect(existsSync(join(dir, 'profiles/gen-1/rsu/acme/one.json.sig'))).toBe(true)
  })
  it('tells the differences to the installed one by pointer', async () => {
    await bring(file())
    const path = file({ '/revision': 2, '/limits/heartbeatLossMs/value': 90_000 })
    const { json } = await bring(path)
    expect(json).toMatchObject({
      profiles: [
        {
          change: 'changed',
          installedRevision: 1,
          differences: [
            { change: 'changed', pointer: '/revision', old: 1, new: 2 },
            {
              change: 'changed',
              pointer: '/limits/heartbeatLossMs/value',
              old: 180_000,
              new: 90_000,
            },
          ],
        },
      ],
    })
    const said = await words('import', file({ '/revision': 3 }), '--data', dir, '--dry-run')
    expect(said).toContain('changed /revision: 2 -> 3')
  })
  it('takes a camera to be read, and says that no device works by it', async () => {
    const camera = copyOf('roadside-camera/hikvision/isapi-push')
    Object.assign(camera, { vendor: 'acme', model: 'eye' })
    const path = folder.put('in/eye.json', camera)
    const { code, json } = await bring(path, '--dry-run')
    expect(code).toBe(0)
    expect(json).toMatchObject({
      ok: true,
      findings: [],
      profiles: [{ id: 'roadside-camera/acme/eye', drives: 'nothing' }],
      warnings: [{ code: 'PROFILE-26', pointer: '/protocol/id', value: 'hikvision' }],
    })
    for (const said of [await words('import', path, '--data', dir), await words('verify', path)]) {
      expect(said).toContain('▲ PROFILE-26')
    }
    expect((await bring(file())).json['warnings']).toEqual([])
  })
  it('a dry run says the same and writes nothing', async () => {
    const path = file()
    const before = folder.print('lot')
    const dry = await bring(path, '--dry-run')
    expect(folder.print('lot')).toEqual(before)
    const done = await bring(path)
    expect({ ...dry.json, dryRun: false, generation: 1 }).toEqual(done.json)
  })
  it('what is there already is not written again', async () => {
    await bring(file())
    const before = folder.print('lot')
    expect((await bring(file())).json).toMatchObject({
      ok: true,
      generation: 1,
      profiles: [{ change: 'same' }],
    })
    expect(folder.print('lot')).toEqual(before)
  })
  it('a signature that comes later is kept', async () => {
    await bring(file())
    const signer = makeSigner(folder, 'support')
    trust(folder, 'lot', signer)
    const path = file()
    await run('sign', path, '--key', signer.key, '--cert', signer.cert)
    expect((await bring(path)).json).toMatchObject({ generation: 2 })
    expect(existsSync(join(dir, 'profiles/gen-2/rsu/acme/one.json.sig'))).toBe(true)
  })
  it('a folder of several comes as a whole, or not at all', async () => {
    file()
    file({ '/model': 'two' }, 'two.json')
    expect((await bring(folder.at('in'))).json).toMatchObject({ ok: true, generation: 1 })
    expect([revisionNow(), revisionNow('acme/two')]).toEqual([1, 1])
    file({ '/model': 'three' }, 'three.json')
    file({ '/model': 'four', '/settings/2/default': 999 }, 'four.json')
    const before = folder.print('lot')
    expect((await bring(folder.at('in'))).json).toMatchObject({ ok: false, generation: 1 })
    expect(folder.print('lot')).toEqual(before)
  })
  it('the whole shipped library is there already', async () => {
    const { code, json } = await bring(libraryFolder)
    expect(code).toBe(0)
    expect(json).toMatchObject({ ok: true, generation: 0 })
  })
})

describe('is refused, and nothing is written', () => {
  type Case = readonly [what: string, make: () => string, code: string]
  const cases: readonly Case[] = [
    ['a profile with a finding', () => file({ '/settings/2/default': 999 }), 'PROFILE-11'],
    ['a vendor that leaves the folder', () => file({ '/vendor': '../../etc' }), 'PROFILE-01'],
    ['an absolute model', () => file({ '/model': '/etc/x' }), 'PROFILE-01'],
    ['a model with a NUL', () => file({ '/model': 'a\u0000b' }), 'PROFILE-01'],
    [
      '__proto__',
      () => folder.put('in/a.json', JSON.stringify(acme()).replace('{', '{"__proto__":{},')),
      'FILE-02',
    ],
    [
      'a member twice',
      () => folder.put('in/a.json', JSON.stringify(acme()).replace('{', '{"kind":"rsu",')),
      'FILE-02',
    ],
    ['deep nesting', () => folder.put('in/a.json', '['.repeat(900_000)), 'FILE-02'],
    [
      'a byte order mark',
      () => folder.put('in/a.json', `\ufeff${JSON.stringify(acme())}`),
      'FILE-02',
    ],
    [
      'another content of the same revision',
      () => file({ '/limits/heartbeatLossMs/value': 1 }),
      'PROFILE-18',
    ],
    ['an older revision', () => file({ '/revision': 1, '/title/en': 'Old' }), 'PROFILE-18'],
    [
      'a generic frame table',
      () => folder.put('in/a.json', put(copyOf('rsu/generic/generic-bcc'), '/revision', 2)),
      'PROFILE-02',
    ],
    [
      'two of one id',
      () => (file({}, 'x.json'), file({}, 'y.json'), folder.at('in')),
      'PROFILE-02',
    ],
    [
      'a bad signature',
      () => (folder.put('in/one.json.sig', '{}'), file({ '/revision': 2 })),
      'PROFILE-17',
    ],
    [
      'a template of its own',
      () => {
        folder.put('in/templates/t.json', { description: 'brought along', item: {} })
        file({ '/revision': 2, '/needs': [{ $use: 't' }] })
        return folder.at('in')
      },
      'PROFILE-03',
    ],
  ]
  it.each(cases)('%s', async (_what, make, code) => {
    await bring(file())
    rmSync(folder.at('in'), { recursive: true })
    const path = make()
    const before = folder.print('lot')
    const { code: exit, json } = await bring(path)
    expect(exit).toBe(1)
    expect((json['findings'] as { code: string }[]).map((f) => f.code)).toContain(code)
    expect(folder.print('lot')).toEqual(before)
  })
  it('a revoked signer, by the list of the folder', async () => {
    const signer = makeSigner(folder, 'support')
    const path = file()
    await run('sign', path, '--key', signer.key, '--cert', signer.cert)
    folder.put('lot/keys/profile-revoked.json', {
      version: 1,
      revoked: [{ fingerprint: signer.fingerprint, why: 'left' }],
    })
    expect((await bring(path)).json).toMatchObject({ findings: [{ code: 'PROFILE-17' }] })
    writeFileSync(folder.at('lot/keys/profile-revoked.json'), 'not a list')
    expect((await refused('import', path, '--data', dir)).code).toBe('FILE-02')
    expect(existsSync(join(dir, 'profiles'))).toBe(false)
  })
  it('a folder that is not there, an archive, another import under way', async () => {
    expect((await refused('import', file(), '--data', folder.at('none'))).code).toBe('FILE-01')
    const zip = folder.put('in/a.zip', Uint8Array.of(0x50, 0x4b, 3, 4))
    expect((await refused('import', zip, '--data', dir)).code).toBe('PROFILE-19')
    folder.put('lot/profiles/lock', String(process.ppid))
    expect((await refused('import', file(), '--data', dir)).code).toBe('LOCK-01')
    expect(readdirSync(join(dir, 'profiles'))).toEqual(['lock'])
  })
  // Locks of a process that has ended, of one whose id was reused after a reboot, and one cut off before its id was
  // written.
  it.each(['999999999', `${process.ppid}\nanother boot 1\n`, ''])(
    'a lock that holds nobody up: %j',
    async (left) => {
      folder.put('lot/profiles/lock', left)
      expect((await bring(file())).code).toBe(0)
    },
  )
})

describe('what lies in the folder', () => {
  it('is checked when a lane names it; a signed one that was changed is not used', async () => {
    const signer = makeSigner(folder, 'support')
    trust(folder, 'lot', signer)
    const path = file()
    await run('sign', path, '--key', signer.key, '--cert', signer.cert)
    await bring(path)
    expect(revisionNow()).toBe(1)
    const installed = join(dir, 'profiles/gen-1/rsu/acme/one.json')
    const text = readFileSync(installed, 'utf8')
    writeFileSync(installed, text.replace('"revision":1', '"revision":7'))
    const changed = profilesIn(dir).find('rsu', 'acme/one')
    expect(changed).toMatchObject({ ok: false, there: true })
    expect(changed.ok ? '' : whyIn(changed.note, 'zh')).toContain('PROFILE-17')
    rmSync(`${installed}.sig`)
    expect(revisionNow()).toBe(7)
    writeFileSync(installed, text.replace('"default":1', '"default":999'))
    const found = profilesIn(dir).find('rsu', 'acme/one')
    expect(found.ok ? '' : whyIn(found.note, 'zh')).toMatch(/PROFILE-11 .* 不在 .* 之内/)
  })
  it('is read whole or not at all: a name that leads nowhere is a fault', async () => {
    await bring(file())
    writeFileSync(join(dir, 'profiles/current'), '9\n')
    expect(() => profilesIn(dir).find('rsu', 'acme/one')).toThrow('FILE-01')
    writeFileSync(join(dir, 'profiles/current'), '../gen-1')
    expect(() => profilesIn(dir).find('rsu', 'acme/one')).toThrow('FILE-01')
  })
})

describe('undo', () => {
  it('brings back what was there, step by step', async () => {
    // Nothing in the lot may use the profile that is removed: its lane uses a generic variant here.
    const lot = readFileSync(join(dir, 'lot.json'), 'utf8')
    writeFileSync(join(dir, 'lot.json'), lot.replace('acme/one', 'generic-bcc'))
    await bring(file())
    await bring(file({ '/revision': 2 }))
    const { json } = await takeBack()
    expect(members(json)).toEqual(published('import --undo'))
    expect(json).toMatchObject({
      ok: true,
      from: 2,
      generation: 1,
      profiles: [{ id: 'rsu/acme/one', change: 'restored', lanes: [] }],
    })
    expect(revisionNow()).toBe(1)
    expect((await takeBack()).json).toMatchObject({
      generation: 0,
      profiles: [{ change: 'removed' }],
    })
    expect(revisionNow()).toBeNull()
    expect((await refused('import', '--undo', '--data', dir)).code).toBe('PROFILE-20')
    // Importing again makes a new generation; a number is never reused.
    expect((await bring(file())).json).toMatchObject({ generation: 3 })
  })
  it('never takes a profile away from a lane', async () => {
    await bring(file())
    const before = folder.print('lot')
    const fault = await refused('import', '--undo', '--data', dir)
    expect(fault.code).toBe('PROFILE-21')
    expect(fault.detail).toMatchObject({ field: '/lanes/1/rsu', note: 'rsu/acme/one' })
    expect(folder.print('lot')).toEqual(before)
    await bring(file({ '/revision': 2 }))
    expect((await takeBack()).json).toMatchObject({
      profiles: [{ change: 'restored', lanes: [{ laneId: 'exit' }] }],
    })
  })
  it('takes no file and no dry run', async () => {
    expect((await refused('import', 'x', '--undo', '--data', dir)).code).toBe('ARG-01')
    expect((await refused('import', '--dry-run', '--undo', '--data', dir)).code).toBe('ARG-01')
  })
})

describe('a cut in the middle', () => {
  it('leaves the earlier generation, whatever of the new one is there', async () => {
    await bring(file())
    const whole = folder.at('whole')
    cpSync(dir, whole, { recursive: true })
    await bring(file({ '/revision': 2 }))
    const made = join(dir, 'profiles', 'gen-2')
    const parts = readdirSync(made, { recursive: true, withFileTypes: true }).filter((e) =>
      e.isFile(),
    )
    // For each number of new files on disk, with the current name not yet switched.
    for (let there = 0; there <= parts.length; there++) {
      rmSync(dir, { recursive: true })
      cpSync(whole, dir, { recursive: true })
      for (const part of parts.slice(0, there))
        folder.put(join('lot/profiles/gen-2', part.name), 'cut')
      folder.put('lot/profiles/current.new', '2\n')
      expect(revisionNow()).toBe(1)
      expect((await bring(file({ '/revision': 3 }))).json).toMatchObject({ ok: true })
      expect(revisionNow()).toBe(3)
    }
  })
  it('keeps fifty steps back and no more', async () => {
    for (let revision = 1; revision <= 53; revision++) await bring(file({ '/revision': revision }))
    const kept = readdirSync(join(dir, 'profiles')).filter((name) => name.startsWith('gen-'))
    expect(kept).toHaveLength(50)
    for (let back = 52; back > 3; back--) await takeBack()
    expect(revisionNow()).toBe(4)
  })
})

it('what was imported may be named by a link of its own, with the folder beside it', async () => {
  expect((await bring(file())).code).toBe(0)
  const openWith = (imports: string | null) =>
    BenchRsu.open('tcp://127.0.0.1:1?variant=acme/one', folder.at('state'), {
      imports,
      // The profile is looked up before the link is opened.
      signal: AbortSignal.abort(),
    })
  await expect(openWith(null)).rejects.toMatchObject({ code: 'LOT-03' })
  await expect(openWith(dir)).rejects.toMatchObject({ code: 'LINK-02' })
  expect(() => mustBePlace({ link: 'tcp://127.0.0.1:1', data: dir })).not.toThrow()
  expect(() => mustBePlace({ link: undefined, data: undefined })).toThrow(/^ARG-01/)
})
