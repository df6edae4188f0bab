// The files of a lot in words: one line for each value, and the changes between two versions. A value without words of
// its own is shown by its JSON pointer, so that nothing unseen is written.
import type { SetupChange } from '../../calls/setup-views.ts'
import { tariffMembers } from '#money/pure/billing/tariff-members.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { lotMembers } from '#base/pure/lot/lot-members.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import { memberText, rowsAlong, type Member, type Members } from '#base/pure/lot/member.ts'
import { leavesOf, type Leaf } from './leaves.ts'
import { tariffLeaves } from './tariff-words.ts'

export interface LotFiles {
  readonly config: LotConfig
  readonly tariff: Tariff
}

const same = (text: string): BilingualText => t(text, text)
const plain = (value: Leaf['value']): BilingualText =>
  value === null ? t('没有', 'none') : same(String(value))

interface NamedLeaf extends Leaf {
  /** Name of its lane. */
  readonly lane: string
  /** Its place in the tariff, outermost first. */
  readonly where?: readonly BilingualText[] | undefined
}

const membersOf = (row: Member): Members =>
  row.kind === 'list' && row.of.kind === 'group' ? row.of.members : {}
/** List entries are identified by id and not by index: removing one moves no other. */
const hasNames = (row: Member): boolean => membersOf(row)['id'] !== undefined

/** Elements of lists by their names. */
const byNames = (config: LotConfig): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(config).map(([name, value]: [string, unknown]) => {
      const row = members[name]
      if (row === undefined || !hasNames(row) || !Array.isArray(value)) return [name, value]
      const all = value as readonly { readonly id: string }[]
      return [name, Object.fromEntries(all.map(({ id, ...rest }) => [id, rest]))]
    }),
  )
const members: Members = lotMembers

function valuesOf({ config, tariff }: LotFiles): ReadonlyMap<string, NamedLeaf> {
  const nameOf = (path: readonly string[]): string =>
    path[0] === 'lanes' ? (config.lanes.find(({ id }) => id === path[1])?.name.zh ?? '') : ''
  const found = new Map<string, NamedLeaf>()
  for (const leaf of leavesOf(byNames(config)))
    found.set(jsonPointer(leaf.path), { ...leaf, lane: nameOf(leaf.path) })
  for (const leaf of tariffLeaves(tariff))
    found.set(`tariff${jsonPointer(leaf.path)}`, { ...leaf, lane: '' })
  // Forms ask for one name: when both languages have the same one, it is shown once.
  for (const [key, { value }] of found)
    if (key.endsWith('/name/en') && found.get(key.replace(/en$/, 'zh'))?.value === value)
      found.delete(key)
  return found
}

interface SaidValue {
  /** Pointer into lot.json, or `tariff` and a pointer into its file. */
  readonly key: string
  readonly what: BilingualText
  readonly value: BilingualText
}

/** Text for a member of lot file or tariff; null: no row has it. */
function memberSaid(
  of: Members,
  { lane, path, value }: NamedLeaf,
): readonly [BilingualText, BilingualText] | null {
  const along = rowsAlong(of, path)
  const [first, row] = [along[0], along.at(-1)]
  if (first === undefined || row === undefined || along.length < path.length) return null
  const { zh, en } = row.words
  const [, id = ''] = path
  const what =
    lane !== ''
      ? t(`${lane} ${zh}`, `${lane}: ${en}`)
      : hasNames(first)
        ? t(`${zh}(${id})`, `${en} (${id})`)
        : path.at(-3) === 'steps'
          ? ofStep(row.words, path.at(-2) ?? '')
          : row.words
  return [what, memberText(row, value)]
}

const each = t('每个时段', 'Each period')
const stepWords: Readonly<Record<string, BilingualText>> = {
  each,
  first: t('首个时段', 'First period'),
  further: t('之后每个时段', 'Each further period'),
}
function ofStep({ zh, en }: BilingualText, id: string): BilingualText {
  const step = stepWords[id] ?? t(`第 ${id} 档时段`, `Period ${id}`)
  return t(zh.replace(each.zh, step.zh), en.replace(each.en, step.en))
}

function saidAs(key: string, leaf: NamedLeaf): SaidValue {
  const { value, where = [] } = leaf
  const of: Members = key.startsWith('tariff') ? tariffMembers : members
  const [own, shown] = memberSaid(of, leaf) ?? [same(key), plain(value)]
  const all = [...where, own]
  const what = t(all.map(({ zh }) => zh).join(' · '), all.map(({ en }) => en).join(' · '))
  return { key, what, value: shown }
}

/** Every value of the files in words, in order. */
export const valuesInWords = (files: LotFiles): readonly SaidValue[] =>
  [...valuesOf(files)].map(([key, leaf]) => saidAs(key, leaf))

/** Each changed value in words; `earlier` null: no lot yet. */
export const changesOf = (earlier: LotFiles | null, later: LotFiles): readonly SetupChange[] =>
  unkeyed(keyedChanges(earlier, later))

/** The same, each with its pointer. */
export const keyedChanges = (earlier: LotFiles | null, later: LotFiles): readonly KeyedChange[] =>
  differences(earlier === null ? new Map() : valuesOf(earlier), valuesOf(later))

interface KeyedChange extends SetupChange {
  readonly key: string
}
const unkeyed = (changes: readonly KeyedChange[]): readonly SetupChange[] =>
  changes.map(({ key: _, ...change }) => change)

type Platform = LotConfig['platform']

/** Changes of the platform alone. */
export function changesOfPlatform(earlier: Platform, later: Platform): readonly SetupChange[] {
  const of = (platform: Platform): ReadonlyMap<string, NamedLeaf> =>
    new Map(leavesOf({ platform }).map((leaf) => [jsonPointer(leaf.path), { ...leaf, lane: '' }]))
  return unkeyed(differences(of(earlier), of(later)))
}

const differences = (
  was: ReadonlyMap<string, NamedLeaf>,
  is: ReadonlyMap<string, NamedLeaf>,
): readonly KeyedChange[] =>
  [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [old, now] = [was.get(key), is.get(key)]
    if (old !== undefined && now !== undefined && old.value === now.value) return []
    const [before, after] = [old, now].map((leaf) =>
      leaf === undefined ? null : saidAs(key, leaf),
    )
    const what = after?.what ?? before?.what ?? same(key)
    return [{ key, what, before: before?.value ?? null, after: after?.value ?? null }]
  })
