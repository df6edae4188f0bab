// The Python program that is written from the documents alone finds what is wrong with a copy of the database.
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScene, type Checked, type Lot, type Scene } from './door-kit.ts'
import { firstPrev } from './row-kit.ts'

let scene: Scene
let lot: Lot
let whole: Checked
let found: Checked
const table = 'centre.lot_batch'
const owner = (text: string) => scene.centre.owner(text)
const second = (node: string): string => `node_id = '${node}' AND to_seq = 4`

/** The second batch with its text changed. */
async function changeText(node: string, change: (text: string) => string): Promise<void> {
  const { rows } = await owner(`SELECT rows FROM ${table} WHERE ${second(node)}`)
  const packed = gzipSync(change(gunzipSync(rows[0].rows).toString('utf8')))
  await owner(
    `UPDATE ${table} SET rows = '\\x${packed.toString('hex')}'::bytea WHERE ${second(node)}`,
  )
}

type Damage = (node: string) => Promise<unknown>
/** Each to a node of its own: rows 1 and 2, 3 and 4, 5 and 6. */
const damages: readonly (readonly [string, string, Damage])[] = [
  [
    'a flipped byte of the packed rows',
    'gzip',
    (node) =>
      owner(
        `UPDATE ${table} SET rows = set_byte(rows, length(rows) - 6, get_byte(rows, length(rows) - 6) # 1) WHERE ${second(node)}`,
      ),
  ],
  ['a changed row', 'head', (node) => changeText(node, (text) => text.replace('"n":4', '"n":5'))],
  ['a row less', 'lines', (node) => changeText(node, (text) => text.replace(/^.*\n/, ''))],
  [
    'rows of another node',
    'row',
    (node) => changeText(node, (text) => text.replaceAll(`"${node}"`, '"zz"')),
  ],
  [
    'a wrong head',
    'head',
    (node) => owner(`UPDATE ${table} SET head = sha256(head) WHERE ${second(node)}`),
  ],
  [
    'a signature of other rows',
    'signature',
    (node) =>
      owner(
        `UPDATE ${table} SET signature = (SELECT signature FROM ${table} WHERE node_id = '${node}' AND to_seq = 2) WHERE ${second(node)}`,
      ),
  ],
  [
    'a key that is not the lot’s',
    'signature',
    (node) => owner(`UPDATE ${table} SET serial = '41AA' WHERE ${second(node)}`),
  ],
  ['a missing batch', 'gap', (node) => owner(`DELETE FROM ${table} WHERE ${second(node)}`)],
  [
    'a batch twice',
    'again',
    (node) =>
      owner(
        `INSERT INTO ${table} SELECT lot_id, node_id, to_seq, from_seq, head, serial, signature, rows, (month + interval '1 month')::date FROM ${table} WHERE ${second(node)}`,
      ),
  ],
  [
    'a missing last batch',
    'cursor',
    (node) => owner(`DELETE FROM ${table} WHERE node_id = '${node}' AND to_seq = 6`),
  ],
  [
    'a cursor before the last row',
    'cursor',
    (node) => owner(`UPDATE centre.lot_cursor SET last_seq = 4 WHERE node_id = '${node}'`),
  ],
  [
    'a cursor with another head',
    'cursor',
    (node) => owner(`UPDATE centre.lot_cursor SET head = sha256(head) WHERE node_id = '${node}'`),
  ],
  [
    'a missing cursor',
    'cursor',
    (node) => owner(`DELETE FROM centre.lot_cursor WHERE node_id = '${node}'`),
  ],
]
const nodeAt = (at: number): string => `d${at}`

beforeAll(async () => {
  scene = await openScene()
  lot = await scene.lot('A1')
  for (const nodeId of ['n1', ...damages.map((_, at) => nodeAt(at))]) {
    lot.seq = 0
    lot.prev = firstPrev
    for (let batch = 0; batch < 3; batch++) await lot.sendNext(2, { nodeId })
  }
  whole = scene.checked()
  for (const [at, [, , damage]] of damages.entries()) await damage(nodeAt(at))
  found = scene.checked()
})
afterAll(() => scene.close())

const faultsOf = (node: string): Checked['faults'] =>
  found.faults.filter((fault) => fault.node === node)

it('finds nothing in what the door wrote', () => {
  expect(whole).toMatchObject({ ok: true, rows: 6 * (damages.length + 1), faults: [] })
  expect(whole.heads[`A1/${nodeAt(damages.length - 1)}`]).toBe(`6 ${lot.prev}`)
  expect(found.ok).toBe(false)
  expect(faultsOf('n1')).toEqual([])
})

it.each(damages.map(([what, why], at) => [what, why, nodeAt(at)]))(
  'finds %s: %s',
  (_, why, node) => {
    expect(faultsOf(node ?? '').map((fault) => fault.why)).toContain(why)
  },
)
