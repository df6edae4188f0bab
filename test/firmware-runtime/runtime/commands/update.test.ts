// A release that its people have signed, from a folder and from an address, and everything that is refused. Keys are made
// for the test; the signing program is the one of the people who publish.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { updateCommand } from '#runtime/commands/update.ts'
import { folderOfFile, folderOfTest } from '../../../kit/own-folder.ts'
import { laterFault } from '../../../kit/refusals.ts'
import { runCommand } from '../../../kit/run-command.ts'

const folder = folderOfFile('update-')
const signer = join(import.meta.dirname, '../../../../installers/dev/sign-release.mjs')
const system = `${process.platform}-${process.arch}`
const at = (name: string): string => join(folder, name)

function sign(...args: readonly string[]): void {
  execFileSync(process.execPath, [signer, ...args], { stdio: 'pipe' })
}
const flagged = (flag: string, names: readonly string[]): readonly string[] =>
  names.flatMap((name) => [flag, at(name)])

interface ReleaseOf {
  readonly number?: number
  readonly product?: string
  readonly target?: string
  readonly keys?: readonly string[]
  readonly roots?: readonly string[]
}

/** A release as `npm run release` leaves it, signed. */
function releaseOf({
  number = 7,
  product = 'etc-lane',
  target = `lanes-${system}`,
  keys = ['a.pem', 'b.pem'],
  roots = ['1.root.json'],
}: ReleaseOf = {}): string {
  const place = folderOfTest('release-')
  const bytes = Buffer.from(`the lanes of version ${number} `.repeat(5_000))
  const name = `etc-lane-0.1.${number}-${system}.tar.gz`
  writeFileSync(join(place, name), bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const files = [{ name, target, bytes: bytes.length, sha256 }]
  const release = { product, version: `0.1.${number}`, build: 'abc', files, notMade: [] }
  writeFileSync(join(place, 'release.json'), JSON.stringify(release))
  for (const key of keys)
    sign('release', '--folder', place, ...flagged('--root', roots), '--key', at(key))
  return place
}

const update = (...args: readonly string[]) => runCommand(updateCommand, args)
/** A data folder that trusts this root. */
async function trusting(root = '1.root.json'): Promise<string> {
  const dir = folderOfTest('lot-')
  expect((await update('trust', '--data', dir, '--root', at(root), '--write')).code).toBe(0)
  return dir
}
const fetchInto = (dir: string, from: string) => update('fetch', '--data', dir, '--from', from)
const metadata = (place: string, name: string): string => join(place, 'metadata', name)
const archiveIn = (place: string): string =>
  join(place, readdirSync(place).find((name) => name.endsWith('.tar.gz')) ?? '')

beforeAll(() => {
  for (const name of ['a', 'b', 'c', 'stranger']) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    writeFileSync(at(`${name}.pem`), privateKey.export({ type: 'pkcs8', format: 'pem' }))
    writeFileSync(at(`${name}.pub`), publicKey.export({ type: 'spki', format: 'pem' }))
  }
  const two = ['--threshold', '2']
  sign(
    'root',
    '--out',
    at('1.root.json'),
    ...two,
    ...flagged('--public', ['a.pub', 'b.pub', 'c.pub']),
    ...flagged('--key', ['a.pem', 'b.pem']),
  )
  sign(
    'root',
    '--out',
    at('of-strangers.json'),
    '--threshold',
    '1',
    ...flagged('--public', ['stranger.pub']),
    ...flagged('--key', ['stranger.pem']),
  )
  const next = [
    'root',
    '--after',
    at('1.root.json'),
    ...two,
    ...flagged('--public', ['b.pub', 'c.pub']),
  ]
  sign(...next, '--out', at('2.root.json'), ...flagged('--key', ['a.pem', 'b.pem', 'c.pem']))
  sign(...next, '--out', at('2-by-one.json'), ...flagged('--key', ['b.pem']))
})

describe('a release that enough people have signed', () => {
  it('is found, fetched and kept under its sum', async () => {
    const [dir, place] = [await trusting(), releaseOf()]
    const seen = await update('check', '--data', dir, '--from', place)
    expect(seen.json).toMatchObject({
      ok: true,
      is: 'newer',
      offered: { version: '0.1.7', system },
    })
    const got = await fetchInto(dir, place)
    expect([got.code, got.json['is']]).toEqual([0, 'newer'])
    expect(readFileSync(String(got.json['file']))).toEqual(readFileSync(archiveIn(place)))
  })

  it('comes from an address', async () => {
    const [dir, place] = [await trusting(), releaseOf()]
    const server = createServer((request, answer) => {
      const file = join(place, request.url ?? '')
      answer.writeHead(existsSync(file) ? 200 : 404)
      answer.end(existsSync(file) ? readFileSync(file) : '')
    })
    server.listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const { code } = await fetchInto(dir, `http://127.0.0.1:${port}/`)
    expect(code).toBe(0)
  })

  it.each([1970, 2016, 2036, 2101])('is taken where the clock says %i', async (year) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(year, 10, 30) })
    onTestFinished(() => void vi.useRealTimers())
    const got = await fetchInto(await trusting(), releaseOf())
    expect([got.code, got.json['is']]).toEqual([0, 'newer'])
  })

  it('may be described by new people whom the former ones named', async () => {
    const dir = await trusting()
    const place = releaseOf({ keys: ['b.pem', 'c.pem'], roots: ['1.root.json', '2.root.json'] })
    expect((await fetchInto(dir, place)).code).toBe(0)
    // Of the former ones a is none any more.
    const old = releaseOf({ number: 8, roots: ['1.root.json', '2.root.json'] })
    await expect(fetchInto(dir, old)).rejects.toMatchObject({ code: 'UPDATE-02' })
  })

  it.each([
    [0, 'same'],
    [7, 'newer'],
  ])('of number %i is %s', async (number, is) => {
    const got = await fetchInto(await trusting(), releaseOf({ number }))
    expect([got.code, got.json['is']]).toEqual([is === 'newer' ? 0 : 1, is])
  })
})

type Spoil = (place: string) => void
const changed = (file: string, from: string | RegExp, to: string): void =>
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))

const spoiled: readonly (readonly [string, string, ReleaseOf, Spoil])[] = [
  ['one of two signatures', 'UPDATE-02', { keys: ['a.pem'] }, () => undefined],
  ['one person who signed twice', 'UPDATE-02', { keys: ['a.pem', 'a.pem'] }, () => undefined],
  ['a stranger as the second', 'UPDATE-02', { keys: ['a.pem', 'stranger.pem'] }, () => undefined],
  [
    'another version in the signed text',
    'UPDATE-02',
    {},
    (place) => changed(metadata(place, 'targets.json'), '"0.1.7"', '"0.1.9"'),
  ],
  [
    'another sum in the signed text',
    'UPDATE-02',
    {},
    (place) => changed(metadata(place, 'targets.json'), /"sha256": "..../, '"sha256": "0000'),
  ],
  [
    'a timestamp of a later release',
    'UPDATE-04',
    {},
    (place) =>
      cpSync(
        metadata(releaseOf({ number: 9 }), 'timestamp.json'),
        metadata(place, 'timestamp.json'),
      ),
  ],
  [
    'targets of another release',
    'UPDATE-04',
    {},
    (place) =>
      cpSync(metadata(releaseOf({ number: 6 }), 'targets.json'), metadata(place, 'targets.json')),
  ],
  [
    'text that is no metadata',
    'UPDATE-04',
    {},
    (place) => writeFileSync(metadata(place, 'snapshot.json'), '[]'),
  ],
  [
    'metadata of 2 MiB',
    'UPDATE-04',
    {},
    (place) => writeFileSync(metadata(place, 'targets.json'), ' '.repeat(2 << 20)),
  ],
  ['no timestamp', 'UPDATE-05', {}, (place) => rmSync(metadata(place, 'timestamp.json'))],
  ['no file of the lanes', 'UPDATE-05', {}, (place) => rmSync(archiveIn(place))],
  [
    'half of the file of the lanes',
    'UPDATE-05',
    {},
    (place) => truncateSync(archiveIn(place), 4_000),
  ],
  [
    'a longer file of the lanes',
    'UPDATE-04',
    {},
    (place) => writeFileSync(archiveIn(place), 'more', { flag: 'a' }),
  ],
  [
    'one byte of the lanes that differs',
    'UPDATE-04',
    {},
    (place) => changed(archiveIn(place), 'version 7', 'version 8'),
  ],
  [
    'a folder in the place of the lanes',
    'UPDATE-05',
    {},
    (place) => {
      rmSync(archiveIn(place))
      mkdirSync(join(place, `etc-lane-0.1.7-${system}.tar.gz`))
    },
  ],
  ['another product', 'UPDATE-06', { product: 'etc-shop' }, () => undefined],
  ['another system', 'UPDATE-06', { target: 'lanes-linux-riscv' }, () => undefined],
  ['no archive of lanes', 'UPDATE-06', { target: 'studio-deb' }, () => undefined],
  [
    'a next root that too few have signed',
    'UPDATE-02',
    {},
    (place) => cpSync(at('2-by-one.json'), metadata(place, '2.root.json')),
  ],
  [
    'a next root of strangers',
    'UPDATE-02',
    {},
    (place) => cpSync(at('of-strangers.json'), metadata(place, '2.root.json')),
  ],
]

describe('what is refused, and nothing of it is kept', () => {
  it.each(spoiled)('%s: %s', async (_, code, of, spoil) => {
    const [dir, place] = [await trusting(), releaseOf(of)]
    spoil(place)
    expect(await laterFault(fetchInto(dir, place))).toMatchObject({ code })
    expect(readdirSync(join(dir, 'update'))).toEqual(['trust.json'])
  })

  it('a release older than one that was seen', async () => {
    const dir = await trusting()
    expect((await fetchInto(dir, releaseOf({ number: 8 }))).code).toBe(0)
    await expect(fetchInto(dir, releaseOf({ number: 7 }))).rejects.toMatchObject({
      code: 'UPDATE-03',
    })
  })

  it('everything where nobody is trusted', async () => {
    await expect(fetchInto(folderOfTest('lot-'), releaseOf())).rejects.toMatchObject({
      code: 'UPDATE-01',
    })
  })

  it('a release of people whom this lot does not trust', async () => {
    const dir = await trusting('of-strangers.json')
    await expect(fetchInto(dir, releaseOf())).rejects.toMatchObject({ code: 'UPDATE-02' })
  })
})

describe('a place that is none', () => {
  type Answer = readonly [status: number, type: string, text: string]
  async function serving([status, type, text]: Answer): Promise<string> {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': type }).end(text)
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    onTestFinished(() => void server.close())
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/updates`
  }
  const page = '<!doctype html><title>Sign in</title>'

  it.each<readonly [string, string, string | Answer]>([
    ['no such folder', 'UPDATE-23', join(folder, 'none')],
    ['a file in place of the folder', 'UPDATE-23', at('1.root.json')],
    ['a folder below a file', 'UPDATE-23', join(at('1.root.json'), 'x')],
    ['an empty folder', 'UPDATE-05', ''],
    ['another scheme', 'UPDATE-24', 'ftp://127.0.0.1/updates'],
    ['a file address', 'UPDATE-24', 'file:///tmp'],
    ['a scheme that is misspelt', 'UPDATE-24', 'htps://127.0.0.1/updates'],
    ['an address without a host', 'UPDATE-24', 'http://'],
    ['a port where nobody listens', 'UPDATE-25', 'http://127.0.0.1:1/updates'],
    ['a name that nobody has', 'UPDATE-25', 'https://updates.invalid/'],
    ['a server that fails', 'UPDATE-25', [503, 'text/plain', 'later']],
    ['one that wants fewer questions', 'UPDATE-25', [429, 'text/plain', '']],
    ['a log-in page', 'UPDATE-26', [200, 'text/html', page]],
    ['one that is said to be JSON', 'UPDATE-26', [200, 'application/json', `\uFEFF\n ${page}`]],
    ['a log-in by its status', 'UPDATE-26', [401, 'text/html', page]],
    ['a network that asks for one', 'UPDATE-26', [511, 'text/html', page]],
    // Lawful: the release is not there, and that is all.
    ['a page of a file that is not there', 'UPDATE-05', [404, 'text/html', page]],
    ['JSON of another kind', 'UPDATE-04', [200, 'text/html', '{}']],
  ])('%s: %s', async (_, code, from) => {
    const place = typeof from !== 'string' ? await serving(from) : from || folderOfTest('none-')
    const ran = update('check', '--data', await trusting(), '--from', place)
    expect(await laterFault(ran)).toMatchObject({ code })
  })

  it('is no folder whose name has a colon', async () => {
    const place = join(folderOfTest('colon-'), 'usb:2026')
    cpSync(releaseOf(), place, { recursive: true })
    const ran = await update('check', '--data', await trusting(), '--from', place)
    expect(ran.json).toMatchObject({ ok: true, is: 'newer' })
  })
})

describe('whom to trust', () => {
  it('is shown by its fingerprint first, and kept only then', async () => {
    const dir = folderOfTest('lot-')
    const shown = await update('trust', '--data', dir, '--root', at('1.root.json'))
    const sum = createHash('sha256')
      .update(readFileSync(at('1.root.json')))
      .digest('hex')
    expect(String(shown.json['fingerprint']).replaceAll(' ', '')).toBe(sum)
    expect(existsSync(join(dir, 'update'))).toBe(false)
  })

  it('is replaced only by who names those who are trusted now', async () => {
    const dir = await trusting()
    const [own, strangers] = [at('1.root.json'), at('of-strangers.json')]
    const trust = (...more: readonly string[]) => update('trust', '--data', dir, ...more)
    const shown = (await trust('--root', own)).json
    expect(shown).toMatchObject({ before: shown['fingerprint'], written: false })
    const before = String(shown['fingerprint'])
    const over = ['--root', strangers, '--write']
    for (const insteadOf of [[], ['--instead-of', 'abcd'], ['--instead-of', before.slice(0, 40)]])
      expect(await laterFault(trust(...over, ...insteadOf))).toMatchObject({
        code: 'UPDATE-27',
        detail: { value: before },
      })
    // The same people again lose no version that was seen.
    await fetchInto(dir, releaseOf({ number: 8 }))
    expect((await trust('--root', own, '--write')).json).toMatchObject({ written: false })
    await expect(fetchInto(dir, releaseOf({ number: 7 }))).rejects.toMatchObject({
      code: 'UPDATE-03',
    })
    const close = before.replaceAll(' ', '').toUpperCase()
    expect((await trust(...over, '--instead-of', close)).json).toMatchObject({
      before,
      written: true,
    })
    expect((await trust('--root', own)).json['before']).not.toBe(before)
  })

  it('is no root that its own people have not signed', async () => {
    changed(at('of-strangers.json'), '"threshold": 1', '"threshold": 2')
    const dir = folderOfTest('lot-')
    const ran = update('trust', '--data', dir, '--root', at('of-strangers.json'), '--write')
    await expect(ran).rejects.toMatchObject({ code: 'UPDATE-02' })
  })
})

it('the signing program refuses to sign another release in the place of one that a person has signed', () => {
  const place = releaseOf({ keys: ['a.pem'] })
  changed(join(place, 'release.json'), '"build":"abc"', '"build":"abd"')
  const args = [
    'release',
    '--folder',
    place,
    ...flagged('--root', ['1.root.json']),
    ...flagged('--key', ['b.pem']),
  ]
  expect(spawnSync(process.execPath, [signer, ...args]).status).toBe(1)
})
