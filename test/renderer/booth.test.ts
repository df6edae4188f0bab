// The attendant's board (clause 7.1.2): cars beside a booth that need a person, the longest wait first, and one
// press to the lane and its payment dialog. A lane without a booth is not on it; the drawings differ by layout.
import { describe, expect, it } from 'vitest'
import type { LaneView } from '../../firmware-runtime/api/views.ts'
import { laneOf } from '../../firmware-runtime/core/lane/layouts/index.ts'
import { present } from '../../firmware-runtime/core/values/must.ts'
import { boards, car, entryLane, isoAt, lane } from './lane-views.ts'
import { all, named, one, openPage, click } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'

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
