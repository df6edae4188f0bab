// A parser for the XML subset of workbook parts: tags with their attributes and the text between them, in one pass. Only the
// entities of XML itself are supported, so that the text cannot grow while it is read.

export interface XmlTag {
  /** Without its prefix; empty for text. */
  readonly name: string
  readonly isEnd: boolean
  readonly isEmpty: boolean
  readonly text: string
  /** Value of an attribute with any prefix; undefined: no such attribute. */
  at(name: string): string | undefined
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

const plain = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (all, dec, hex, name) => {
    if (typeof name === 'string') return entities[name] ?? all
    const code = typeof hex === 'string' ? parseInt(hex, 16) : Number(dec)
    return code <= 0x10_ffff ? String.fromCodePoint(code) : all
  })

const attribute = (given: string, name: string): string | undefined => {
  const shape = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
  const found = shape.exec(given)
  return found === null ? undefined : plain(found[1] ?? found[2] ?? '')
}

function tagOf(inner: string): XmlTag {
  const isEnd = inner.startsWith('/')
  const isEmpty = inner.endsWith('/')
  const body = inner.slice(isEnd ? 1 : 0, isEmpty ? -1 : undefined)
  const [full = ''] = /^\S*/.exec(body) ?? []
  const name = full.slice(full.indexOf(':') + 1)
  const given = body.slice(full.length)
  return { name, isEnd, isEmpty, text: '', at: (one) => attribute(given, one) }
}

const textOf = (text: string): XmlTag => ({
  name: '',
  isEnd: false,
  isEmpty: false,
  text,
  at: () => undefined,
})

/** Tags and texts in order; a truncated tag ends the sequence. */
export function* tagsOf(xml: string): Generator<XmlTag> {
  for (let at = 0; at < xml.length;) {
    const open = xml.indexOf('<', at)
    if (open < 0) return
    if (open > at) yield textOf(plain(xml.slice(at, open)))
    const [begin, end] = xml.startsWith('<!--', open)
      ? ['<!--', '-->']
      : xml.startsWith('<![CDATA[', open)
        ? ['<![CDATA[', ']]>']
        : ['<', '>']
    const close = xml.indexOf(end, open + begin.length)
    if (close < 0) return
    const inner = xml.slice(open + begin.length, close)
    if (begin === '<![CDATA[') yield textOf(inner)
    else if (begin === '<' && !/^[!?]/.test(inner)) yield tagOf(inner)
    at = close + end.length
  }
}
