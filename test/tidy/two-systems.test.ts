// The two systems of clause 5.1: parking billing (a) and ETC access (b). Neither imports a file of the other; they meet in the
// port money/pure/orders and in the facts of a charge, devices/pure/charge. Lanes and the state of the lot join both.
import { expect, it } from 'vitest'
import { graphOf, resolveFrom, type ImportGraph } from './imports.ts'
import { inRooms } from './rooms.ts'
import { readTree, treeOf } from './tree.ts'

const runtime = 'firmware-runtime'

/** Stays, prices, orders, members, payments and books. */
const billing = [
  'money/pure/billing',
  'money/pure/member',
  'money/pure/pay',
  'ledger/pure/reservation',
  'lane/pure/reservation',
  'lane/pure/open',
  'devices/pure/spaces',
]
/** ETC, upload queue, and the dialects of ETC platforms; the platform of reservations is of the billing. */
const access = [
  'devices/pure/etc',
  'ledger/pure/etc',
  'lane/pure/etc',
  'ledger/pure/queue',
  ...['by-table', 'guangxi', 'liaoning'].map((name) => `ledger/pure/platforms/${name}`),
]

const halves = {
  billing: billing.map((name) => `${runtime}/${name}/`),
  access: access.map((name) => `${runtime}/${name}/`),
} as const

type Half = keyof typeof halves

const halfOf = (path: string): Half | null => {
  const found = Object.entries(halves).find(([, at]) => at.some((one) => path.startsWith(one)))
  return (found?.[0] as Half | undefined) ?? null
}

/** Imports from one half into the other, types included. */
const across = (graph: ImportGraph): readonly string[] =>
  [...graph].flatMap(([path, imports]) => {
    const from = halfOf(path)
    if (from === null) return []
    return imports.flatMap(({ specifier }) => {
      const to = resolveFrom(path, specifier)
      const half = halfOf(to)
      return half === null || half === from ? [] : [`${path} -> ${to}`]
    })
  })

it('neither system imports the other', () => {
  expect(across(graphOf(readTree(), inRooms))).toEqual([])
})

it('each folder of the two systems exists', () => {
  const paths = [...readTree().keys()]
  const folders = [...halves.billing, ...halves.access]
  expect(folders.filter((at) => !paths.some((path) => path.startsWith(at)))).toEqual([])
})

const planted: readonly (readonly [string, string, string, boolean])[] = [
  ['lane/pure/etc', 'money/pure/billing', '../../../money/pure/billing', true],
  ['ledger/pure/queue', 'money/pure/member', '../../../money/pure/member', true],
  ['money/pure/pay', 'ledger/pure/etc', '../../../ledger/pure/etc', true],
  ['ledger/pure/platforms/liaoning', 'money/pure/billing', '../../../../money/pure/billing', true],
  ['lane/pure/etc', 'money/pure/orders', '../../../money/pure/orders', false],
  ['money/pure/billing', 'devices/pure/charge', '../../../devices/pure/charge', false],
]

it.each(planted)('%s that imports %s', (path, to, specifier, isAcross) => {
  const tree = treeOf({
    [`${runtime}/${path}/a.ts`]: `import { b } from '${specifier}/b.ts'\nvoid b`,
    [`${runtime}/${to}/b.ts`]: 'export const b = 1',
  })
  expect(across(graphOf(tree, () => true)).length > 0).toBe(isAcross)
})
