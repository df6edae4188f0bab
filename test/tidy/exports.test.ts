// Every exported name is imported by another file.
// The made-up trees show what counts as imported.
import { describe, expect, it } from 'vitest'
import { unusedExports } from './exports.ts'
import { readTree, treeOf } from './tree.ts'

const isProduct = (path: string): boolean =>
  /^(firmware-runtime|renderer|electron|centre)\//.test(path)

it('somebody takes every exported name', () => {
  expect(unusedExports(readTree(), isProduct)).toEqual([])
})

describe('a name', () => {
  const given = 'export const a = 1\nexport interface B {}\nexport const { c, d: [e] } = f\n'
  const all = ['a', 'B', 'c', 'e']
  it.each<[string, string, readonly string[]]>([
    ['nobody', '', all],
    ['its own words', 'const a = 2', all],
    ['by name', "import { a, type B } from './x.ts'", ['c', 'e']],
    ['under another name', "import { a as z } from './x.ts'", ['B', 'c', 'e']],
    ['given on', "export { c } from './x.ts'", ['a', 'B', 'e']],
    ['as a type', "type Z = import('./x.ts').B", ['a', 'c', 'e']],
    ['whole', "import * as x from './x.ts'", []],
    ['whole, given on', "export * from './x.ts'", []],
    ['later', "const x = await import('./x.ts')", []],
    ['as a worker', "new URL('./x.ts', import.meta.url)", []],
    ['another file', "import { a } from '../x.ts'", all],
  ])('is taken by %s', (_how, text, left) => {
    const found = unusedExports(
      treeOf({ 'r/x.ts': given, 'r/y.ts': text }),
      (at) => at === 'r/x.ts',
    )
    expect(found).toEqual(left.map((name) => `r/x.ts: ${name}`))
  })
  it('that is given on has to be taken there', () => {
    const on = treeOf({ 'x.ts': 'export const a = 1', 'y.ts': "export { a as b } from './x.ts'" })
    expect(unusedExports(on, () => true)).toEqual(['y.ts: b'])
  })
})
