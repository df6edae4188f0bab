// The status list of P18, item by item: equivalent JSON reads the same, an invalid item is refused by its field, and half a
// body is never a list.
import { describe, expect, it } from 'vitest'
import type { ListItem } from '#ledger/pure/etc/listed-numbers.ts'
import { listRequest, readList } from '#ledger/pure/platforms/guangxi/status-list.ts'
import { refusedBy } from '../../../../../kit/refusals.ts'

const card = `4501${'0'.repeat(15)}1`
const effectiveTime = '2026-11-20T08:00:00+08:00'
const item = { kind: 1, no: card, status: 1, reason: 'a } "quoted" \\ text', effectiveTime, op: 1 }
const timestamp = '2026-11-20T14:30:00.120+08:00'
const answer = (data: object, over: object = {}): string =>
  JSON.stringify({ status: 200, code: 'SUCCESS', respCode: '100000', timestamp, data, ...over })
const full = (...items: unknown[]): string => answer({ version: '12', full: true, items })

function read(text: string) {
  const items: ListItem[] = []
  const head = readList(new TextEncoder().encode(text), (one) => items.push(one))
  return { head, items }
}
function refusal(text: string): string {
  const fault = refusedBy(() => read(text))
  return fault === null ? 'read' : `${fault.code} ${fault.detail.field ?? ''}`.trim()
}

describe('a status list of Guangxi', () => {
  it('is asked for since a version', () => {
    expect(listRequest('7')).toMatchObject({ method: 'GET', path: '/v1/status-list?since=7' })
  })

  it('gives its head and each item', () => {
    const taken = { ...item, kind: 2, no: '0200ABCD', op: 2 }
    const fromMs = Date.parse(effectiveTime)
    expect(read(full(item, taken))).toEqual({
      head: { version: '12', since: null, atMs: Date.parse(timestamp) },
      items: [
        { no: card, fromMs, op: 'add' },
        { no: '0200ABCD', fromMs, op: 'remove' },
      ],
    })
    const changes = answer({ version: '12', full: false, since: '11', items: [] })
    expect(read(changes)).toMatchObject({ head: { since: '11' }, items: [] })
  })

  it('is read the same with blanks, and with its name in another text before it', () => {
    const pretty = JSON.stringify(JSON.parse(full(item)), null, 2)
    expect(read(pretty)).toEqual(read(full(item)))
    const before = answer({ note: 'items', version: '1', full: true, items: [item] })
    expect(read(before).items).toHaveLength(1)
  })

  it.each([
    ['another kind', full({ ...item, kind: 3 }), 'LIST-02 /data/items/0/kind'],
    [
      'a card of 19 digits',
      full(item, { ...item, no: '1'.repeat(19) }),
      'LIST-02 /data/items/1/no',
    ],
    ['an OBU as a card', full({ ...item, no: '0200ABCD' }), 'LIST-02 /data/items/0/no'],
    ['no time', full({ ...item, effectiveTime: '' }), 'LIST-02 /data/items/0/effectiveTime'],
    ['another act', full({ ...item, op: 3 }), 'LIST-02 /data/items/0/op'],
    ['a number for an item', full(7), 'LIST-02 /data/items/0'],
    ['two items after another', full(item).replace('}]', '}{}]'), 'LIST-02 /data/items/0'],
    ['half a body', full(item, item).slice(0, -120), 'LIST-02 /data/items/1'],
    ['no version', answer({ full: true, items: [] }), 'LIST-02 /data/version'],
    [
      'a version with a zero',
      answer({ version: '01', full: true, items: [] }),
      'LIST-02 /data/version',
    ],
    ['neither full nor not', answer({ version: '1', items: [] }), 'LIST-02 /data/full'],
    ['changes of nothing', answer({ version: '1', full: false, items: [] }), 'LIST-02 /data/since'],
    ['no items', answer({ version: '1', full: true }), 'LIST-02 /data/items'],
    ['no time of it', full(item).replace('timestamp', 'time'), 'LIST-02 /timestamp'],
    ['rubbish', 'no list', 'LIST-02'],
    ['a refusal', answer({}, { respCode: '400004', message: 'no such interface' }), 'LIST-06'],
  ])('refuses %s by name', (_, text, code) => {
    expect(refusal(text)).toBe(code)
  })
})
