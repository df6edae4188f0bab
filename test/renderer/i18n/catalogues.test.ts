// Both languages are complete: same keys, no empty text, the same placeholders,
// and no words written directly into a template or an attribute that a person reads.
import { describe, expect, it } from 'vitest'
import { parse } from 'vue/compiler-sfc'
import { commands } from '../../../firmware-runtime/commands.ts'
import { faults } from '#base/pure/faults/faults.ts'
import { messages } from '#renderer/i18n/catalogue.ts'

type Texts = Map<string, string>

function flat(value: unknown, at = '', into: Texts = new Map()): Texts {
  if (typeof value === 'string') into.set(at, value)
  else for (const [key, part] of Object.entries(value as object)) flat(part, `${at}/${key}`, into)
  return into
}

const holes = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([all]) => all).sort()
const chinese = flat(messages.zh)
const english = flat(messages.en)

describe('the two catalogues', () => {
  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('say something under every key and take the same values', () => {
    for (const [key, text] of chinese) {
      const other = english.get(key) ?? ''
      expect(text.trim(), key).not.toBe('')
      expect(other.trim(), key).not.toBe('')
      expect(holes(other), key).toEqual(holes(text))
    }
  })

  it('are each in their own language', () => {
    const cjk = /[\u4e00-\u9fff]/
    const fictional = /测A12345/g
    for (const [key, text] of english)
      expect(cjk.test(text.replace(fictional, '')), key).toBe(false)
    const asItIs = /(^%$|kbd|ETC|OBU|Request-ID|ms$|^\{s\} s$|—)/
    for (const [key, text] of chinese) expect(cjk.test(text) || asItIs.test(text), key).toBe(true)
  })
})

/** Commands, files, addresses, acronyms and units are written unchanged in a Chinese sentence. */
const written: readonly RegExp[] = [
  /\{\w+\}/g,
  /push:nb-iot/g,
  /\b[a-z-]+(?: [a-z-]+)*(?: --[\w-]+(?: [\w=]+)?)+/g,
  /--[\w-]+/g,
  /\betc-lane(?: [a-z][a-z-]*)*/g,
  /[\w./-]*\.(?:json|pem|code|db|head|sig|etc\w+)\b/g,
  /\w+:\/\/\S*|serial:\S+|(?<=[\s,:])\/[\w/.-]+/g,
  /\b[A-Z][A-Z0-9-]+\b/g,
  /\b(?:dB[im]?|ms|km|GHz)\b/g,
]
/** Products, keys, system programs, and members and words of files; each of them must occur. */
const namesAsTheyAre = [
  ...[
    'Alt',
    'Digest',
    'Esc',
    'Excel',
    'Files',
    'Linux',
    'ModemManager',
    'OneDrive',
    'PageDown',
    'PageUp',
    'PostgreSQL',
    'Program',
  ],
  // The user root, and the program pg_upgrade of PostgreSQL.
  ...['root', 'pg', 'upgrade'],
  ...['bench', 'centre', 'http', 'https'],
  ...['Request-', 'Shift'],
  ...[
    'Studio',
    'Ultra',
    'Unix',
    'Windows',
    'Word',
    'acceptance',
    'admin',
    'allow',
    'at',
    'basis',
    'cam',
    'declaration',
    'chrony',
    'commandId',
    'ctrlMod',
  ],
  ...[
    'dialout',
    'gpsd',
    'intake',
    'keys',
    'kind',
    'lane',
    'later',
    'mDNS',
    'noexec',
    'model',
    'money',
    'nonce',
    'null',
    'older',
  ],
  ...['paid', 'pcapng', 'place', 'platform', 'power', 'powerStep', 'probe-server'],
  ...[
    'reads',
    'revision',
    'run',
    'setup',
    'state',
    'systemd',
    'tinySA',
    'udev',
    'unknown',
    'unpaid',
  ],
  ...['curl', 'finance', 'key', 'openssl', 'operator', 'page'],
  ...['use', 'variant', 'vendor', 'verified-on-unit', 'writes'],
]

describe('Latin words in Chinese texts', () => {
  it('of the window, of letters and of commands are names, never fragments of English', () => {
    const said: readonly string[] = [
      ...chinese.values(),
      ...Object.values(faults).flatMap(({ what, means, todo }) => [what.zh, means.zh, todo.zh]),
      ...commands.map(({ summary }) => summary.zh),
    ]
    const found = said.flatMap((text) => {
      const rest = written.reduce((left, allowed) => left.replaceAll(allowed, ' '), text)
      return rest.match(/[A-Za-z][A-Za-z-]+/g) ?? []
    })
    expect([...new Set(found)].sort()).toEqual([...namesAsTheyAre].sort())
  })
})

interface Node {
  readonly type: number
  readonly content?: unknown
  readonly children?: readonly Node[]
  readonly branches?: readonly Node[]
  readonly props?: readonly {
    readonly type: number
    readonly name: string
    readonly value?: { readonly content: string }
  }[]
}
const textNode = 2
const attributeNode = 6
const readAttributes = ['title', 'placeholder', 'alt', 'label', 'aria-label', 'aria-description']
const word = /[\p{L}]{2,}/u

/** Words of a template that do not come from a catalogue. */
export function hardCoded(node: Node): string[] {
  const own =
    node.type === textNode && typeof node.content === 'string' && word.test(node.content)
      ? [node.content.trim()]
      : []
  const said = (node.props ?? [])
    .filter((p) => p.type === attributeNode && readAttributes.includes(p.name))
    .map((p) => p.value?.content ?? '')
    .filter((text) => word.test(text))
  const below = [...(node.children ?? []), ...(node.branches ?? [])].flatMap(hardCoded)
  return [...own, ...said, ...below]
}

const components = Object.entries(
  import.meta.glob<string>('../../../renderer/**/*.vue', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)
const templateOf = (source: string): Node =>
  (parse(source).descriptor.template?.ast ?? { type: 0, children: [] }) as unknown as Node
/** Names of keys are the same in every language. */
const keyNames = /^(Ctrl\+(?:[A-Z]|Enter)|F\d|Esc|Tab|Space)$/

describe('templates', () => {
  it('finds words where there are some', () => {
    const source = '<template><p title="Open">Hello <b>世界啊</b></p></template>'
    expect(hardCoded(templateOf(source))).toEqual(['Open', 'Hello', '世界啊'])
  })

  it('of every component hold no words of their own', () => {
    expect(components.length).toBeGreaterThan(20)
    const found = components.flatMap(([path, source]) =>
      hardCoded(templateOf(source))
        .filter((text) => !keyNames.test(text))
        .map((text) => `${path}: ${text}`),
    )
    expect(found).toEqual([])
  })
})
