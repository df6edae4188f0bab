// A plate on the board that differs from the reading: why it was corrected; and the dialog in which a person
// picks the car inside by its entry photo, by mouse or by keys.
import { beforeEach, expect, it } from 'vitest'
import type { CarView } from '#lane/calls/views.ts'
import type { PlateCandidateView } from '#lane/calls/match-views.ts'
import { boards, car, isoAt, lane } from '../pages/lane/lane-views.ts'
import {
  all,
  choose,
  named as test,
  one,
  openPage,
  settle,
  submit,
  type,
  wordOf,
  showBoard,
  press,
  sign,
} from '../kit/page.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'
import { closePage } from '../kit/opened-page.ts'

let lot: ScriptedLot

const candidate = (plate: string, score: number): PlateCandidateView => ({
  stayId: `S-${plate}`,
  plate,
  colour: 'blue',
  enteredAtIso: isoAt('08:02:11'),
  laneId: 'entry',
  photoId: `p-${plate}`,
  score,
  dueFen: score * 10,
  parts: [
    { word: 'other', points: 40, args: { at: 7, read: '6', known: '5' } },
    { word: 'colour', points: 15, args: { read: 'blue', known: 'green' } },
  ],
})
async function show(over: Partial<CarView>): Promise<void> {
  lot = new ScriptedLot()
  lot.board = { ...boards.normal, lanes: [lane({ state: 'manual', car: car(over) })] }
  await openPage(lot, '/lane')
}
const asked = () => lot.sent('lane.correctPlate')

beforeEach(() =>
  show({
    manual: 'noStay',
    stayId: null,
    orderId: null,
    plate: '测A12346',
    plateRaw: '测A12346',
    candidates: [candidate('测A12345', 45), candidate('测A12B46', 42)],
  }),
)

it('the board says that it may be one of several, and leads to them', async () => {
  expect(one(test('pick')).textContent).toContain('2 辆车之一')
  await press('pick')
  expect(all('input[name="candidate"]')).toHaveLength(2)
})

it('each with its photo, its entry, its score and what speaks against it', async () => {
  await press('pick')
  const text = one(test('candidates')).textContent
  for (const words of ['测A·12345', '相符 45 分', '08:02:11', '第 7 位 6/5：不相似', '−40'])
    expect(text).toContain(words)
  expect(text).toContain('颜色：现在 蓝牌，入场时 绿牌')
  const photos = lot.argsOf('photo.get')
  expect(photos).toContainEqual({ photoId: 'p-测A12B46' })
})

it('picked, the stay goes with the plate', async () => {
  await press('pick')
  await choose('input[name="candidate"]', 1)
  expect(one(test('do')).textContent.trim()).toBe('改为 测A·12B46')
  await sign('值班员甲')
  expect(asked()[0]?.args).toMatchObject({ plate: '测A12B46', stayId: 'S-测A12B46' })
})

it('typed over, no stay goes with it', async () => {
  await press('pick')
  await choose('input[name="candidate"]', 0)
  await type('input[name="plate"]', '测B88888')
  await sign('值班员甲')
  expect(asked()[0]?.args).toMatchObject({ plate: '测B88888' })
  expect(asked()[0]?.args).not.toHaveProperty('stayId')
})

it('a car of a list that changed meanwhile keeps its place', async () => {
  await press('pick')
  const gone = car({ manual: 'noStay', candidates: [candidate('测A99999', 50)] })
  await showBoard(lot, { ...boards.normal, lanes: [lane({ state: 'manual', car: gone })] })
  expect(one(test('candidates')).textContent).toContain('测A·12345')
})

it('a corrected plate says what was read, and by how much it fits', async () => {
  closePage()
  const match = {
    plateRead: '测A1234S',
    score: 87,
    secondScore: 60,
    scoreMin: 80,
    marginMin: 15,
    parts: [{ word: 'alike', points: 10, args: { at: 7, read: 'S', known: '5' } }],
  } as const
  await show({ plateRaw: '测A1234S', match })
  const text = one(test('corrected')).textContent
  expect(text).toContain(wordOf('match.was', { plate: '测A·1234S', score: 87, scoreMin: 80 }))
  expect(text).toContain('第二名 60 分（须领先 15 分）')
  expect(text).toContain('第 7 位 S/5：极易认混')
})

const unread: PlateCandidateView = {
  ...candidate('', 0),
  stayId: 'S-unread',
  plate: null,
  photoId: 'p-unread',
  parts: [],
}
const seek = async (over: Partial<CarView>): Promise<void> => {
  closePage()
  await show({ manual: 'noStay', stayId: null, orderId: null, ...over })
  await press('correct-plate')
  await settle()
}

it('a car that came in unread stands first, its photo beside the photo of now, and is focused', async () => {
  await seek({
    plate: '测A12346',
    plateRaw: '测A12346',
    candidates: [unread, candidate('测A12345', 45)],
  })
  const [first] = all('.candidate')
  expect(first?.textContent).toContain(wordOf('match.unread'))
  expect(first?.querySelectorAll('.photo')).toHaveLength(2)
  expect(document.activeElement).toBe(all('input[name="candidate"]')[0])
  expect((all('input[name="candidate"]')[0] as HTMLInputElement).checked).toBe(false)
  const photos = lot.argsOf('photo.get')
  expect(photos).toContainEqual({ photoId: 'p-unread' })
  expect(photos).toContainEqual({ photoId: 'p-1' })
})

it.each([
  ['as the exit camera read it', null, '测A12346'],
  ['as a person reads it', '测A12846', '测A12846'],
  ['typed in small letters', '测a12c46', '测A12C46'],
])('picked, it gets the plate %s', async (_name, typed, plate) => {
  await seek({ plate: '测A12346', plateRaw: '测A12346', candidates: [unread] })
  await choose('input[name="candidate"]', 0)
  if (typed !== null) await type('input[name="plate"]', typed)
  expect(one(test('do')).textContent.trim()).toContain('就是这辆')
  await sign('值班员甲')
  expect(asked()[0]?.args).toMatchObject({ plate, unreadStayId: 'S-unread' })
  expect(asked()[0]?.args).not.toHaveProperty('stayId')
})

it('read at neither end, it needs its plate from a person first', async () => {
  await seek({ manual: 'plateNotRead', plate: null, plateRaw: null, candidates: [unread] })
  await choose('input[name="candidate"]', 0)
  await sign('值班员甲')
  expect(asked()).toHaveLength(0)
  await type('input[name="plate"]', '测B00001')
  await submit()
  expect(asked()[0]?.args).toMatchObject({ plate: '测B00001', unreadStayId: 'S-unread' })
})

const pressDigit = async (key: string): Promise<KeyboardEvent> => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  document.activeElement?.dispatchEvent(event)
  await settle()
  return event
}
const pickedNow = () =>
  all('input[name="candidate"]').findIndex((input) => (input as HTMLInputElement).checked)
const two = [unread, candidate('测A12345', 45)]

it.each([
  ['1', 0, '测A12346', { unreadStayId: 'S-unread' }],
  ['2', 1, '测A12345', { stayId: 'S-测A12345' }],
  ['3', -1, null, {}],
  ['0', -1, null, {}],
])('the digit %s picks, and Enter does it: %i', async (key, index, plate, named) => {
  await seek({ plate: '测A12346', plateRaw: '测A12346', candidates: two })
  const { defaultPrevented } = await pressDigit(key)
  expect([pickedNow(), defaultPrevented]).toEqual([index, index >= 0])
  if (plate === null) return
  expect(document.activeElement).toBe(all('input[name="candidate"]')[index])
  // The name is known at a booth, and the reason by the lane: nothing else is asked.
  await type('[name="by"]', '值班员甲')
  await submit()
  expect(asked().map(({ args }) => args)).toMatchObject([{ plate, ...named }])
})

it('a digit picks a car that neither camera read, and its plate is typed next', async () => {
  await seek({ manual: 'plateNotRead', plate: null, plateRaw: null, candidates: [unread] })
  await pressDigit('1')
  expect(document.activeElement).toBe(one('input[name="plate"]'))
})

it('the unread car after another one is not given the plate of that one', async () => {
  await seek({ plate: '测A12346', plateRaw: '测A12346', candidates: two })
  await pressDigit('2')
  await pressDigit('1')
  expect((one('input[name="plate"]') as HTMLInputElement).value).toBe('测A12346')
})

it.each([
  ['what it would owe', 450, ['¥ 4.50']],
  ['that nothing is due', 0, ['¥ 0.00']],
  ['nothing while the clock is in doubt', null, []],
])('a car says %s', async (_what, dueFen, shown) => {
  await seek({ candidates: [{ ...candidate('测A12345', 45), dueFen }] })
  const said = all(test('would-owe')).map((el) => el.textContent.trim())
  expect(said).toEqual(shown.map((amount) => wordOf('match.owes', { amount })))
})
