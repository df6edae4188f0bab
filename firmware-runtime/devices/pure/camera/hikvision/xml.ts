// Strict reader for XML of Hikvision ISAPI devices: one root, no document type, no entity, no repeated element where
// one is expected. No text becomes a number: 1E5 and 007 stay unchanged.
import { note, type NoteText } from '#base/pure/words/notes.ts'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { plainDocument } from './plain-xml.ts'

export type RefusalReason =
  | 'tooLarge'
  | 'doctype'
  | 'malformed'
  | 'notAnEvent'
  | 'otherEvent'
  | 'inactive'
  | 'missing'
  | 'ambiguous'

/** A real event has 2 to 6 kB. */
const xmlCharsMax = 262_144

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  removeNSPrefix: true,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: {
    enabled: true,
    maxEntityCount: 0,
    maxTotalExpansions: 64,
    maxExpandedLength: 4096,
  },
})

export type Element = Readonly<Record<string, unknown>>

export class Refusal extends Error {
  readonly reason: RefusalReason
  readonly what: NoteText
  constructor(reason: RefusalReason, what: NoteText) {
    super(what)
    this.reason = reason
    this.what = what
  }
}

export const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Text of a child element, empty when absent. A repeated element is refused. */
export function text(parent: Element, name: string): string {
  const value = Object.hasOwn(parent, name) ? parent[name] : ''
  if (typeof value === 'string') return value
  if (Array.isArray(value)) throw new Refusal('ambiguous', note('memberTimes', name, value.length))
  throw new Refusal('ambiguous', note('holdsElements', name))
}

/** The same of an element that decides nothing where it is repeated. */
export const textIn = (parent: Element, name: string): string => {
  const value = Object.hasOwn(parent, name) ? parent[name] : ''
  return typeof value === 'string' ? value : ''
}

export function child(parent: Element, name: string): Element | null {
  const value = Object.hasOwn(parent, name) ? parent[name] : null
  if (Array.isArray(value)) throw new Refusal('ambiguous', note('memberTimes', name, value.length))
  return isElement(value) ? value : null
}

/** The parser throws on names and nesting that it takes for an attack. */
export function wholeDocument(xml: string): unknown {
  try {
    const valid = XMLValidator.validate(xml)
    if (valid === true) return parser.parse(xml)
    throw new Refusal('malformed', note('notParsed', `${valid.err.msg} (line ${valid.err.line})`))
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error)) throw error
    throw new Refusal('malformed', note('notParsed', error.message))
  }
}

/** An event has some two hundred; the parser is slow for each of them. */
const xmlMarksMax = 2_000

/** Longer than any element, comment or instruction of a camera; the parser reads long ones repeatedly. */
const markCharsMax = 2_048

const [open, close, equals, reference] = [0x3c, 0x3e, 0x3d, 0x26]

/** Whether there are more elements, attributes and references than a camera sends, or a longer one. */
function isOverdone(xml: string): boolean {
  let count = 0
  let openedAt = -1
  for (let i = 0; i < xml.length; i++) {
    const code = xml.charCodeAt(i)
    if (code === open || code === equals || code === reference) count++
    if (code === open && openedAt < 0) openedAt = i
    if (openedAt >= 0 && i - openedAt > markCharsMax) return true
    if (code === close) openedAt = -1
  }
  return count > xmlMarksMax
}

/** The root of a document, which must have that name. Throws a Refusal. */
export function rootOf(xml: string, name: string): Element {
  if (xml.length > xmlCharsMax) throw new Refusal('tooLarge', note('tooManyCharacters', xml.length))
  if (isOverdone(xml)) throw new Refusal('tooLarge', 'tooManyElements')
  // No camera sends a document type; without one there are no entities to expand.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) throw new Refusal('doctype', 'doctypeDeclared')
  const document = plainDocument(xml) ?? wholeDocument(xml)
  const root = isElement(document) ? child(document, name) : null
  if (isElement(document) && Object.keys(document).length > 1) {
    throw new Refusal('ambiguous', 'rootTwice')
  }
  if (root === null) throw new Refusal('notAnEvent', note('rootIsNot', name))
  return root
}
