// Fast reader for the plain XML that cameras send: elements that contain elements or text, nothing else. Returns null
// for any other document; the caller then uses the full parser. On plain documents both give the same result.

type Node = Record<string, unknown>

/** Deeper than any event; the full parser has a limit of its own. */
const levelsMax = 16

const declaration = /(?:<\?xml version="1\.0" encoding="UTF-8"\?>)?[ \n\t]*/y
const mark =
  /<(\/?)([A-Za-z][A-Za-z0-9]*)(?: version="[\d.]*")?(?: xmlns="[\w:/.]*")?>([^<>&\r\0]*)/y
const blank = /^[ \n\t]*$/

interface Opened {
  readonly name: string
  readonly into: Node
  /** Text of an element that has no child elements so far. */
  text: string | null
}

/** False when the full parser has to decide: the name is present already, or is not valid for it. */
function put(into: Node, name: string, value: unknown): boolean {
  if (name in into) return false
  into[name] = value
  return true
}

/** The document as an object by names; null when it is not plain, which does not mean that it is invalid. */
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
