// The two systems of clause 5.1: parking billing (a) and ETC access (b). Neither imports a file of the other; they meet in the
// port core/orders and in the facts of a charge, core/charge. Lanes and the state of the lot join both.
import { expect, it } from 'vitest'
import { graphOf, resolveFrom, type ImportGraph } from './imports.ts'
import { inRooms } from './rooms.ts'
import { readTree, treeOf } from './tree.ts'

const core = 'firmware-runtime/core'

/** Stays, prices, orders, members, payments and books. */
const billing = ['billing', 'member', 'pay', 'reservation', 'open', 'print', 'spaces']
/** ETC, upload queue, and the dialects of ETC platforms; the platform of reservations is of the billing. */
const access = ['etc', 'queue']
const dialects = ['by-table', 'guangxi', 'liaoning']

const halves = {
  billing: billing.map((name) => `${core}/${name}/`),
  access: [
    ...access.map((name) => `${core}/${name}/`),
    ...dialects.map((name) => `firmware-runtime/ledger/pure/platforms/${name}/`),
  ],
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
  [`${core}/etc/a.ts`, `${core}/billing/b.ts`, '../billing/b.ts', true],
  [`${core}/queue/a.ts`, `${core}/member/b.ts`, '../member/b.ts', true],
  [`${core}/pay/a.ts`, `${core}/etc/b.ts`, '../etc/b.ts', true],
  [
    'firmware-runtime/platforms/liaoning/a.ts',
    `${core}/billing/b.ts`,
    '../../core/billing/b.ts',
    true,
  ],
  [`${core}/etc/a.ts`, `${core}/orders/b.ts`, '../orders/b.ts', false],
  [`${core}/billing/a.ts`, `${core}/charge/b.ts`, '../charge/b.ts', false],
]

it.each(planted)('%s that imports %s', (path, to, specifier, isAcross) => {
  const tree = treeOf({
    [path]: `import { b } from '${specifier}'\nvoid b`,
    [to]: 'export const b = 1',
  })
  expect(across(graphOf(tree, () => true)).length > 0).toBe(isAcross)
})
