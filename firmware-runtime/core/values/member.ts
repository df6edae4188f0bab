// What a row says of a member of the lot file, and what follows from it: the type of its value, and the value in words.
// A group has members, a list elements; the rows themselves are in lot-settings.ts, destination-members.ts and core/lot/.
import { t, type BilingualText } from './fault-text.ts'
import { fenText } from './fen.ts'

/** The form of the set-up that asks for it, and mends what is refused of it. */
type MemberForm = 'lot' | 'devices' | 'charge' | 'offline' | 'keep'

interface Told {
  readonly words: BilingualText
  /** What it does, beside its field and in docs/lot-file.md. */
  readonly why?: BilingualText
  /** May be missing; else every file has it. */
  readonly optional?: true
  /** May be null. */
  readonly orNull?: true
  /** What a missing one is read as. */
  readonly filled?: string | null
  readonly form?: MemberForm
  /** Its flag of `lot init`, and what stands for a text behind it. */
  readonly flag?: string
}
interface Flag extends Told {
  readonly kind: 'flag'
  readonly standard?: boolean
}
interface Amount extends Told {
  /** `fen`: shown and typed in yuan. `mm`, `deg`: measured in a lane. */
  readonly kind: 'whole' | 'fen' | 'mm' | 'deg'
  readonly min: number
  readonly max: number
  /** Where nobody says one; null: there is no limit. */
  readonly standard?: number | null
  readonly unit?: BilingualText
}
interface Text extends Told {
  /** `id`: of its own; `lane`: that of a lane; `secret`: the name of a sealed one; `link`: of a device; `url`: of a service; `layout`: a clause of 7.1 or 7.2. */
  readonly kind:
    | 'text'
    | 'id'
    | 'lane'
    | 'secret'
    | 'link'
    | 'url'
    | 'file'
    | 'folder'
    | 'ipv4'
    | 'layout'
  readonly shape?: RegExp
  readonly min?: number
  readonly max?: number
  /** It may be missing where no form asks for it; a form that does holds an empty one until it is answered. */
  readonly asked?: true
  /** As much as a form takes, where the file has no bound. */
  readonly typed?: number
  /** Blanks around it are none of it. */
  readonly trim?: true
}
/** One of several, in words; `named`: without words of their own. */
interface Choice extends Told {
  readonly kind: 'choice'
  readonly of: Readonly<Record<string, BilingualText>>
  readonly standard?: string
}
interface Named extends Told {
  readonly kind: 'named'
  readonly of: readonly string[]
}
interface Only extends Told {
  readonly kind: 'only'
  readonly is: number
}
interface List extends Told {
  readonly kind: 'list'
  readonly of: Member
  readonly min?: number
  readonly max: number
}
/** One of each name. */
interface ByName extends Told {
  readonly kind: 'byName'
  readonly name: RegExp
  readonly of: Member
}
interface Group extends Told {
  readonly kind: 'group'
  readonly members: Members
  /** Words that may stand in its place. */
  readonly or?: Readonly<Record<string, BilingualText>>
}
/** Members that differ by what the member `by` says. */
interface Kinds extends Told {
  readonly kind: 'kinds'
  readonly by: string
  readonly of: Readonly<Record<string, Members>>
}
export type Setting = Flag | Amount
export type TextMember = Text
export type Member = Setting | Text | Choice | Named | Only | List | ByName | Group | Kinds
export type Members = Readonly<Record<string, Member>>

type Bare<M> = M extends { readonly kind: 'flag' }
  ? boolean
  : M extends { readonly kind: 'whole' | 'fen' | 'mm' | 'deg' }
    ? number
    : M extends { readonly kind: 'choice'; readonly of: infer O }
      ? keyof O & string
      : M extends { readonly kind: 'named'; readonly of: readonly (infer N)[] }
        ? N
        : M extends { readonly kind: 'only'; readonly is: infer V }
          ? V
          : M extends { readonly kind: 'list'; readonly of: infer E }
            ? readonly ValueOf<E>[]
            : M extends { readonly kind: 'byName'; readonly of: infer E }
              ? Readonly<Record<string, ValueOf<E>>>
              : M extends { readonly kind: 'group'; readonly members: infer C }
                ? Filed<C> | (M extends { readonly or: infer W } ? keyof W & string : never)
                : M extends { readonly kind: 'kinds'; readonly by: infer B; readonly of: infer O }
                  ? { [K in keyof O]: Readonly<Record<B & string, K>> & Filed<O[K]> }[keyof O]
                  : string
/** Of one member, where it is there. */
export type ValueOf<M> = Bare<M> | (M extends { readonly orNull: true } ? null : never)
type IsOptional<M> = M extends { readonly optional: true } ? true : false
/** An object of the file. */
export type Filed<C> = {
  readonly [K in keyof C as IsOptional<C[K]> extends true ? never : K]: ValueOf<C[K]>
} & {
  readonly [K in keyof C as IsOptional<C[K]> extends true ? K : never]?: ValueOf<C[K]> | undefined
}

/** What a form holds of an object of the file: nothing is an empty text, an empty list, or null. */
export type Answers<C> = {
  readonly [K in keyof C]: C[K] extends { readonly kind: 'list' | Text['kind'] }
    ? Exclude<ValueOf<C[K]>, null>
    : ValueOf<C[K]> | null
}

const textKinds: ReadonlySet<Member['kind']> = new Set<Text['kind']>([
  'text',
  'id',
  'lane',
  'secret',
  'link',
  'url',
  'file',
  'folder',
  'ipv4',
  'layout',
])
export const isText = (row: Member): row is Text => textKinds.has(row.kind)

/** What a form holds of one that nobody answered. */
export const nothingOf = ({ kind }: Member): unknown =>
  kind === 'list' ? [] : textKinds.has(kind) ? '' : null

/** Lanes and names are picked, and keys are sealed: a form has them from its start. */
const typed: ReadonlySet<Member['kind']> = new Set(['text', 'link', 'url', 'file', 'folder'])

/** A form has it from its start. */
export const isAsked = (row: Member): boolean =>
  row.optional !== true || (isText(row) && row.asked === true)

/** Rows of what nobody has typed yet, and the file cannot do without. */
export function lacking(row: Member, value: unknown): readonly Member[] {
  if (row.kind === 'list')
    return Array.isArray(value) ? value.flatMap((one) => lacking(row.of, one)) : []
  if (row.kind !== 'group' || typeof value !== 'object' || value === null) return []
  return Object.entries(row.members)
    .filter(([name, member]) => {
      const { kind, orNull } = member
      return (
        isAsked(member) && orNull !== true && typed.has(kind) && Reflect.get(value, name) === ''
      )
    })
    .map(([, member]) => member)
}

const shown = (text: string): BilingualText => t(text, text)
export const metres = (valueMm: number): string => `${(valueMm / 1000).toFixed(2)} m`

/** One value in words; of money in yuan. */
export function memberText(row: Member, value: unknown): BilingualText {
  const said = String(value)
  if (value === null) return t('没有', 'none')
  switch (row.kind) {
    case 'flag':
      return value === true ? t('是', 'yes') : t('否', 'no')
    case 'fen':
      return shown(fenText(Number(value)))
    case 'mm':
      return shown(metres(Number(value)))
    case 'deg':
      return shown(`${said}°`)
    case 'whole':
      return row.unit === undefined
        ? shown(said)
        : t(`${said} ${row.unit.zh}`, `${said} ${row.unit.en}`)
    case 'choice':
      return row.of[said] ?? shown(said)
    case 'group':
      return row.or?.[said] ?? shown(said)
    default:
      return shown(said)
  }
}

/** The row below one, by the name in a path: of a list and by name that of each. */
function below(row: Member, name: string): Member | undefined {
  switch (row.kind) {
    case 'list':
    case 'byName':
      return row.of
    case 'group':
      return row.members[name]
    case 'kinds':
      return name === row.by
        ? { kind: 'named', of: Object.keys(row.of), words: row.words }
        : Object.values(row.of).find((members) => members[name] !== undefined)?.[name]
    default:
      return undefined
  }
}

/** Rows on the way to a member, the outermost first; they end where the path names none. */
export function rowsAlong(members: Members, [first, ...rest]: readonly string[]): Member[] {
  const found: Member[] = []
  let row = first === undefined ? undefined : members[first]
  for (const name of [...rest, '']) {
    if (row === undefined) break
    found.push(row)
    row = below(row, name)
  }
  return found
}
