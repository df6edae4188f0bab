// The table of calls in docs/cli.md, from the rows of the API: arguments and permitted roles.
// The answer of a call is a type of its row; its meaning is on the page of its feature.
import { z } from 'zod'
import { guardOf } from '../kit/guard-of.ts'
import { api, type ApiName } from '#runtime/api/table.ts'

const names = Object.keys(api) as ApiName[]
const whoKeys: readonly string[] = ['commandId', 'by', 'reason']

function argsOf(name: ApiName): string {
  const schema = z.toJSONSchema(api[name].args, { unrepresentable: 'any' }) as {
    readonly properties?: Readonly<Record<string, unknown>>
    readonly required?: readonly string[]
  }
  const { properties = {}, required = [] } = schema
  const keys = Object.keys(properties)
  const own = keys.filter((key) => !whoKeys.includes(key) || !keys.includes('commandId'))
  const said = own.map((key) => (required.includes(key) ? key : `${key}?`))
  return [...said, ...(own.length < keys.length ? ['who'] : [])].join(', ')
}

const needs = { none: '', pin: 'own PIN', fourEyes: 'two people' } as const

/** Further requirements for a call that lets a car leave unpaid. */
function needsOf(name: ApiName): string {
  const always = needs[guardOf(name, { letsOut: false })]
  const most = needs[guardOf(name, { letsOut: true, means: 'free', isLive: true })]
  return always === most ? always : [always, `${most}, by the case`].filter(Boolean).join('; ')
}

export const callLines = (): string[] => [
  '| call | right | arguments | beside a session | stopped lot | what is done |',
  '|---|---|---|---|---|---|',
  ...names.map((name) => {
    const { right, rest, words, demoOnly } = api[name]
    const answers = rest === 'folder' ? 'answers' : ''
    const done = words === null ? '' : `${words.en} · ${words.zh}`
    const cells = [
      `\`${name}\``,
      demoOnly ? 'demo' : right,
      argsOf(name),
      needsOf(name),
      answers,
      done,
    ]
    return `| ${cells.join(' | ')} |`
  }),
]
