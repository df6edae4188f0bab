// Decodes answers to a camera search, which are untrusted: limited size, XML without entities, short visible strings.
// Shared by all kinds of search.
import { XMLParser } from 'fast-xml-parser'
import { visible } from '#base/pure/words/visible-text.ts'

export const answerBytesMax = 16_384
const textMax = 2_000

type Node = Readonly<Record<string, unknown>>
export const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

export const within = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce<unknown>(
    (node, name) => (isNode(node) && Object.hasOwn(node, name) ? node[name] : undefined),
    value,
  )

const shortAt = (value: unknown, names: readonly string[]): string => {
  const found = within(value, ...names)
  return typeof found === 'string' ? found.slice(0, textMax) : ''
}

export const textAt = (value: unknown, ...names: readonly string[]): string =>
  visible(shortAt(value, names).trim())

/** The words of a text, split at white space of any kind. */
export const wordsAt = (value: unknown, ...names: readonly string[]): readonly string[] =>
  shortAt(value, names).split(/\s+/).filter(Boolean).map(visible)

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
})

/** Null when the answer is too long or not XML. */
export function xmlOf(answer: Uint8Array): unknown {
  if (answer.length > answerBytesMax) return null
  try {
    return parser.parse(new TextDecoder().decode(answer))
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

/** An IPv4 address; '' for any other text. */
const ipv4 = (text: string): string =>
  /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text) ? text : ''

/** The web address that a device states; empty when it is missing or invalid. */
export function webAddress(host: string, port: string): readonly string[] {
  const isPort = /^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) <= 65_535
  if (ipv4(host) === '' || host === '0.0.0.0') return []
  return [isPort && Number(port) !== 80 ? `http://${host}:${Number(port)}` : `http://${host}`]
}
