// The status list of a data folder: what is accepted, and what is refused by file, field and value.
// A list is accepted whole: a wrong one leaves the earlier list in force.
import { describe, expect, it } from 'vitest'
import { readStatusList } from '#lane/lot/files/status-list-file.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { faultOf } from '../../../../kit/refusals.ts'

const card = `4501${'0'.repeat(15)}1`
const good = { version: '20261120-0815', asOf: '2026-11-20T08:15:00+08:00', cards: [card] }
const read = (value: unknown) => readStatusList(JSON.stringify(value), 'status-list.json')

describe('readStatusList', () => {
  it('takes version, age and cards', () => {
    const list = read(good)
    expect(list.version).toBe('20261120-0815')
    expect(list.asOfMs).toBe(instantOf(2026, 11, 20, 8.25 * 3_600_000))
    expect(list.has(card, 0)).toBe(true)
    expect(list.has(`4501${'0'.repeat(15)}2`, 0)).toBe(false)
  })

  it.each([
    ['a card of 19 digits', { ...good, cards: [card, card.slice(1)] }, 'LIST-01', '/cards/1'],
    ['a card as a number', { ...good, cards: [4501] }, 'LIST-01', '/cards/0'],
    ['no version', { asOf: good.asOf, cards: [] }, 'LIST-01', '/version'],
    ['a day that is none', { ...good, asOf: '2026-02-30T00:00:00+08:00' }, 'LIST-01', '/asOf'],
    ['a time without offset', { ...good, asOf: '2026-11-20T08:15:00' }, 'LIST-01', '/asOf'],
    ['an unknown member', { ...good, more: 1 }, 'LIST-01', ''],
    ['no object', [], 'LIST-01', ''],
  ])('refuses %s', (_name, value, code, field) => {
    const fault = faultOf(() => read(value))
    expect(fault).toMatchObject({ code, detail: { file: 'status-list.json', field } })
  })

  it('refuses half a file', () => {
    const half = JSON.stringify(good).slice(0, 40)
    expect(() => readStatusList(half, 'status-list.json')).toThrow('FILE-02')
  })
})
