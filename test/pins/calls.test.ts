// Every call of the control API: who may make it, its kind and its arguments; every stream. Guards (own PIN, two
// people) and the roles in the documents are tested in money-guards.test.ts and expected-rights.ts.
import { expect, it } from 'vitest'
import { z } from 'zod'
import { answerTimeoutOf, whyNotAtRest } from '#runtime/api/check.ts'
import { guardOf } from '../kit/guard-of.ts'
import { api, streamNames, type ApiName } from '#runtime/api/table.ts'
import { mayDo, roles } from '#base/pure/values/roles.ts'
import { digestOf, pin } from './pin.ts'

type Schema = Readonly<Record<string, unknown>>
const shortSchema = 200

/** A short word for simple schemas, else JSON; large schemas as a digest, since setup and lots pin them in full. */
function schemaText({ type, minLength, maxLength, pattern, ...rest }: Schema): string {
  const more = Object.keys(rest).length === 0 ? '' : JSON.stringify(rest)
  const length =
    minLength === undefined && maxLength === undefined
      ? ''
      : `${minLength ?? 0}..${maxLength ?? ''}`
  const text = [type, length, pattern === undefined ? '' : `/${pattern}/`, more]
    .filter((part) => part !== '' && part !== undefined)
    .join(' ')
  return text.length > shortSchema ? `${type} ${digestOf(text)}` : text
}

/**
 * The arguments as JSON Schema describes them, one line each; person, reason and command id in their usual form are one
 * word.
 */
function argsOf(name: ApiName): Record<string, string> {
  const schema = z.toJSONSchema(api[name].args, { unrepresentable: 'any' }) as {
    readonly properties?: Readonly<Record<string, Schema>>
    readonly required?: readonly string[]
  }
  const { properties = {}, required = [] } = schema
  const all = Object.entries(properties).map(
    ([arg, of]) => [required.includes(arg) ? arg : `${arg}?`, schemaText(of)] as const,
  )
  const isUsual = usual.every(([arg, text]) => all.some(([a, b]) => a === arg && b === text))
  const own = all.filter(([arg]) => !isUsual || !usual.some(([one]) => one === arg))
  return { ...(isUsual ? { who: 'as usual' } : {}), ...Object.fromEntries(own) }
}
const usual = [
  ['commandId', 'string /^[A-Za-z0-9_-]{8,64}$/'],
  ['by', 'string 1..60 /\\S/'],
  ['reason', 'string 1..200 /\\S/'],
] as const

/** The guards in general, for a large amount, for letting a car out, and unpaid. */
const guardsOf = (name: ApiName): string =>
  [
    guardOf(name, { letsOut: false }),
    guardOf(name, { letsOut: false, largeNeedsTwo: true }),
    guardOf(name, { letsOut: true }),
    guardOf(name, { letsOut: true, means: 'free' }),
  ].join(' ')

const names = Object.keys(api) as ApiName[]

it('calls and streams are those that they were', () => {
  const calls = names.map((name) => {
    const { act, rest, demoOnly, right } = api[name]
    const may = roles.filter((role) => mayDo(role, right))
    const what = [
      act ? 'act' : rest !== null ? 'read' : 'change',
      ...may,
      mayDo(null, right) && 'nobody',
      demoOnly && 'in a demo',
      whyNotAtRest(name) === null && 'at rest',
      `${answerTimeoutOf(name)} ms`,
      guardsOf(name),
    ]
    return [name, { is: what.filter(Boolean).join(' '), ...argsOf(name) }] as const
  })
  expect(calls.length).toBeGreaterThan(200)
  pin(new URL('./kept/calls.txt', import.meta.url), {
    calls: Object.fromEntries(calls),
    streams: streamNames,
  })
})
