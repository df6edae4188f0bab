// Zod schemas made from the rows of members (base/pure/lot/member.ts): one for a lot file, and one for a draft, whose
// values may be incomplete.
import { z } from 'zod'
import { rule } from '#base/pure/words/issue-why.ts'
import { layoutNames, openLayoutNames } from '../pure/layouts/index.ts'
import {
  isText,
  type Answers,
  type Filed,
  type Member,
  type Members,
  type TextMember,
  type ValueOf,
} from '#base/pure/lot/member.ts'

/** Checks of a value that its row cannot express, by row. */
export type RowChecks = ReadonlyMap<Member, (value: never, context: z.RefinementCtx<never>) => void>
/**
 * The checks for a file; `typing`: a text may be empty or incomplete, a list too short, and only what no form could
 * hold is refused.
 */
type As = RowChecks | 'typing'
const unchecked: RowChecks = new Map()
const typedMax = 400

function textOf({ kind, shape, min, max, typed, trim }: TextMember, as: As): z.ZodType {
  if (kind === 'ipv4' && as !== 'typing') return z.ipv4()
  if (kind === 'layout' && as !== 'typing') return z.enum([...layoutNames, ...openLayoutNames])
  let text = trim === true ? z.string().trim() : z.string()
  if (as === 'typing' && kind !== 'id') return text.max(typed ?? max ?? typedMax)
  if (min !== undefined) text = text.min(min)
  if (max !== undefined) text = text.max(max)
  return shape === undefined ? text : text.regex(shape)
}

function bareOf(row: Member, as: As): z.ZodType {
  switch (row.kind) {
    case 'flag':
      return z.boolean()
    case 'whole':
    case 'fen':
    case 'mm':
    case 'deg':
      return z.int().min(row.min).max(row.max)
    case 'choice':
      return z.enum(Object.keys(row.of))
    case 'named':
      return z.enum(row.of)
    case 'only':
      return z.literal(row.is)
    case 'list': {
      const { max, tooMany } = row
      const all = z.array(valueOf(row.of, as))
      const list =
        tooMany === undefined
          ? all.max(max)
          : all
              .refine(({ length }) => length <= max, rule(tooMany.zh, tooMany.en))
              .meta({ maxItems: max })
      return row.min === undefined || as === 'typing' ? list : list.min(row.min)
    }
    case 'byName':
      return z.record(z.string().regex(row.name), valueOf(row.of, as))
    case 'group': {
      const members = z.strictObject(shapeOf(row.members, as))
      return row.or === undefined ? members : z.union([z.literal(Object.keys(row.or)), members])
    }
    case 'kinds': {
      const [first, ...others] = Object.entries(row.of).map(([name, members]) =>
        z.strictObject({ [row.by]: z.literal(name), ...shapeOf(members, as) }),
      )
      return first === undefined ? z.never() : z.discriminatedUnion(row.by, [first, ...others])
    }
    default:
      return textOf(row, as)
  }
}

function valueOf(row: Member, as: As): z.ZodType {
  const bare = bareOf(row, as)
  const check = as === 'typing' ? undefined : as.get(row)
  const checked = check === undefined ? bare : bare.superRefine(check as (value: unknown) => void)
  return row.orNull === true ? checked.nullable() : checked
}

/** Registers the description of a schema used only here: `meta` would clone each schema at every start of a lane. */
function described<S extends z.ZodType>(fresh: S, said: z.core.GlobalMeta): S {
  z.globalRegistry.add(fresh, said)
  return fresh
}

/** Schema of a member in a file, with its description for authors. */
function memberOf(row: Member, as: As): z.ZodType {
  const value = valueOf(row, as)
  if (as === 'typing') return row.optional === true ? value.optional() : value
  const { words, why, filled, optional } = row
  const description = why === undefined ? words.en : `${words.en}. ${why.en}`
  if (filled !== undefined) return described(value.default(filled), { description })
  if (optional !== true) return value.meta({ description })
  const standard = 'standard' in row ? (row.standard ?? false) : false
  const said = standard === false ? { description } : { description, default: standard }
  return described(value.optional(), said)
}

const shapeOf = (members: Members, as: As): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries(members).map(([name, row]) => [name, memberOf(row, as)]))

/** Schema of an object in a file. */
export const fileSchema = <const C extends Members>(members: C, checks = unchecked) =>
  z.strictObject(shapeOf(members, checks)) as unknown as z.ZodType<Filed<C>>

/** Schema of one value in a file. */
export const filedSchema = <const M extends Member>(row: M) =>
  valueOf(row, unchecked) as z.ZodType<ValueOf<M>>

/** Schema of one member in a form; whether it may be absent or null is decided by the form. */
export const draftOf = <const M extends Member>(row: M) =>
  bareOf(row, 'typing') as z.ZodType<Exclude<ValueOf<M>, null>>

/** Schema of an object in a form; a member that the file may lack may be absent in drafts saved before it existed. */
export const answersSchema = <const C extends Members>(members: C) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries<Member>(members).map(([name, row]) => {
        const bare = bareOf(row, 'typing')
        const held = isText(row) || row.kind === 'list' ? bare : bare.nullable()
        return [name, row.optional === true ? held.optional() : held]
      }),
    ),
  ) as unknown as z.ZodType<Answers<C>>
