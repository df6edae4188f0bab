// The checker of corrected plates: each way in which a stay may be charged under another plate, correct and incorrect.
// Rows are made as lanes make them; the score's own code is not used.
import { expect, it } from 'vitest'
import type { PlateMatch } from '#base/pure/plates/plate-match.ts'
import { Rows, t0 } from './row-kit.ts'
import { violationsOf } from './violations.ts'

const plate = '测A12345'
const match: PlateMatch = {
  plateRead: '测A1234S',
  score: 90,
  secondScore: 75,
  scoreMin: 80,
  marginMin: 15,
  parts: [{ word: 'alike', points: 10, args: { at: 7, read: 'S', known: '5' } }],
}

function order(rows: Rows, plateRaw: string | null, why?: PlateMatch, o = 1): Rows {
  const body = { tariffId: 't', fromMs: t0, toMs: t0, lines: [], plate, plateRaw }
  const refs = { stayId: 'n-S1', orderId: `n-O${o}`, laneId: 'exit', amountFen: 500 }
  return rows.add('orderMade', refs, why === undefined ? body : { ...body, match: why })
}
function said(act: string, laneId = 'exit'): Rows {
  const who = { by: 'anna', role: 'owner', reason: 'seen', commandId: 'c1', result: 'done' }
  return new Rows().stay(1, plate).add('audit', { laneId }, { act, ...who })
}
const inside = (): Rows => new Rows().stay(1, plate)
const found = (rows: Rows): string[] =>
  violationsOf(rows.all).flatMap(({ id, detail }) =>
    detail.includes('taken for') ? [`${id} ${detail}`] : [],
  )

it.each([
  ['as it was read', order(inside(), plate)],
  ['a colour before it', order(inside(), '蓝测A·12345')],
  ['not read', order(inside(), null)],
  ['corrected by a score that is enough', order(inside(), '测A1234S', match)],
  ['alone', order(inside(), '测A1234S', { ...match, secondScore: null })],
  ['priced again', order(order(inside(), '测A1234S', match), '测A1234S', undefined, 2)],
  ['a person picked it', order(said(`lane.correctPlate ${plate}`), '测B99999')],
  [
    'its OBU said so',
    order(
      inside().add('event', { laneId: 'exit' }, { type: 'plateOfObu', detail: plate }),
      '测A12346',
    ),
  ],
  ['a person named it at a place', order(said(`place.charge ${plate}`), '测B99999')],
])('is right: %s', (_name, rows) => {
  expect(found(rows)).toEqual([])
})

it('a plate is added once, to a stay that came in without one', () => {
  const late = { plate, plateRaw: plate, colour: 'blue', photo: null } as const
  const refs = { laneId: 'entry', stayId: 'n-S1' }
  const added = (rows: Rows): string[] =>
    violationsOf(rows.all).flatMap(({ id, detail }) => (detail.includes('was added') ? [id] : []))
  const unread = (): Rows => new Rows().stay(1, null).add('plateRead', refs, late)
  expect(added(unread())).toEqual([])
  expect(found(order(unread(), plate))).toEqual([])
  expect(added(unread().add('plateRead', refs, late))).toEqual(['M1'])
  expect(added(new Rows().stay(1, plate).add('plateRead', refs, late))).toEqual(['M1'])
})

it.each([
  ['one character away, and nobody says why', order(inside(), '测A12346')],
  ['a score below its limit', order(inside(), '测A1234S', { ...match, scoreMin: 91 })],
  ['another car nearly as likely', order(inside(), '测A1234S', { ...match, secondScore: 76 })],
  ['parts that make another score', order(inside(), '测A1234S', { ...match, score: 95 })],
  ['no part at all', order(inside(), '测A1234S', { ...match, score: 100, parts: [] })],
  ['corrected to what was read', order(inside(), '测A1234S', { ...match, plateRead: plate })],
  ['a person named another one', order(said('lane.correctPlate 测A99999'), '测A12346')],
  ['a person named it in another lane', order(said(`lane.correctPlate ${plate}`, 'exit2'), '测A9')],
  ['another act', order(said(`lane.settle ${plate}`), '测A12346')],
  [
    'another reading of before',
    order(order(inside(), '测A1234S', match), '测A12346', undefined, 2),
  ],
])('is found: %s', (_name, rows) => {
  expect(found(rows)).toHaveLength(1)
  expect(found(rows)[0]).toMatch(/^M1 .* was taken for 测A12345/)
})
