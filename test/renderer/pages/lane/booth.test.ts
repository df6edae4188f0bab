// The attendant's board (clause 7.1.2): cars beside a booth that need a person, the longest wait first, and one
// press to the lane and its payment dialog. A lane without a booth is not on it; the drawings differ by layout.
import { describe, expect, it } from 'vitest'
import type { LaneView, PassageView } from '#lane/calls/views.ts'
import { laneOf } from '#lane/pure/layouts/index.ts'
import { present } from '#base/pure/values/must.ts'
import { boards, car, entryLane, isoAt, lane } from './lane-views.ts'
import { dayView } from '../day/day-view.ts'
import { all, named, one, openPage, click, showBoard, wordOf } from '../../kit/page.ts'
import { ScriptedLot, seatOf } from '../../kit/scripted-lot.ts'

const pictureOf = (layout: string, way: 'entry' | 'exit') =>
  present(laneOf(layout, way), `${layout} has an ${way}`).picture
const waitingAt = (time: string, over: Partial<LaneView> = {}): LaneView =>
  lane({
    state: 'manual',
    booth: true,
    layout: '7.1.2',
    picture: pictureOf('7.1.2', 'exit'),
    car: car({ manual: 'insufficient', sinceIso: isoAt(time) }),
    ...over,
  })

async function opened(lanes: readonly LaneView[]) {
  const lot = new ScriptedLot()
  lot.board = { ...boards.normal, lanes }
  return openPage(lot, '/lane')
}

describe('the attendant sees', () => {
  it('every car beside the booth that waits, the longest first, and no other', async () => {
    const app = await opened([
      entryLane({ booth: true }),
      waitingAt('10:15:06'),
      waitingAt('10:14:01', { laneId: 'exit-2', name: { zh: '出口 2', en: 'Exit 2' } }),
      lane({ laneId: 'exit-3', state: 'manual', car: car({ manual: 'noStay' }) }),
    ])
    const rows = all('.booth .row').map((row) => row.textContent.replaceAll(/\s+/g, ' ').trim())
    expect(rows).toHaveLength(2)
    expect(rows[0]).toContain('出口 2')
    expect(rows[0]).toContain('¥ 12.00')
    expect(rows[1]).toContain('出口 1')
    app.unmount()
  })

  it('its lane and the means to pay after one press', async () => {
    const second = { laneId: 'exit-2', name: { zh: '出口 2', en: 'Exit 2' } }
    const app = await opened([
      waitingAt('10:15:06', { booth: true }),
      waitingAt('10:14:01', second),
    ])
    expect(one('.main h2').textContent).toBe('出口 1')
    await click(one(`${named('booth-exit-2')} button`))
    expect(one('.main h2').textContent).toBe('出口 2')
    expect(all('form.act')).toHaveLength(1)
    app.unmount()
  })

  it('nothing while nobody waits', async () => {
    const app = await opened([entryLane({ booth: true }), lane({ booth: true })])
    expect(all('section.booth')).toEqual([])
    app.unmount()
  })
})

describe('the drawing', () => {
  const drawn = async (layout: string, way: 'entry' | 'exit') => {
    const app = await opened([lane({ direction: way, layout, picture: pictureOf(layout, way) })])
    const counts = [all('g.booth').length, all('g.neighbour').length]
    const post = one('.plan .boom .box').getAttribute('y')
    const said = all('g.neighbour text').map((el) => el.textContent.trim())
    app.unmount()
    return { counts, post, said }
  }
  it.each([
    // Side view and top view.
    ['7.1.1', 'exit', { counts: [0, 0], post: '232', said: [] }],
    ['7.1.2', 'exit', { counts: [2, 0], post: '152', said: [] }],
    ['7.1.4', 'exit', { counts: [0, 1], post: '232', said: ['相邻入口车道'] }],
    ['7.1.4', 'entry', { counts: [0, 1], post: '232', said: ['相邻出口车道'] }],
    ['7.1.5', 'exit', { counts: [0, 0], post: '232', said: [] }],
  ] as const)('of %s, its %s, is its own', async (layout, way, expected) => {
    expect(await drawn(layout, way)).toEqual(expected)
  })
})

describe('while a lane is empty, its last car', () => {
  const left = (over: Partial<PassageView>): PassageView => ({
    ...present(boards.normal.last[0], 'a passage'),
    ...over,
  })
  const shown = () => ({
    plate: one(named('last-plate')).textContent,
    amount: all(named('last-amount')).map((el) => el.textContent.trim()),
    end: one(named('last-end')).className,
  })
  const paid = left({
    laneId: 'exit',
    plate: '测A00001',
    end: 'etc',
    amountFen: 900,
    takenFen: 900,
  })
  const later = left({ laneId: 'exit', plate: '测A00002', end: 'later', takenFen: 0 })
  const free = { amountFen: 0, takenFen: 0 }
  const entered = left({
    laneId: 'entry',
    plate: '测A00003',
    end: 'entry',
    photoId: 'in-3',
    ...free,
  })
  const unseen = { plate: null, photoId: null }
  const byHand = left({ laneId: 'exit', end: 'emergency', ...unseen, ...free })

  async function openWith(last: readonly PassageView[], lanes: readonly LaneView[]) {
    const lot = new ScriptedLot()
    lot.board = { ...boards.normal, lanes, last }
    await openPage(lot, '/lane')
    return lot
  }

  it.each([
    ['at the exit, paid', [entered, paid], lane(), '测A·00001', ['¥ 9.00'], 'ok'],
    ['at the exit, to be collected', [later, paid], lane(), '测A·00002', ['¥ 0.00'], 'warn'],
    ['at the exit, let out by hand', [byHand, paid], lane(), '未识别', [], 'bad'],
    ['at the entry', [paid, entered], entryLane(), '测A·00003', [], 'ok'],
  ] as const)('%s, stays with what came of it', async (_where, last, at, plate, amount, end) => {
    const lot = await openWith(last, [at])
    expect(shown()).toEqual({ plate, amount, end })
    const [{ photoId } = { photoId: '' }] = last.filter(({ laneId }) => laneId === at.laneId)
    expect(lot.argsOf('photo.get')).toEqual(photoId === null ? [] : [{ photoId }])
  })

  it('goes when the next one comes, and comes back with that one', async () => {
    const lot = await openWith([paid], [lane()])
    await showBoard(lot, { ...boards.normal, last: [paid], lanes: [lane({ car: car() })] })
    expect(all(named('last-plate'))).toEqual([])
    await showBoard(lot, { ...boards.normal, last: [later, paid], lanes: [lane()] })
    expect(shown().plate).toBe('测A·00002')
  })

  it('of a lane that no car has left is none', async () => {
    await openWith([entered], [lane()])
    expect(all(named('last-plate'))).toEqual([])
    expect(one('section.car h2').textContent).toBe(wordOf('car.none'))
  })
})

describe('the line over the lanes', () => {
  const strip = async (change: (lot: ScriptedLot) => void, lanes = boards.normal.lanes) => {
    const lot = new ScriptedLot()
    lot.board = { ...boards.normal, lanes }
    change(lot)
    await openPage(lot, '/lane')
    return Object.fromEntries(
      all(`${named('strip')} [data-test]`).map((el) => [
        (el.dataset['test'] ?? '').replace('strip-', ''),
        el.textContent.trim(),
      ]),
    )
  }

  it.each([
    ['of an attendant is of the own shift', true, 'strip.shift'],
    ['of an owner is of the day', undefined, 'strip.day'],
  ] as const)('%s', async (_whose, isOwnShift, key) => {
    const day = { ...dayView, isOwnShift } as typeof dayView
    const { shift } = await strip((lot) => lot.answers('day.get', day))
    expect(shift).toBe(wordOf(key, { cash: '¥ 75.00', other: '¥ 1077.00' }))
  })

  it('has no sums for who may not read them', async () => {
    const seen = await strip((lot) => {
      lot.seat = seatOf('installer')
    })
    expect(Object.keys(seen)).not.toContain('shift')
    expect(seen).toMatchObject({ free: wordOf('strip.free', { free: 40, capacity: 74 }) })
  })

  it.each([
    ['nobody waits', [lane(), entryLane()], 0],
    ['one waits', [waitingAt('10:15:06'), entryLane()], 1],
    [
      'one cannot get out, though it paid',
      [waitingAt('10:15:06'), lane({ car: car({ notOpenedSinceIso: isoAt('10:15:09') }) })],
      2,
    ],
  ] as const)('counts the cars that wait: %s', async (_who, lanes, count) => {
    expect(await strip(() => undefined, lanes)).toMatchObject({
      waiting: wordOf('strip.waiting', { count }),
    })
  })
})
