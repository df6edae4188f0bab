// Retired words, by line: in names of the code, by the last table of docs/glossary.md; local names that say how a
// value was obtained; programmers' words in texts for people. They are printed (style.ts) and fail nothing.
import { posix } from 'node:path'
import type { Tree } from './tree.ts'

const page = 'docs/glossary.md'

/** First column of the last table of the page. */
export function retiredOf(tree: Tree): readonly string[] {
  const [, table = ''] = (tree.get(page) ?? '').split('## Retired words')
  return [...table.matchAll(/^\| ([A-Z]\w+) \|/gm)].map(([, word = '']) => word)
}

const isCatalogue = (path: string): boolean =>
  /^renderer\/(?:i18n\/|pages\/[\w-]+\/words[\w-]*\.ts$)/.test(path)

const isNamed = (path: string): boolean =>
  /^(?:firmware-runtime|electron|renderer|centre|test)\/.*\.(?:ts|vue)$/.test(path) &&
  // In the words of the screens a desk is a person's desk.
  !isCatalogue(path) &&
  !/^test\/tidy\/(?:words|style\.test)\.ts$/.test(path)

/**
 * Names of Electron and its fuses; members and words that are sent over a link or stored in a row, which must not
 * change; the texts of an act that books the result of a record.
 */
const kept =
  /\b(?:exposeInMainWorld|getCurrentFuseWire|wire(?:Hex|Length)|stays\.book(?:Title|Do|Why)|(?:not|tac)Told|told(?:MsAgo|Then)|asked(?:AtMs|AtIso)|(?:refund|not|firstCar)Asked)\b/g

/** The retired `Desk` matches `FindDesk`, `deskOf`, `FindDesks` and `find-desk.ts`; `desktop` is another word. */
const inNames = (word: string): RegExp => {
  const small = word.toLowerCase()
  return new RegExp(`[A-Za-z]${word}s?(?![a-z])|\\b(?:${small}|${word})s?(?=[A-Z])`)
}

const linesOf = (
  path: string,
  text: string,
  look: (line: string) => readonly string[],
): readonly string[] =>
  text
    .split('\n')
    .flatMap((line, index) => look(line).map((what) => `${path}:${index + 1}: ${what}`))

export function retiredNames(tree: Tree, words: readonly string[]): string[] {
  const shapes = words.map(inNames)
  const files = new Set(words.flatMap((word) => [word, `${word}s`]).map((one) => one.toLowerCase()))
  return [...tree].flatMap(([path, text]) => {
    if (!isNamed(path)) return []
    const name = posix.basename(path)
    const inFile = name.split(/[-.]/).some((part) => files.has(part))
    const found = linesOf(path, text, (line) => {
      const own = line.replaceAll(kept, '')
      return shapes.flatMap((shape) => shape.exec(own)?.[0] ?? [])
    })
    return inFile ? [`${path}:1: ${name}`, ...found] : found
  })
}

/** A local name that says how a value was obtained instead of what it is, unless a member has that name. */
export const bareLocals = (tree: Tree): string[] =>
  [...tree].flatMap(([path, text]) =>
    isNamed(path) && !path.startsWith('test/')
      ? linesOf(path, text, (line) =>
          [...line.matchAll(/\b(?:const|let|function) (told|heard|asked)\b/g)].flatMap(
            ([whole, name = '']) =>
              new RegExp(`[{,]\\s*${name}\\s*[,}]`).test(text) ? [] : [whole],
          ),
        )
      : [],
  )

/** Programmers' words, or former names of things, which a car park calls differently. */
const ofScreens = /落盘|哈希|链头|敞口|未上传|到达线圈|闸下线圈|其他支付|护照|设备资料库/
/** The same in English; a proof page may say how a row is secured, the page of a day may not. */
const ofEnglishScreens = /on disk|hash chain/

/** Chinese is searched in texts for people everywhere, English only in the catalogue. */
export const screenWords = (tree: Tree): string[] =>
  [...tree].flatMap(([path, text]) => {
    if (!/^(?:firmware-runtime|electron|renderer|centre)\/.*\.(?:ts|vue)$/.test(path)) return []
    const shapes = isCatalogue(path) ? [ofScreens, ofEnglishScreens] : [ofScreens]
    return linesOf(path, text, (line) => shapes.flatMap((shape) => shape.exec(line)?.[0] ?? []))
  })
