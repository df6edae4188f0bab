// A style that two components need is in renderer/styles, once: no rule of a component has the same
// declarations as a rule of another one. Also, every page is a list page or a form page, except those named here.
import { expect, it } from 'vitest'
import { readTree, treeOf, type Tree } from './tree.ts'

/** One declaration alone is no duplicate. */
const declarationsMin = 2

/** The declarations of each rule outside @media, sorted. */
function bodiesOf(text: string): string[] {
  const style = [...text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map((m) => m[1]).join('\n')
  const plain = style
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/@[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '')
  return [...plain.matchAll(/\{([^{}]*)\}/g)]
    .map((m) => (m[1] ?? '').split(';').map((one) => one.trim().replace(/\s+/g, ' ')))
    .map((all) => all.filter((one) => one !== ''))
    .filter((all) => all.length >= declarationsMin)
    .map((all) => all.sort().join('; '))
}

function copiesOf(tree: Tree): string[] {
  const places = new Map<string, Set<string>>()
  for (const [path, text] of tree) {
    if (!/^(?:renderer|centre)\//.test(path) || !path.endsWith('.vue')) continue
    for (const body of bodiesOf(text)) places.set(body, (places.get(body) ?? new Set()).add(path))
  }
  return [...places]
    .filter(([, paths]) => paths.size > 1)
    .map(([body, paths]) => `{ ${body} } in ${[...paths].join(', ')}`)
}

/** Pages with their own layout: a board, drawings, a survey in parts, files side by side. */
const ownShape = ['lane', 'start', 'survey', 'files', 'system', 'profiles', 'passport', 'workshop']
const isOwnShape = (path: string): boolean =>
  ownShape.some((name) => path.startsWith(`renderer/pages/${name}/`)) ||
  /(find|places)\/\w+Screen\.vue$/.test(path)

const looseOf = (tree: Tree): string[] =>
  [...tree]
    .filter(([path]) => /^renderer\/pages\/.*Screen\.vue$/.test(path) && !isOwnShape(path))
    .filter(([, text]) => !/<(List|Form)Page\b/.test(text))
    .map(([path]) => path)

it('no two components have the same rule', () => {
  expect(copiesOf(readTree())).toEqual([])
})

it('refuses a rule that another component has, in whatever order', () => {
  const one = `<style scoped>\n.a {\n  display: flex;\n  gap: var(--s2);\n}\n</style>`
  const other = `<style scoped>\n/* b */\n.b .c,\nli {\n  gap: var(--s2);\n  display: flex;\n}\n</style>`
  const files = { 'renderer/pages/A.vue': one, 'renderer/components/B.vue': other }
  expect(copiesOf(treeOf(files))).toEqual([
    '{ display: flex; gap: var(--s2) } in renderer/pages/A.vue, renderer/components/B.vue',
  ])
  const narrow = `<style>\n@media (width < 9px) {\n  .b {\n    display: flex;\n    gap: var(--s2);\n  }\n}\n</style>`
  expect(copiesOf(treeOf({ ...files, 'renderer/components/B.vue': narrow }))).toEqual([])
})

it('every page is a list page or a form page', () => {
  expect(looseOf(readTree())).toEqual([])
  const loose = { 'renderer/pages/a/AScreen.vue': '<template><div class="screen" /></template>' }
  expect(looseOf(treeOf(loose))).toEqual(['renderer/pages/a/AScreen.vue'])
})
