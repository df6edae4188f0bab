// JSON of a Hikvision ISAPI device, converted to the same elements as its XML: newer firmware can send events as JSON.
import { parsed } from '#base/pure/data/json.ts'
import { note } from '#base/pure/words/notes.ts'
import { Refusal, type Element } from './xml.ts'

/** Keys that must not be repeated: a parser keeps only one of two equal keys. */
const counted = ['licensePlate', 'eventType', 'alarmDataType', 'isDataRetransmission'] as const

export const isJson = (text: string): boolean => /^\s*\{/.test(text)

function elementOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(elementOf)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, elementOf(one)]))
  return value === null ? '' : String(value)
}

/** Null: incomplete, or not JSON. */
export const wholeJson = (text: string): unknown => (isJson(text) ? parsed(text) : null)

/** Throws a Refusal. */
export function rootOfJson(text: string): Element {
  for (const name of counted) {
    const times = text.split(`"${name}"`).length - 1
    if (times > 1) throw new Refusal('ambiguous', note('memberTimes', name, times))
  }
  const root = wholeJson(text)
  if (root === null) throw new Refusal('malformed', note('notParsed', 'JSON'))
  return elementOf(root) as Element
}
