// The short words of the window in both languages, for docs/words.md: names of pages and places, buttons, states. One
// Chinese term has one English term, and the reverse; what differs on purpose is `onPurpose`.
import { messages } from '#renderer/i18n/catalogue.ts'
import type { Tree } from '../tidy/tree.ts'

export type Pair = readonly [key: string, zh: string, en: string]

type Words = { readonly [key: string]: string | Words }

const flat = (words: Words, at = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, word]) =>
    typeof word === 'string' ? [[`${at}${key}`, word] as const] : flat(word, `${at}${key}.`),
  ) as [string, string][]

const inButtons = /<(button|PushButton|RouterLink)\b[\s\S]*?<\/\1>/g
const named =
  /^nav\.|^[a-z]+\.title$|\.(?:states?|stateOf|\w+State|phase|verdict|is|ends?)\.[\w-]+$/
const charactersMax = 14

/** Keys that a template shows in a button or a link. */
const buttonKeys = (tree: Tree): ReadonlySet<string> =>
  new Set(
    [...tree]
      .filter(([path]) => /^renderer\/.*\.vue$/.test(path))
      .flatMap(([, source]) => [...source.matchAll(inButtons)].map(([button]) => button))
      .flatMap((button) => [...button.matchAll(/\bt\('([\w.-]+)'/g)].map(([, key = '']) => key)),
  )

/** Each pair once, under the first of its keys, in the order of the keys. */
export function wordPairs(tree: Tree): readonly Pair[] {
  const buttons = buttonKeys(tree)
  const english = new Map(flat(messages.en))
  const pairs = new Map<string, Pair>()
  for (const [key, zh] of flat(messages.zh).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const en = english.get(key) ?? ''
    const isShort = zh.length <= charactersMax && !zh.includes('{')
    if (isShort && (named.test(key) || buttons.has(key)) && !pairs.has(`${zh}|${en}`))
      pairs.set(`${zh}|${en}`, [key, zh, en])
  }
  return [...pairs.values()]
}

/** Chinese terms with two English ones, or the reverse, and why. */
export const onPurpose: Readonly<Record<string, string>> = {
  空闲: 'a port is free, a lane is idle',
  处理: 'an attendant attends to a car, and resolves a difference',
  'take back': 'a pass that was sold is 收回, a setting on trial is 撤回',
  close: 'a window is 关闭, a stay is 结束',
  pass: 'a test is 通过, a measured value is 符合',
  fail: 'a test is 不通过, a measured value is 不符合',
}

/** Words by their first letters: void and voided, charge and charging; `Passport` is short for `Lane passport`. */
const stem = (term: string): string =>
  term
    .split(' ')
    .map((word) => word.slice(0, 3))
    .join(' ')
/** 作废 and 已作废 are one term. */
const isOne = (one: string, other: string): boolean =>
  stem(one) === stem(other) || one.endsWith(other) || other.endsWith(one)
const termOf = (word: string): string =>
  word
    .toLowerCase()
    .replace(/…$/, '')
    .replace(/^正在(.+)/, '$1中')

/** Terms with two meanings in the other language, as `TERM: A / B`. */
export function doubleTerms(pairs: readonly Pair[], kept = onPurpose): readonly string[] {
  const of = new Map<string, readonly string[]>()
  const put = (term: string, other: string): void => {
    const others = of.get(term) ?? []
    if (!others.some((known) => isOne(known, other))) of.set(term, [...others, other])
  }
  for (const [zh, en] of pairs.map(([, ...both]) => both.map(termOf) as [string, string])) {
    put(zh, en)
    put(en, zh)
  }
  return [...of]
    .filter(([term, others]) => others.length > 1 && !(term in kept))
    .map(([term, others]) => `${term}: ${others.join(' / ')}`)
}

export const pairLines = (pairs: readonly Pair[]): string[] => [
  '| key | zh | en |',
  '|---|---|---|',
  ...pairs.map(([key, zh, en]) => `| \`${key}\` | ${zh} | ${en} |`),
]

export const purposeLines = (): string[] => [
  '| term | why it has two in the other language |',
  '|---|---|',
  ...Object.entries(onPurpose).map(([term, why]) => `| ${term} | ${why} |`),
]
