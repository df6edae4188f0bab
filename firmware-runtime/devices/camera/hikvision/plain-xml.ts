// Reads XML of the plain kind that cameras send: elements with elements or with text, nothing else.
// Whatever is beyond that is null and goes to the whole parser, whose answer this one's always is.

type Node = Record<string, unknown>

/** Deeper than any event; the whole parser has a limit of its own. */
const levelsMax = 16

const declaration = /(?:<\?xml version="1\.0" encoding="UTF-8"\?>)?[ \n\t]*/y
const mark =
  /<(\/?)([A-Za-z][A-Za-z0-9]*)(?: version="[\d.]*")?(?: xmlns="[\w:/.]*")?>([^<>&\r\0]*)/y
const blank = /^[ \n\t]*$/

interface Opened {
  readonly name: string
  readonly into: Node
  /** Text of an element that has no elements up to now. */
  text: string | null
}

/** False where the whole parser has to judge: a name that is there already, or is no name for it. */
function put(into: Node, name: string, value: unknown): boolean {
  if (name in into) return false
  into[name] = value
  return true
}

/** The document as an object by names; null when it is not plain, which is no judgement. */
export function plainDocument(xml: string): Readonly<Node> | null {
  declaration.lastIndex = 0
  declaration.exec(xml)
  mark.lastIndex = declaration.lastIndex
  const document: Node = {}
  const open: Opened[] = [{ name: '', into: document, text: null }]
  for (let at = mark.lastIndex; at < xml.length; at = mark.lastIndex) {
    const [, slash, name = '', after = ''] = mark.exec(xml) ?? []
    const top = open.at(-1)
    if (slash === undefined || top === undefined || open.length > levelsMax) return null
    if (slash === '') {
      if (!blank.test(top.text ?? '')) return null
      if (open.length === 1 && Object.keys(document).length > 0) return null
      top.text = null
      open.push({ name, into: {}, text: after })
      continue
    }
    open.pop()
    const parent = open.at(-1)
    if (parent === undefined || top.name !== name || !blank.test(after)) return null
    if (!put(parent.into, name, top.text?.trim() ?? top.into)) return null
  }
  return open.length === 1 && Object.keys(document).length === 1 ? document : null
}
