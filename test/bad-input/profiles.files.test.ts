// P05 to P08 and P16: names that lead out of the folder, links, sizes, equal names, and a power cut between
// any two disk operations of an install. Archives are refused; folders and files are accepted.
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  currentGeneration,
  generationFiles,
  realDisk,
  undoGeneration,
  writeGeneration,
  type StoreDisk,
} from '#devices/files/profile-store.ts'
import { isOddName } from '#devices/files/profile-files.ts'
import { seeded } from '../fuzz/mutator.ts'
import { acme, ProfileLot } from './profile-lot.ts'

let lot: ProfileLot
beforeEach(() => {
  lot = new ProfileLot()
})
afterEach(() => lot.folder.remove())

const inFolder = (): string => lot.folder.at('in')
/** Names that the system under test cannot store are tried in the window only. */
const oddNames = [
  '../x.json',
  'a/../../x.json',
  '/etc/x.json',
  'C:\\x.json',
  'C:x.json',
  'C:/x.json',
  '\\\\host\\x.json',
  'a\\b.json',
  './x.json',
  'a\u0000.json',
  'a\n.json',
]

it('P05 a name that leads elsewhere: refused unread, in a folder and in the window', async () => {
  for (const name of oddNames) {
    expect(isOddName(name), name).toBe(true)
    const [verdict] = lot.refusedInWindow('PROFILE-19', { [name]: acme() })
    expect(verdict?.findings[0]?.note).toBe('a name that leads elsewhere')
  }
  for (const name of ['one.json', 'rsu/acme/one.json', '测.json', 'a b.json', 'a..b.json'])
    expect(isOddName(name), name).toBe(false)
  for (const name of ['a\\b.json', 'C:x.json', 'a\n.json']) {
    lot.file(acme(), name)
    expect((await lot.refuses('PROFILE-19', inFolder())).note).toContain('leads elsewhere')
    await lot.refuses('PROFILE-19', join(inFolder(), name))
    rmSync(inFolder(), { recursive: true })
  }
  // Members of the file must not lead out of the folder either.
  for (const [member, value] of [
    ['/vendor', '../../etc'],
    ['/model', '/etc/x'],
    ['/model', 'C:\\x'],
    ['/vendor', '..'],
  ] as const)
    await lot.refuses('PROFILE-01', lot.file(acme({ [member]: value })))
})

it('P06 a symbolic link: refused, whatever it leads to and wherever it lies', async () => {
  const real = lot.folder.put('elsewhere/one.json', acme())
  const link = (from: string, to: string): void => {
    mkdirSync(dirname(to), { recursive: true })
    symlinkSync(from, to)
  }
  const makers = [
    () => link(real, join(inFolder(), 'one.json')),
    () => link(dirname(real), join(inFolder(), 'rsu')),
    () => link(join(inFolder(), 'none.json'), join(inFolder(), 'gone.json')),
    () => link('/etc/hostname', join(inFolder(), 'notes.txt')),
    () => link(inFolder(), join(inFolder(), 'deep', 'round')),
  ]
  for (const make of makers) {
    lot.file(acme(), 'own.json')
    make()
    expect((await lot.refuses('PROFILE-19', inFolder())).note).toMatch(/link|regular/)
    rmSync(inFolder(), { recursive: true })
  }
  link(real, join(inFolder(), 'one.json'))
  await lot.refuses('PROFILE-19', join(inFolder(), 'one.json'))
  rmSync(inFolder(), { recursive: true })
  link(dirname(real), inFolder())
  await lot.refuses('PROFILE-19', inFolder())
})

describe('sizes', () => {
  it('P07 an archive, whatever it is called: refused by its first bytes', async () => {
    const marks = ['504B0304', '1F8B08', '425A68', 'FD377A585A00', '377ABCAF271C', '28B52FFD']
    for (const mark of marks)
      for (const name of ['a.json', 'a.zip']) {
        const bytes = Uint8Array.from(Buffer.from(mark, 'hex'))
        const found = await lot.refuses('PROFILE-19', lot.file(bytes, name))
        expect(found.note).toContain('archive')
        lot.refusedInWindow('PROFILE-19', { [name]: bytes })
      }
  })
  it('P07 a file over its limit: refused by its size, before it is read', async () => {
    const path = lot.file(new Uint8Array(1_048_577).fill(0x20))
    expect((await lot.refuses('PROFILE-19', path)).note).toContain('too large')
    expect((await lot.refuses('PROFILE-19', inFolder())).value).toBe('1048577 bytes')
    const [verdict] = lot.refusedInWindow('PROFILE-19', { 'one.json': new Uint8Array(1_048_577) })
    expect(verdict?.findings[0]?.note).toContain('too large')
  })
  it('P07 too many files, too many entries, too much together: refused', async () => {
    const fill = (count: number, name: (i: number) => string, content: string): void => {
      mkdirSync(inFolder(), { recursive: true })
      for (let i = 0; i < count; i++) writeFileSync(join(inFolder(), name(i)), content)
    }
    fill(501, (i) => `${i}.json`, '{}')
    expect((await lot.refuses('PROFILE-19', inFolder())).note).toContain('500 files')
    rmSync(inFolder(), { recursive: true })
    fill(5_001, (i) => `${i}.txt`, '')
    expect((await lot.refuses('PROFILE-19', inFolder())).note).toContain('5000 entries')
    rmSync(inFolder(), { recursive: true })
    fill(17, (i) => `${i}.json`, ' '.repeat(1_048_576))
    expect((await lot.refuses('PROFILE-19', inFolder())).note).toContain('16777216 bytes')
    rmSync(inFolder(), { recursive: true })
    lot.file('{}', 'a/b/c/d/e/f.json')
    expect((await lot.refuses('PROFILE-19', inFolder())).note).toContain('too deep')
  })
})

it('P08 one id twice, or names that differ only by case: refused as a whole', async () => {
  lot.file(acme(), 'x.json')
  lot.file(acme(), 'y.json')
  expect((await lot.refuses('PROFILE-02', inFolder())).value).toBe('rsu/acme/one')
  lot.refusedInWindow('PROFILE-02', { 'x.json': acme(), 'y.json': acme() })
  rmSync(inFolder(), { recursive: true })
  for (const [a, b] of [
    ['one.json', 'One.json'],
    ['rsu/acme/one.json', 'RSU/acme/two.json'],
    ['caf\u00e9.json', 'cafe\u0301.json'],
  ] as const) {
    lot.file(acme(), a)
    lot.file(acme({ '/model': 'two' }), b)
    expect((await lot.refuses('PROFILE-19', inFolder())).note).toContain('only by case')
    rmSync(inFolder(), { recursive: true })
  }
  const refused = lot.refusedInWindow('PROFILE-19', {
    'one.json': acme(),
    'ONE.json': acme({ '/model': 'two' }),
  })
  expect(refused).toHaveLength(2)
})

// --- P16: the disk during an install, as a power cut may leave it -----------------------------------

type Op =
  | { readonly do: 'folder' | 'sync' | 'remove'; readonly path: string }
  | { readonly do: 'write'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly do: 'rename'; readonly path: string; readonly to: string }

/** Carries out and records every operation. */
function recorder(root: string): { readonly ops: Op[]; readonly disk: StoreDisk } {
  const ops: Op[] = []
  const at = (path: string): string => relative(root, path)
  const utf8 = new TextEncoder()
  return {
    ops,
    disk: {
      makeFolder(folder) {
        ops.push({ do: 'folder', path: at(folder) })
        realDisk.makeFolder(folder)
      },
      write(file, bytes, mustBeNew) {
        const kept = typeof bytes === 'string' ? utf8.encode(bytes) : bytes
        ops.push({ do: 'write', path: at(file), bytes: kept })
        realDisk.write(file, bytes, mustBeNew)
      },
      syncFolder(folder) {
        ops.push({ do: 'sync', path: at(folder) })
        realDisk.syncFolder(folder)
      },
      rename(from, to) {
        ops.push({ do: 'rename', path: at(from), to: at(to) })
        realDisk.rename(from, to)
      },
      remove(folder) {
        ops.push({ do: 'remove', path: at(folder) })
        realDisk.remove(folder)
      },
    },
  }
}

/** For tests in which only the outcome counts. */
const quickDisk: StoreDisk = {
  ...realDisk,
  write: (file, bytes) => writeFileSync(file, bytes),
  syncFolder: () => undefined,
}

/** Names of one folder that are not durable yet: created, renamed or removed since its last sync. */
interface Loose {
  readonly index: number
  readonly folder: string
}

/**
 * A disk after the first `count` operations, on top of `before`. Contents are durable when written; a change of
 * names is durable when its folder is synced, and `keep` decides about the others.
 */
function rebuild(ops: readonly Op[], count: number, keep: (loose: Loose) => boolean, to: string) {
  const done = ops.slice(0, count)
  const isDurable = (index: number, folder: string): boolean =>
    done.slice(index + 1).some((op) => op.do === 'sync' && op.path === folder)
  const stands = (index: number, folder: string): boolean =>
    isDurable(index, folder) || keep({ index, folder })
  const missing = new Set<string>()
  const known = new Set<string>()
  const lost = (path: string): boolean => {
    for (let at = path; at !== '.' && at !== ''; at = dirname(at)) if (missing.has(at)) return true
    return false
  }
  done.forEach((op, index) => {
    const path = join(to, op.path)
    if (op.do === 'folder') {
      const parts = op.path.split('/')
      parts.forEach((_part, i) => {
        const one = parts.slice(0, i + 1).join('/')
        if (known.has(one)) return
        known.add(one)
        if (!stands(index, dirname(one) === '.' ? '' : dirname(one))) missing.add(one)
      })
      if (!lost(op.path)) mkdirSync(path, { recursive: true })
    } else if (op.do === 'write') {
      if (!stands(index, dirname(op.path))) missing.add(op.path)
      if (!lost(op.path)) writeFileSync(path, op.bytes)
    } else if (op.do === 'rename') {
      if (!lost(op.path) && stands(index, dirname(op.to))) renameSync(path, join(to, op.to))
    } else if (op.do === 'remove' && stands(index, dirname(op.path)))
      rmSync(path, { recursive: true, force: true })
  })
}

const files = (revision: number) => [
  { path: 'rsu/acme/one.json', bytes: Buffer.from(`{"revision":${revision}}`) },
  { path: 'rsu/acme/one.json.sig', bytes: Buffer.from(`sig ${revision}`) },
  { path: 'barrier/acme/two.json', bytes: Buffer.from(`{"two":${revision}}`) },
]
const faultsOf = (dir: string): string =>
  generationFiles(dir, currentGeneration(dir).number)
    .map(({ path, bytes }) => `${path} ${new TextDecoder().decode(bytes)}`)
    .sort()
    .join('|')
const whole = (revision: number): string =>
  files(revision)
    .map(({ path, bytes }) => `${path} ${bytes.toString()}`)
    .sort()
    .join('|')

it('P16 a power cut between any two writes of an install: the old one or the new one, whole', () => {
  const states = process.env['ETC_LANE_SCALE'] === 'full' ? 60 : 6
  const draw = seeded(Number(process.env['FUZZ_SEED'] ?? 16))
  const dir = mkdtempSync(join(tmpdir(), 'etc-cut-'))
  const at = join(dir, 'real')
  const cut = join(dir, 'cut')
  try {
    mkdirSync(at)
    const { ops, disk } = recorder(at)
    const steps: number[] = []
    let generation = currentGeneration(at)
    for (const revision of [1, 2, 3]) {
      generation = writeGeneration(
        at,
        generation,
        files(revision),
        '2026-11-20T08:00:00+08:00',
        disk,
      )
      steps.push(ops.length)
    }
    undoGeneration(at, disk)
    steps.push(ops.length)
    const good = new Set(['', whole(1), whole(2), whole(3)])
    const ends = [whole(1), whole(2), whole(3), whole(2)]
    const seen = new Set<string>()
    for (let count = 0; count <= ops.length; count++)
      for (let state = 0; state < states; state++) {
        // All pending names kept, none of them, then random subsets.
        const keep = state === 0 ? () => true : state === 1 ? () => false : () => draw(2) === 0
        rmSync(cut, { recursive: true, force: true })
        mkdirSync(cut)
        rebuild(ops, count, keep, cut)
        const found = faultsOf(cut)
        expect(good.has(found), `after ${count} of ${ops.length}: ${found}`).toBe(true)
        seen.add(found)
        // An acknowledged install must be complete: a power cut does not take it back.
        const returned = steps.findLastIndex((end) => end <= count)
        if (steps.includes(count)) expect(found).toBe(ends[returned])
        // The next install must succeed after any cut.
        if (state > 1) continue
        const next = writeGeneration(cut, currentGeneration(cut), files(9), '', quickDisk)
        expect([next.number > 0, faultsOf(cut)]).toEqual([true, whole(9)])
      }
    expect(seen).toEqual(good)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
