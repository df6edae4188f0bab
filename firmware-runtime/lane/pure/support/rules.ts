// The allow-list of a support file: what may stand in it is named member by member, and everything else is left out.
// A rule says of a member how its value is kept: as it is, under a name of the redactor, or as a mark that it was there.
import { isObject } from '#base/pure/data/json.ts'
import { roles } from '#base/pure/values/roles.ts'
import { plateColourWords } from '#base/pure/words/match-words.ts'
import { noteIn } from '#base/pure/words/notes.ts'
import type { Redactor } from './redactor.ts'

/**
 * `keep`: numbers, flags, and words, times and ids that the program made. `word`: the first word alone. `counts`: numbers
 * by word. `said`: a sentence of the program. `typed`: a text of a person.
 */
type How =
  | 'keep'
  | 'word'
  | 'counts'
  | 'said'
  | 'typed'
  | 'note'
  | 'plate'
  | 'card'
  | 'obu'
  | 'number'
  | 'person'
  | 'link'
  | 'matchArgs'
export type Rule = How | RuleMembers
/** By member; `*`: each other member, whose name is a word of the program. Elements of a list have its rule. */
export interface RuleMembers {
  readonly [member: string]: Rule
}

/** Members that are kept as they are: `seq|kind`. */
export const kept = (names: string): RuleMembers =>
  Object.fromEntries(names.split('|').map((name) => [name, 'keep' as const]))

const wordShape = /^[A-Za-z0-9*][\w.:+*-]{0,79}$/
/** A number of a card or a phone is no word of the program. */
const longNumber = /^\d{11,}$/
const linkShape = /^([a-z][a-z0-9+.-]{0,19}):([^?]*)(?:\?(.*))?$/is
const hostShape = /^(?:\[[\da-f:.]{2,45}\]|[a-z\d](?:[a-z\d.-]{0,252}[a-z\d])?)$/i
const portShape = /^(?:\/dev\/[\w./:-]{1,80}|COM\d{1,3})$/i
/** What a link may say of its device; every other value may be a secret. */
const queryNames: ReadonlySet<string> = new Set(
  'variant|baud|parity|dataBits|stopBits|unit|di|do|board|lines|power|channel|speaks'.split('|'),
)
const queryValue = /^[\w.,/-]{1,60}$/

function keptValue(value: unknown, redactor: Redactor): unknown {
  if (typeof value !== 'string') return typeof value === 'object' ? null : value
  if (value === '') return value
  return wordShape.test(value) && !longNumber.test(value) ? value : redactor.gone()
}

/** Scheme, host and port of a link, and what it says of its device: no account, no path, no other parameter. */
export function linkText(link: string, redactor: Redactor): string {
  const [, scheme = '', place = '', query = ''] = linkShape.exec(link) ?? []
  // An account before a host; an `@` behind a `?` may belong to either.
  const behind = query.includes('@') ? '' : (place.replace(/^\/\//, '').split('@').at(-1) ?? '')
  const own = portShape.test(behind) ? behind : (behind.split('/', 1)[0] ?? '')
  const [host = ''] = own.split(/:\d{1,5}$/)
  const isPlain = portShape.test(own) || hostShape.test(host)
  const said = query.split('&').filter((pair) => {
    const [name = '', value = ''] = pair.split('=')
    return queryNames.has(name) && queryValue.test(value)
  })
  const shown = `${scheme}:${place.startsWith('//') ? '//' : ''}${isPlain ? own : ''}`
  const all = said.length === 0 ? shown : `${shown}?${said.join('&')}`
  if (scheme === '') return redactor.gone('link')
  if (all !== link) redactor.note('link')
  return all
}

function matchArgs(args: unknown): unknown {
  if (!isObject(args)) return {}
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === 'number' || Object.hasOwn(plateColourWords, String(value)) ? value : '?',
    ]),
  )
}

const counts = (value: unknown): unknown =>
  !isObject(value)
    ? {}
    : Object.fromEntries(
        Object.entries(value).filter(
          ([name, count]) => wordShape.test(name) && typeof count === 'number',
        ),
      )

/** A note of the program without arguments; with them it may quote what a person typed. */
const isBareNote = (text: string): boolean => noteIn(text)?.word === text

function textBy(how: How, text: string, redactor: Redactor, beside: Members): unknown {
  switch (how) {
    case 'word':
      return keptValue(text.split(' ', 1)[0], redactor)
    case 'said':
      return redactor.swept(text)
    case 'note':
      return isBareNote(text) ? text : redactor.gone()
    case 'plate':
      return redactor.plate(text)
    case 'card':
    case 'obu':
    case 'number':
      return redactor.number(how, text)
    case 'person': {
      if (isBareNote(text)) return text
      return redactor.person(
        text,
        roles.find((role) => role === beside['role']),
      )
    }
    case 'link':
      return linkText(text, redactor)
    default:
      return redactor.gone()
  }
}

type Members = Readonly<Record<string, unknown>>

function byHow(how: How, value: unknown, redactor: Redactor, beside: Members): unknown {
  if (how === 'keep') return keptValue(value, redactor)
  if (how === 'counts') return counts(value)
  if (how === 'matchArgs') return matchArgs(value)
  if (value === null || value === '') return value
  return typeof value === 'string' ? textBy(how, value, redactor, beside) : redactor.gone()
}

/** The value by its rule. `beside`: the members of the object that has it. */
export function redacted(
  rule: Rule,
  value: unknown,
  redactor: Redactor,
  beside: Members = {},
): unknown {
  if (Array.isArray(value))
    return value.map((one: unknown) => redacted(rule, one, redactor, beside))
  if (typeof rule === 'string') return byHow(rule, value, redactor, beside)
  if (!isObject(value)) return typeof value === 'object' ? null : redactor.gone()
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => {
      const own = Object.hasOwn(rule, name)
        ? rule[name]
        : wordShape.test(name)
          ? rule['*']
          : undefined
      return own === undefined || one === undefined
        ? []
        : [[name, redacted(own, one, redactor, value)]]
    }),
  )
}
