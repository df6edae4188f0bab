// Retired words of docs/glossary.md are in no name of the code: neither in an identifier nor in a file's name.
// The page holds the list; this holds the code to it.
import { posix } from 'node:path'
import { expect, it } from 'vitest'
import { readTree, treeOf, type Tree } from './tree.ts'

const page = 'docs/glossary.md'

/** First column of the last table of the page. */
function retiredOf(text: string): readonly string[] {
  const [, table = ''] = text.split('## Retired words')
  return [...table.matchAll(/^\| ([A-Z]\w+) \|/gm)].map(([, word = '']) => word)
}

const isCode = (path: string): boolean =>
  /^(?:firmware-runtime|electron|renderer|test)\/.*\.(?:ts|vue)$/.test(path) &&
  // The words of the screen: there a desk is a person's.
  !path.startsWith('renderer/i18n/')

/**
 * Names of Electron and its fuses; members and words that cross a link or stand in a row, which keep their bytes; the
 * texts of an act that books what became of a record.
 */
const kept =
  /\b(?:exposeInMainWorld|getCurrentFuseWire|wire(?:Hex|Length)|stays\.book(?:Title|Do|Why)|(?:not|tac)Told|told(?:MsAgo|Then)|asked(?:AtMs|AtIso)|(?:refund|not|firstCar)Asked)\b/g

/** `Desk` is retired as `FindDesk`, `deskOf`, `FindDesks` and `find-desk.ts`; `desktop` is another word. */
const inNames = (word: string): RegExp => {
  const small = word.toLowerCase()
  return new RegExp(`[A-Za-z]${word}s?(?![a-z])|\\b(?:${small}|${word})s?(?=[A-Z])`)
}

function retiredNames(tree: Tree, words: readonly string[]): string[] {
  return [...tree].flatMap(([path, text]) => {
    if (!isCode(path) || path === 'test/tidy/words.test.ts') return []
    const own = text.replaceAll(kept, '')
    return words.flatMap((word) => {
      const found = inNames(word).exec(own)?.[0]
      const parts = posix.basename(path).split(/[-.]/)
      const inFile = parts.some((part) =>
        [word, `${word}s`].some((one) => one.toLowerCase() === part),
      )
      return found === undefined && !inFile ? [] : [`${path}: ${found ?? posix.basename(path)}`]
    })
  })
}

const tree = readTree()

it('no name of the code has a retired word', () => {
  const words = retiredOf(tree.get(page) ?? '')
  expect(words).toContain('Desk')
  expect(retiredNames(tree, words)).toEqual([])
})

it.each([
  ['firmware-runtime/a.ts', 'class FindDesk {}'],
  ['renderer/a.vue', 'const deskOf = 1'],
  ['electron/a.ts', 'type DeskRow = 1'],
  ['firmware-runtime/find-desk.ts', ''],
  ['firmware-runtime/desks.ts', ''],
  ['test/a.ts', 'const desksOf = 1'],
])('finds it in %s: %s', (path, text) => {
  expect(retiredNames(treeOf({ [path]: text }), ['Desk'])).toHaveLength(1)
})

it.each([
  ['firmware-runtime/a.ts', "// a person at a desk\nconst desktop = 'Desktop'"],
  ['renderer/i18n/zh/desk.ts', 'export const desk = {}'],
  ['docs/a.md', 'FindDesk'],
])('leaves %s: %s', (path, text) => {
  expect(retiredNames(treeOf({ [path]: text }), ['Desk'])).toEqual([])
})

/** A local name that says how a value came and not what it is, where no member of that name takes it on. */
const bareLocals = (text: string): readonly string[] =>
  [...text.matchAll(/\b(?:const|let|function) (told|heard|asked)\b/g)].flatMap(
    ([whole, name = '']) => (new RegExp(`[{,]\\s*${name}\\s*[,}]`).test(text) ? [] : [whole]),
  )

it('no local of the product is told, heard or asked alone', () => {
  const found = [...tree]
    .filter(([path]) => isCode(path) && !path.startsWith('test/'))
    .flatMap(([path, text]) => bareLocals(text).map((one) => `${path}: ${one}`))
  expect(found).toEqual([])
  expect(bareLocals('const told = 1\nsay(told)')).toEqual(['const told'])
  expect(bareLocals('const told = 1\nsay({ at, told })')).toEqual([])
})
