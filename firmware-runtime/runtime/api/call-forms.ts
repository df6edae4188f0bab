// The forms of all rows that declare one, with kind and limits of each field from the schema of the arguments.
// A build stores the result (installers/dev/call-facts.ts), so that the window loads no schema.
import { z } from 'zod'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { CallFormFacts } from '#base/calls/call-form.ts'
import type { CallRow } from '#base/calls/rows.ts'
import { api } from './table.ts'

/** The part of JSON Schema that a field can express. */
interface Argument {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly anyOf?: readonly Argument[]
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
}
interface Arguments {
  readonly properties?: Readonly<Record<string, Argument>>
  readonly required?: readonly string[]
}
const kinds: Readonly<Record<string, string>> = { boolean: 'flag', integer: 'integer' }

function kindOf(key: string, { type = '', enum: values }: Argument): string {
  if (values !== undefined) return 'enum'
  if (type === 'integer' && key.endsWith('Fen')) return 'fen'
  return kinds[type] ?? (key === 'plate' ? 'plate' : 'text')
}

/** Every whole number of JSON Schema has bounds; those of its type limit nothing. */
const bound = (limit: number | undefined): number | undefined =>
  limit === undefined || Math.abs(limit) === Number.MAX_SAFE_INTEGER ? undefined : limit

const choicesOf = (words: Readonly<Record<string, BilingualText>> | undefined) =>
  words === undefined
    ? {}
    : { choices: Object.entries(words).map(([value, word]) => ({ value, word })) }

/** Throws for a field that is no argument of its row. */
function formOf(name: string, { args, form, usual }: CallRow): CallFormFacts | null {
  if (form === null) return null
  const schema = z.toJSONSchema(args, { unrepresentable: 'any' }) as Arguments
  const empty: Record<string, unknown> = {}
  const fields = Object.entries(form.fields ?? {}).flatMap(([key, field]) => {
    const argument = schema.properties?.[key]
    if (argument === undefined || field === undefined) throw new Error(`${name}: no ${key}`)
    const own = argument.anyOf?.find(({ type }) => type !== 'null') ?? argument
    if (own !== argument || usual[key] !== undefined) empty[key] = usual[key] ?? null
    const optional = own !== argument || schema.required?.includes(key) !== true
    const min = bound(own.minimum)
    const max = bound(own.maximum) ?? own.maxLength
    const all = 'each' in field ? Object.entries(field.each) : ([['', field]] as const)
    return all.map(([value, one]) => {
      const { choices: words, ...rest } = one
      const made = { key, kind: kindOf(key, own), min, max, optional, ...rest, ...choicesOf(words) }
      return 'each' in field
        ? ([`${key} ${value}`, { as: key, only: [field.by, value], ...made }] as const)
        : ([key, made] as const)
    })
  })
  return { ...form, fields: Object.fromEntries(fields) as CallFormFacts['fields'], empty }
}

export const callForms: Readonly<Record<string, CallFormFacts>> = Object.fromEntries(
  Object.entries<CallRow>(api).flatMap(([name, row]) => {
    const form = formOf(name, row)
    return form === null ? [] : [[name, form]]
  }),
)
