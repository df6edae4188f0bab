// `etc-lane profile verify`, `sign`, `new` and `schema`: the JSON of docs/cli.md, signatures in every state, and files that
// are not what their name says.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deviceKinds } from '#devices/pure/profile/kinds.ts'
import { copyOf, library, libraryFolder, put } from '../../../profiles/shipped.ts'
import { Folder, makeSigner, published, refused, run, words, type Signer } from './kit.ts'
import { faults } from '#base/pure/faults/faults.ts'

let folder: Folder
beforeEach(() => {
  folder = new Folder()
})
afterEach(() => folder.remove())

const bcc = 'rsu/generic/generic-bcc'
const keys = (value: unknown): string[] => Object.keys(value as object).sort()

describe('show', () => {
  it('says what has to be set on the device, in both languages, members as published', async () => {
    const { code, json } = await run('show', 'barrier/generic/modbus-relay')
    expect(code).toBe(0)
    expect(keys(json)).toEqual(published('show'))
    const said = await words('show', 'barrier/generic/modbus-relay')
    expect(said).toContain('要在设备上设置 · To be set on the device')
    expect(said).toContain('关闭板卡的输入联动: 输入不得自行带动继电器')
    expect(said).toContain('Input linkage of the board is off: An input must never move a relay')
  })
  it('every shipped profile has a sheet, with its sources', async () => {
    for (const id of library.profiles.keys()) {
      const { json } = await run('show', id)
      const parts = json['parts'] as { title: { en: string }; rows: { source: string }[] }[]
      const basis = parts.find(({ title }) => title.en === 'Sources')
      expect([json['id'], basis === undefined]).toEqual([id, false])
    }
  })
  it.each(['rsu/acme/none', 'rsu', '../generic/generic-bcc', 'rsu/../../x'])(
    '%s is no profile',
    async (id) => {
      expect((await refused('show', id)).code).toBe('PROFILE-19')
    },
  )
})

describe('verify', () => {
  it('the shipped library: every profile, no finding, members as published', async () => {
    const { code, json } = await run('verify', libraryFolder)
    expect(code).toBe(0)
    expect(keys(json)).toEqual(published('verify'))
    expect(json).toMatchObject({ ok: true, findings: [] })
    const profiles = json['profiles'] as Record<string, unknown>[]
    expect(profiles.map(({ id }) => id).sort()).toEqual([...library.profiles.keys()].sort())
    expect(profiles[0]).toMatchObject({ ok: true, signature: { state: 'unsigned' } })
    for (const { standard } of profiles as { standard: Record<string, unknown> }[])
      expect(keys(standard)).toEqual(['fail', 'notStated', 'pass', 'rows'])
  })
  it('tells every finding with file, pointer, value and what to do, and exits with 1', async () => {
    const profile = put(put(copyOf(bcc), '/settings/2/default', 300), '/quirks/0/seen', 'hearsay')
    const { code, json } = await run('verify', folder.put('a.json', profile))
    expect(code).toBe(1)
    expect(json).toMatchObject({ ok: false, profiles: [{ file: 'a.json', id: null, ok: false }] })
    const findings = json['findings'] as Record<string, unknown>[]
    expect(findings.map(({ code: c, pointer, value }) => [c, pointer, value])).toEqual([
      ['PROFILE-12', '/quirks/0/seen', 'hearsay'],
      ['PROFILE-11', '/settings/2/default', '300'],
    ])
    const members = ['code', 'file', 'note', 'pointer', 'todo', 'value', 'what', 'why']
    for (const finding of findings) expect(keys(finding)).toEqual(members)
    const said = await words('verify', folder.at('a.json'))
    const { what } = faults['PROFILE-11']
    for (const words of [what.zh, what.en]) expect(said).toContain(words)
  })
  it('a folder: place against content, an id twice, loose files without a place', async () => {
    folder.put('lib/rsu/acme/one.json', copyOf(bcc))
    folder.put('lib/loose.json', copyOf(bcc))
    const { json } = await run('verify', folder.at('lib'))
    const findings = json['findings'] as { code: string; file: string }[]
    expect(findings.map(({ code, file }) => `${code} ${file}`)).toEqual([
      'PROFILE-02 rsu/acme/one.json',
    ])
    folder.put('lib/rsu/generic/generic-bcc.json', copyOf(bcc))
    expect((await run('verify', folder.at('lib'))).json['findings']).toHaveLength(2)
  })
})

describe('is no profile file', () => {
  it.each<[string, (path: string) => string, string]>([
    ['a path that is not there', (path) => path, 'FILE-01'],
    [
      'an empty folder',
      () => folder.put('empty/readme.txt', '').replace('/readme.txt', ''),
      'PROFILE-19',
    ],
    ['a zip', (path) => folder.put(path, Uint8Array.of(0x50, 0x4b, 3, 4, 0)), 'PROFILE-19'],
    ['a gzip', (path) => folder.put(path, Uint8Array.of(0x1f, 0x8b, 8, 0)), 'PROFILE-19'],
  ])('%s', async (_what, make, code) => {
    expect((await refused('verify', make('a.json'))).code).toBe(code)
  })
  it('50 MB, without being read', async () => {
    const file = folder.put('big.json', '')
    truncateSync(file, 50_000_000)
    const fault = await refused('verify', file)
    expect(fault.code).toBe('PROFILE-19')
    expect(fault.detail.value).toBe('50000000 bytes')
  })
  it('a link, and a pipe that nobody writes', async () => {
    const link = folder.at('link.json')
    symlinkSync(join(libraryFolder, `${bcc}.json`), link)
    expect((await refused('verify', link)).code).toBe('PROFILE-19')
    execFileSync('mkfifo', [folder.at('pipe.json')])
    expect((await refused('verify', folder.at('pipe.json'))).code).toBe('PROFILE-19')
  })
  it('folders without end, and more files than a library has', async () => {
    folder.put('deep/a/b/c/d/e/f.json', '{}')
    expect((await refused('verify', folder.at('deep'))).code).toBe('PROFILE-19')
    for (let i = 0; i < 501; i++) folder.put(`many/${i}.json`, '{}')
    expect((await refused('verify', folder.at('many'))).code).toBe('PROFILE-19')
  })
  it.each([[], ['a', 'b']])('%j is no use', async (...words_) => {
    expect((await refused('verify', ...words_)).code).toBe('ARG-01')
  })
  it('an act that is none', async () => {
    expect((await refused('erase', 'x')).code).toBe('ARG-01')
    expect((await refused('toString', 'x')).code).toBe('ARG-01')
  })
})

describe('sign', () => {
  let file: string
  let signer: Signer
  beforeEach(() => {
    file = folder.put('a.json', copyOf(bcc))
    signer = makeSigner(folder, 'support')
  })
  const sign = (target = file, by = signer) =>
    run('sign', target, '--key', by.key, '--cert', by.cert)
  const signatureOf = async (...more: string[]): Promise<Record<string, unknown>> => {
    const { json } = await run('verify', file, ...more)
    const [profile] = json['profiles'] as { signature: Record<string, unknown> }[]
    return profile?.signature ?? {}
  }

  it('writes a signature that verify names, with the members published', async () => {
    const { code, json } = await sign()
    expect(code).toBe(0)
    expect(keys(json)).toEqual(published('sign'))
    expect(json).toMatchObject({ id: bcc, by: 'TEST support', fingerprint: signer.fingerprint })
    expect(await signatureOf()).toMatchObject({
      state: 'signed',
      by: 'TEST support',
      certSerial: '5C01',
      trusted: false,
      signedAtIso: json['signedAtIso'],
    })
    expect(await signatureOf('--signers', signer.cert)).toMatchObject({ trusted: true })
    expect(await words('verify', file)).toContain('support')
  })
  it('holds for the content, not for blanks or the order of members', async () => {
    await sign()
    const reversed = Object.fromEntries(Object.entries(copyOf(bcc)).reverse())
    folder.put('a.json', JSON.stringify(reversed, null, 4))
    expect(await signatureOf()).toMatchObject({ state: 'signed' })
  })
  it.each<[string, () => void]>([
    ['another revision', () => void folder.put('a.json', put(copyOf(bcc), '/revision', 2))],
    [
      'another time',
      () => {
        const sig = JSON.parse(readFileSync(`${file}.sig`, 'utf8')) as Record<string, unknown>
        const signedAtIso = '2024-01-01T00:00:00.000+08:00'
        folder.put('a.json.sig', { ...sig, signedAtIso })
      },
    ],
    [
      'another certificate',
      () => {
        const sig = JSON.parse(readFileSync(`${file}.sig`, 'utf8')) as Record<string, unknown>
        const other = Buffer.from(makeSigner(folder, 'mallory').der).toString('base64')
        folder.put('a.json.sig', { ...sig, certificate: other })
      },
    ],
    ['a certificate that is none', () => sigWith('certificate', 'AAAA')],
    ['no version', () => sigWith('version', 2)],
    ['a time of another form', () => sigWith('signedAtIso', '2024-01-01')],
    ['a member more', () => sigWith('more', 1)],
    ['base64 that is none', () => sigWith('signature', 'A===')],
    ['no JSON', () => void folder.put('a.json.sig', 'signed')],
  ])('%s makes it bad', async (_what, change) => {
    await sign()
    change()
    const { code, json } = await run('verify', file)
    expect(code).toBe(1)
    expect(json).toMatchObject({
      ok: false,
      profiles: [{ signature: { state: 'bad' } }],
      findings: [{ code: 'PROFILE-17', file: 'a.json.sig' }],
    })
  })
  const sigWith = (member: string, value: unknown): void => {
    const sig = JSON.parse(readFileSync(`${file}.sig`, 'utf8')) as Record<string, unknown>
    folder.put('a.json.sig', { ...sig, [member]: value })
  }
  it('every bit of the signature counts', async () => {
    await sign()
    const sig = JSON.parse(readFileSync(`${file}.sig`, 'utf8')) as { signature: string }
    const bytes = Buffer.from(sig.signature, 'base64')
    for (const at of [0, 1, 3, 10, 40, bytes.length - 1]) {
      const other = Buffer.from(bytes)
      other[at] = (other[at] ?? 0) ^ 1
      folder.put('a.json.sig', { ...sig, signature: other.toString('base64') })
      expect(await signatureOf()).toMatchObject({ state: 'bad' })
    }
  })
  it('a revoked signer is told with the reason', async () => {
    await sign()
    const revoked = folder.put('revoked.json', {
      version: 1,
      revoked: [{ fingerprint: signer.fingerprint, why: 'key lost' }],
    })
    const { code, json } = await run('verify', file, '--revoked', revoked)
    expect(code).toBe(1)
    expect(json).toMatchObject({
      profiles: [{ signature: { state: 'revoked', by: 'TEST support', why: 'key lost' } }],
      findings: [{ code: 'PROFILE-17', note: 'revoked: key lost' }],
    })
    folder.put('revoked.json', { version: 1, revoked: [{ fingerprint: 'x', why: 'y' }] })
    expect((await refused('verify', file, '--revoked', revoked)).code).toBe('PROFILE-17')
    expect((await refused('verify', file, '--revoked', folder.at('none'))).code).toBe('FILE-01')
  })
  it('never with a key of somebody else, an old certificate, or over a finding', async () => {
    const other = makeSigner(folder, 'other')
    const mixed = { ...signer, cert: other.cert }
    await expect(sign(file, mixed)).rejects.toMatchObject({ code: 'CERT-01' })
    const old = makeSigner(folder, 'old', true)
    await expect(sign(file, old)).rejects.toMatchObject({ code: 'CERT-01' })
    folder.put('a.json', put(copyOf(bcc), '/revision', 0))
    const { code, json } = await sign()
    expect([code, json['ok']]).toEqual([1, false])
    expect(existsSync(`${file}.sig`)).toBe(false)
    await expect(sign(folder.dir)).rejects.toMatchObject({ code: 'PROFILE-19' })
  })
})

describe('new', () => {
  const make = (out: string, from = 'generic/generic-bcc', kind = 'rsu') =>
    run('new', '--kind', kind, '--from', from, out)

  it('copies a profile that claims nothing any more', async () => {
    const out = folder.at('rsu', 'acme', 'one.json')
    const { code, json } = await make(out)
    expect(code).toBe(0)
    expect(keys(json)).toEqual(published('new'))
    expect(json).toMatchObject({ id: 'rsu/acme/one', from: bcc })
    const made = JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>
    expect(made).toMatchObject({ vendor: 'acme', model: 'one', revision: 1, status: 'assumed' })
    expect(JSON.stringify(made['basis'])).toContain(
      'copied from rsu/generic/generic-bcc revision 1',
    )
    const rows = made['standardRows'] as { value?: unknown }[]
    expect(rows.filter(({ value }) => value !== undefined && value !== null)).toEqual([])
    expect((await run('verify', folder.at('.'))).json).toMatchObject({ ok: true })
  })
  it('is a beginning from every shipped profile, also from a copy', async () => {
    for (const id of library.profiles.keys()) {
      const [kind = '', ...rest] = id.split('/')
      const out = folder.at(kind, 'acme', `${rest.join('-')}.json`)
      expect((await make(out, rest.join('/'), kind)).code).toBe(0)
      expect((await run('verify', out)).json).toMatchObject({ ok: true })
    }
  })
  it('never replaces a file, and needs names that a library takes', async () => {
    const out = folder.at('acme', 'one.json')
    await make(out)
    const before = folder.print('.')
    await expect(make(out)).rejects.toMatchObject({ code: 'FILE-03' })
    for (const bad of ['One.json', 'one.txt', 'o ne.json'])
      await expect(make(folder.at('acme', bad))).rejects.toMatchObject({ code: 'ARG-01' })
    await expect(make(folder.at('AC', 'one.json'))).rejects.toMatchObject({ code: 'ARG-01' })
    await expect(make(folder.at('a', 'b.json'), 'acme/none')).rejects.toMatchObject({
      code: 'ARG-01',
    })
    await expect(make(folder.at('a', 'b.json'), 'generic/generic-bcc', 'gate')).rejects.toThrow()
    expect(folder.print('.')).toEqual(before)
  })
})

it('schema prints the JSON Schema of the format', async () => {
  const { json } = await run('schema')
  expect(json).toEqual(
    JSON.parse(readFileSync(join(libraryFolder, 'schema', 'profile.schema.json'), 'utf8')),
  )
  expect(JSON.stringify(json)).toContain(deviceKinds[0])
  expect((await refused('schema', 'x')).code).toBe('ARG-01')
})
