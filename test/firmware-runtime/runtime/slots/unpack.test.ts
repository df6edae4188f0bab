// An archive is unpacked as it was packed, and what breaks a rule is refused before anything is written outside.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { growsAtMost, unpack } from '#runtime/slots/unpack.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'
import { laterFault } from '../../../kit/refusals.ts'
import { tarGzOf, tarOf, type TarEntry } from '../../../kit/tar-file.ts'

const top: TarEntry = { name: 'lanes/', type: '5' }
const node: TarEntry = { name: 'lanes/node', mode: 0o755, body: 'the program' }
const longName = `lanes/${'deep/'.repeat(30)}file.mjs`

/** Unpacks into a folder of its own; a stranger could only be beside it. */
async function unpacked(bytes: Uint8Array, signed = 100_000): Promise<string> {
  const folder = folderOfTest('unpack-')
  const file = join(folder, 'lanes.tar.gz')
  writeFileSync(file, bytes)
  mkdirSync(join(folder, 'in'))
  await unpack(file, signed, join(folder, 'in', 'slot'))
  return join(folder, 'in', 'slot')
}

const namesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()

describe('an archive of a release', () => {
  it('that tar packed is the same tree, with the rights of programs alone', async () => {
    const from = folderOfTest('packed-')
    const tree = join(from, 'etc-lane-0.1.7-linux-x64')
    mkdirSync(join(tree, 'dist', 'runtime', '中文'), { recursive: true })
    writeFileSync(join(tree, 'node'), Buffer.alloc(300_000, 7))
    chmodSync(join(tree, 'node'), 0o755)
    writeFileSync(join(tree, 'dist', 'runtime', '中文', `${'x'.repeat(120)}.mjs`), 'text')
    writeFileSync(join(tree, 'empty'), '')
    chmodSync(join(tree, 'empty'), 0o666)
    const file = join(from, 'lanes.tar.gz')
    const press = '--use-compress-program=gzip -n -9'
    execFileSync('tar', [
      '--format=gnu',
      press,
      '-cf',
      file,
      '-C',
      from,
      'etc-lane-0.1.7-linux-x64',
    ])
    const slot = await unpacked(readFileSync(file))
    expect(namesIn(slot)).toEqual(namesIn(tree))
    expect(readFileSync(join(slot, 'node'))).toEqual(readFileSync(join(tree, 'node')))
    const rights = ['node', 'empty', 'dist'].map((name) => statSync(join(slot, name)).mode & 0o777)
    expect(rights).toEqual([0o755, 0o644, 0o755])
  })

  it.each([
    ['a file alone', [node], ['node']],
    ['a name longer than its field', [{ name: 'x', type: 'L', body: longName }, node], null],
    ['a file before its folder', [node, top], ['node']],
    ['a folder named twice', [top, top, node], ['node']],
  ] as const)('%s is unpacked', async (_, entries, names) => {
    const slot = await unpacked(tarGzOf(entries))
    if (names === null) expect(existsSync(join(slot, 'deep', 'deep', 'deep'))).toBe(true)
    else expect(namesIn(slot)).toEqual(names)
  })
})

const bad: readonly (readonly [string, readonly TarEntry[]])[] = [
  ['an absolute path', [{ name: '/etc/passwd', body: 'x' }]],
  ['a path upwards', [top, { name: 'lanes/../../outside', body: 'x' }]],
  ['a path upwards at its end', [top, { name: 'lanes/a/..', body: 'x' }]],
  ['a path of Windows upwards', [top, { name: 'lanes\\..\\..\\outside', body: 'x' }]],
  ['a drive of Windows', [{ name: 'C:/outside', body: 'x' }]],
  ['a stream of Windows', [top, { name: 'lanes/node:hidden', body: 'x' }]],
  ['a device of Windows', [top, { name: 'lanes/nul.txt', body: 'x' }]],
  ['a name with a point at its end', [top, { name: 'lanes/node.', body: 'x' }]],
  ['a point as a folder', [top, { name: 'lanes/./node', body: 'x' }]],
  ['no name between two strokes', [top, { name: 'lanes//node', body: 'x' }]],
  ['a symbolic link outwards', [top, { name: 'lanes/a', type: '2', link: '../../outside' }]],
  ['a symbolic link inwards', [top, node, { name: 'lanes/a', type: '2', link: 'node' }]],
  ['a hard link', [top, node, { name: 'lanes/a', type: '1', link: 'lanes/node' }]],
  ['a character device', [top, { name: 'lanes/null', type: '3' }]],
  ['a block device', [top, { name: 'lanes/disk', type: '4' }]],
  ['a pipe', [top, { name: 'lanes/pipe', type: '6' }]],
  ['a second top folder', [top, node, { name: 'other/node', body: 'x' }]],
  ['a file beside the top folder', [top, { name: 'node', body: 'x' }]],
  ['a name twice', [top, node, node]],
  ['a name twice in other letters', [top, node, { name: 'lanes/NODE', body: 'x' }]],
  ['a file that is a folder, too', [top, node, { name: 'lanes/node/x', body: 'x' }]],
  [
    'a folder that is a file, too',
    [
      { name: 'lanes/a/b', body: 'x' },
      { name: 'lanes/a', body: 'x' },
    ],
  ],
  ['a long name upwards', [{ name: 'x', type: 'L', body: `lanes/${'a/'.repeat(60)}../x` }, node]],
  ['a path of 400 characters', [{ name: 'x', type: 'L', body: `lanes/${'a'.repeat(400)}` }, node]],
  ['nothing but its folder', [top]],
  ['nothing', []],
]

/** False for what is refused as a whole, and names no entry. */
const isWhole = (entries: readonly TarEntry[]): boolean => entries.some(({ type }) => type !== '5')

describe('an archive is refused, and nothing is outside its folder', () => {
  it.each(bad)('with %s', async (_, entries) => {
    const before = existsSync('/etc/passwd') ? readFileSync('/etc/passwd') : null
    const { code, detail } = await laterFault(unpacked(tarGzOf(entries)))
    expect(code).toBe('UPDATE-10')
    // The last entry is the one that is refused; a long name is in the entry before.
    const [long, last] = entries.slice(-2)
    if (isWhole(entries))
      expect(detail.value).toBe(long?.type === 'L' ? long.body : (last ?? long)?.name)
    expect(existsSync('/etc/passwd') ? readFileSync('/etc/passwd') : null).toEqual(before)
  })

  const large = [top, { name: 'lanes/zeros', body: Buffer.alloc(3_000_000) }]
  const damaged = tarGzOf([top, node])
  damaged[40] = (damaged[40] ?? 0) ^ 0xff
  const wrongSum = tarOf([top, node])
  wrongSum[512 + 3] = 0x41
  it.each([
    ['grows a thousand times', tarGzOf(large)],
    ['is no gzip', tarOf([top, node])],
    ['is text', Buffer.from('<html>not found</html>')],
    ['is empty', Buffer.alloc(0)],
    ['is cut off', tarGzOf([top, { ...node, body: Buffer.alloc(90_000, 5) }]).subarray(0, -30)],
    ['has a byte that differs', damaged],
    ['holds no archive', gzipSync('the lanes of version 7 '.repeat(100))],
    ['has a header with a wrong sum', gzipSync(wrongSum)],
    ['has a file that ends early', tarGzOf([top, { ...node, size: 4_000 }])],
  ])('that %s', async (_, bytes) => {
    expect(await laterFault(unpacked(bytes))).toMatchObject({ code: 'UPDATE-10' })
  })

  it('that has a byte more than it may grow to', async () => {
    const bytes = tarGzOf(large)
    const size = tarOf(large).length
    const fits = Math.ceil(size / growsAtMost)
    await unpacked(bytes, fits)
    expect(await laterFault(unpacked(bytes, fits - 1))).toMatchObject({ code: 'UPDATE-10' })
  })
})
