// Declaration of a member of the lot file and what derives from it: the type of its value, and the value in words.
// A group has members, a list has elements; the declarations are in lot-settings.ts, destination-members.ts and core/lot/.
import { t, type BilingualText } from '../words/fault-text.ts'
import { fenText } from '../values/fen.ts'

/** The form of the set-up that contains it and in which a refused value is corrected. */
type MemberForm = 'lot' | 'devices' | 'charge' | 'offline' | 'keep'

interface Told {
  readonly words: BilingualText
  /** Its purpose, shown beside its field and in docs/lot-file.md. */
  readonly why?: BilingualText
  /** The member may be missing; otherwise it is required. */
  readonly optional?: true
  /** May be null. */
  readonly orNull?: true
  /** Value of a missing member. */
  readonly filled?: string | null
  readonly form?: MemberForm
  /** Needed only where the other side asks for it: a form folds it away. */
  readonly onRequest?: true
  /** Its flag of `lot init`, with a placeholder for its text. */
  readonly flag?: string
}
interface Flag extends Told {
  readonly kind: 'flag'
  readonly standard?: boolean
}
interface Amount extends Told {
  /** `fen`: displayed and typed in yuan. `mm`, `deg`: measured in a lane. */
  readonly kind: 'whole' | 'fen' | 'mm' | 'deg'
  readonly min: number
  readonly max: number
  /** Default value; null: no limit. */
  readonly standard?: number | null
  readonly unit?: BilingualText
}
interface Text extends Told {
  /**
   * `id`: its own; `lane`: id of a lane; `secret`: name of a sealed secret; `link`: of a device; `url`: of a service;
   * `layout`: a clause of 7.1 or 7.2.
   */
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
  /** Optional in a file; a form that contains it holds an empty value until it is answered. */
  readonly asked?: true
  /** Maximum in a form, where the file has no limit. */
  readonly typed?: number
  /** Leading and trailing blanks are removed. */
  readonly trim?: true
}
/** One of several values, each with its words; `named`: values without words. */
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
  /** What to do where there are more. */
  readonly tooMany?: BilingualText
}
/** A map with one value per name. */
interface ByName extends Told {
  readonly kind: 'byName'
  readonly name: RegExp
  readonly of: Member
}
interface Group extends Told {
  readonly kind: 'group'
  readonly members: Members
  /** Words that may replace the value. */
  readonly or?: Readonly<Record<string, BilingualText>>
}
/** An object whose members depend on the value of its member `by`. */
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
/** Type of a member that is present. */
export type ValueOf<M> = Bare<M> | (M extends { readonly orNull: true } ? null : never)
type IsOptional<M> = M extends { readonly optional: true } ? true : false
/** Type of an object in the file. */
export type Filed<C> = {
  readonly [K in keyof C as IsOptional<C[K]> extends true ? never : K]: ValueOf<C[K]>
} & {
  readonly [K in keyof C as IsOptional<C[K]> extends true ? K : never]?: ValueOf<C[K]> | undefined
}

/** Type of an object in a form: an empty member is an empty text, an empty list, or null. */
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

/** Empty value of a member in a form. */
export const nothingOf = ({ kind }: Member): unknown =>
  kind === 'list' ? [] : textKinds.has(kind) ? '' : null

/** Kinds that are typed. Lanes and names are picked and keys are sealed, so a form holds those from its start. */
const typed: ReadonlySet<Member['kind']> = new Set(['text', 'link', 'url', 'file', 'folder'])

/** True when a form holds the member from its start. */
export const isAsked = (row: Member): boolean =>
  row.optional !== true || (isText(row) && row.asked === true)

/** Declarations of required members that are still empty. */
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

/** One value in words; money in yuan. */
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

/** The declaration one step below in a path; for a list or map, that of its elements. */
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

/** Declarations along a path, outermost first; ends at the first unknown name. */
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
