// The status list of P18 as a body: its items are read one by one from the bytes, so that a long list costs no objects.
// Ours beyond P18: `since` of an incremental list names the version it follows on, versions are decimal.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { ListHead } from '../../etc/list-update.ts'
import { isListable, type ListItem } from '../../etc/listed-numbers.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import { parsed } from '#base/pure/data/json.ts'
import type { PlatformRequest } from '../../../ports/dialect.ts'
import { readAnswerBody } from './answer-body.ts'

const versionShape = /^(0|[1-9]\d{0,17})$/
const utf8 = new TextDecoder('utf-8')
const char = (text: string): number => text.charCodeAt(0)
const quote = char('"')
const backslash = char('\\')
const brace = { open: char('{'), close: char('}') }
const comma = char(',')
const close = char(']')

export const listRequest = (since: string): PlatformRequest => ({
  method: 'GET',
  path: `/v1/status-list?since=${since}`,
  bodyText: '',
  idempotencyKey: null,
})

export const listCheck = (no: string): PlatformRequest => ({
  method: 'POST',
  path: '/v1/status-list/check',
  bodyText: JSON.stringify({ kind: no.length === 20 ? 1 : 2, no }),
  idempotencyKey: null,
})

export function readListCheck(body: Uint8Array, no: string): boolean | null {
  const answer = readAnswerBody(body)
  if (answer?.respCode !== '100000' || answer.data.text('no') !== no) return null
  return answer.data.flag('listed')
}

const wrong = (field: string, value: string, note: BilingualText): LaneFault =>
  new LaneFault('LIST-02', { field, value: value.slice(0, 80), note })

/** Offset after the bracket of `"items": [`; quotes inside texts are escaped, so only the member itself matches. */
function itemsAt(body: Uint8Array): number | null {
  const name = new TextEncoder().encode('"items"')
  for (let at = body.indexOf(quote); at >= 0; at = body.indexOf(quote, at + 1)) {
    if (!name.every((byte, i) => body[at + i] === byte)) continue
    const next = /^\s*:\s*\[/.exec(utf8.decode(body.subarray(at + name.length, at + 40)))
    if (next !== null) return at + name.length + next[0].length
  }
  return null
}

const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d

/** Offset after the closing brace of a flat object; the length of the body if there is no such brace. */
function objectEnd(body: Uint8Array, from: number): number {
  let isText = false
  for (let at = from; at < body.length; at++) {
    const byte = body[at]
    if (isText && byte === backslash) at++
    else if (byte === quote) isText = !isText
    else if (byte === brace.close && !isText) return at + 1
  }
  return body.length
}

function itemOf(text: string, n: number): ListItem {
  const value = parsed(text)
  const field = `/data/items/${n}`
  if (typeof value !== 'object' || value === null)
    throw wrong(field, text, t('不是一条', 'not an item'))
  const { kind, no, effectiveTime, op }: Readonly<Record<string, unknown>> = { ...value }
  if (kind !== 1 && kind !== 2)
    throw wrong(`${field}/kind`, String(kind), t('1 为卡,2 为 OBU', '1 card or 2 OBU'))
  const isCard = typeof no === 'string' && no.length === 20
  if (typeof no !== 'string' || !isListable(no) || isCard !== (kind === 1))
    throw wrong(
      `${field}/no`,
      String(no),
      t(
        '卡号 20 位数字,OBU 号 8 或 16 位十六进制',
        '20 digits of a card, 8 or 16 hex digits of an OBU',
      ),
    )
  const fromMs = typeof effectiveTime === 'string' ? parseIso(effectiveTime) : null
  if (fromMs === null)
    throw wrong(
      `${field}/effectiveTime`,
      String(effectiveTime),
      t('不是带时区的时间', 'not a time with an offset'),
    )
  if (op !== 1 && op !== 2)
    throw wrong(`${field}/op`, String(op), t('1 为加入,2 为移除', '1 add or 2 remove'))
  return { no, fromMs, op: op === 1 ? 'add' : 'remove' }
}

/** Answers where the items end. */
function eachItem(body: Uint8Array, from: number, take: (item: ListItem) => void): number {
  let at = from
  const blanks = (): void => {
    while (isBlank(body[at])) at++
  }
  for (let n = 0; ; n++) {
    blanks()
    if (n === 0 && body[at] === close) return at
    if (body[at] !== brace.open)
      throw wrong(`/data/items/${n}`, '', t('这里应有一条', 'an item is due'))
    const end = objectEnd(body, at)
    take(itemOf(utf8.decode(body.subarray(at, end)), n))
    at = end
    blanks()
    if (body[at] === close) return at
    if (body[at] !== comma)
      throw wrong(`/data/items/${n}`, '', t('各条没有结尾', 'no end of the items'))
    at++
  }
}

/** See `Dialect`. A list without its items is an answer like any other. */
export function readList(body: Uint8Array, take: (item: ListItem) => void): ListHead {
  const from = itemsAt(body)
  const to = from === null ? body.length : eachItem(body, from, take)
  const rest = new Uint8Array((from ?? body.length) + body.length - to)
  rest.set(body.subarray(0, from ?? body.length))
  rest.set(body.subarray(to), from ?? body.length)
  const head = readAnswerBody(rest)
  if (head === null) throw wrong('', '', t('不是 UTF-8 的 JSON 对象', 'not a JSON object in UTF-8'))
  if (head.respCode !== '100000' && head.respCode !== '100001')
    throw new LaneFault('LIST-06', { value: head.respCode ?? '', note: head.message.slice(0, 80) })
  const { data, atMs } = head
  const version = data.text('version') ?? ''
  const full = data.flag('full')
  const since = data.text('since')
  if (!versionShape.test(version))
    throw wrong('/data/version', version, t('应为十进制数', 'a decimal number'))
  if (full === null) throw wrong('/data/full', '', t('只能是 true 或 false', 'true or false'))
  if (!full && !versionShape.test(since ?? ''))
    throw wrong(
      '/data/since',
      since ?? '',
      t('应为这些变化所接的版本', 'the version that the changes follow on'),
    )
  if (atMs === null)
    throw wrong('/timestamp', '', t('不是带时区的时间', 'not a time with an offset'))
  if (from === null) throw wrong('/data/items', '', t('没有各条', 'no items'))
  return { version, since: full ? null : since, atMs }
}
