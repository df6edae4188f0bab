// The page of spaces: drawn along their streets or as a list, with what their watchers say and the cars that stand there;
// and the word of a person that a camera that was doubted sees its spaces again.
import { describe, expect, it, vi } from 'vitest'
import type { SpaceRow } from '#lane/calls/sensors-views.ts'
import { done, eachOn, lastOf, sign } from '../../kit/acts-kit.ts'
import { headOfJpeg } from '../../../firmware-runtime/base/pure/values/photo-kit.ts'
import {
  all,
  dropOn,
  hit,
  named,
  one,
  press,
  settle,
  showBoard,
  textOf,
  type,
  wordOf,
} from '../../kit/page.ts'
import { lane, status } from '../lane/lane-views.ts'
import { evidence, longStreets, spaceRows } from './spaces-view.ts'
import { timeline } from '../timeline/timeline-view.ts'

const lot = eachOn('/spaces')
const has = async (rows: readonly SpaceRow[]): Promise<void> => {
  lot().answers('spaces.list', { rows })
  await hit('F5')
}
const tile = (spaceId: string): HTMLElement => one(named(`tile-${spaceId}`))
const focused = (): string | undefined =>
  (document.activeElement as HTMLElement | null)?.dataset['space']
async function walk(key: string): Promise<void> {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  await settle()
}

describe('the list', () => {
  it('says of each space its state, its car, its last look and its watcher', async () => {
    await press('view-list')
    expect(textOf('space-A01')).toContain('测A·12345')
    expect(textOf('space-A01')).toContain('¥ 3.00')
    expect(textOf('space-A02')).toContain(wordOf('spaces.doubt.turned'))
    expect(textOf('space-A03')).toContain(wordOf('spaces.never'))
    expect(textOf('space-A03')).toContain(`${wordOf('spaces.sensor')} mag`)
  })

  it('takes the word of an installer for a doubted camera, and for no other watcher', async () => {
    await press('view-list')
    lot().replies.set('spaces.trust', done)
    expect(all('[data-test^="trust-"]').map((row) => row.dataset['test'])).toEqual(['trust-A02'])
    await press('trust-A02')
    await sign()
    expect(lastOf(lot(), 'spaces.trust')).toMatchObject({ sourceId: 'road', by: '店主' })
  })
})

describe('the streets', () => {
  it('have a tile for each space, in order, with state, car, time and amount in words', async () => {
    const [car, doubted, never] = spaceRows as readonly [SpaceRow, SpaceRow, SpaceRow]
    const over = { ...car, spaceId: 'B01', street: '南侧' }
    await has([
      { ...car, state: 'free', stay: null },
      doubted,
      never,
      { ...over, stay: car.stay && { ...car.stay, plate: null, dueFen: null, overIso: '2026' } },
    ])
    expect(all('.tile').map(({ innerText }) => innerText.replaceAll(/\s+/g, ''))).toEqual([
      'A01□空闲',
      'A02?未知转动',
      'A03?未知',
      'B01▲超时未识别2小时15分',
    ])
    expect(all('section h2').map(({ innerText }) => innerText.trim())).toEqual([
      '民族大道 3 个泊位',
      '南侧 1 个泊位',
    ])
    expect(textOf('counts')).toContain('□ 空闲 1')
    expect(textOf('counts')).toContain('▲ 超时 1')
    expect(textOf('counts')).toContain('? 未知 2')
  })

  it('open the row of a space beside them, and its act', async () => {
    await press('tile-A02')
    expect(tile('A02').getAttribute('aria-pressed')).toBe('true')
    expect(textOf('thing')).toContain(wordOf('spaces.doubt.turned'))
    expect(all(`${named('thing')} ${named('trust-A02')}`)).toHaveLength(1)
    await press('close-thing')
    expect(all(named('thing'))).toEqual([])
  })

  it('show what the stay of a space rests on, and what is missing', async () => {
    lot().answers('ledger.timeline', { ...timeline, evidence })
    await press('tile-A01')
    expect(lot().argsOf('ledger.timeline')).toEqual([{ stayId: 'n1-S9' }])
    expect(textOf('reading')).toContain('22.817000, 108.366000 ±3.0 m')
    expect(textOf('missing')).toContain('没有离开照片')
    expect(lot().argsOf('photo.get')).toEqual([{ photoId: 'p-in' }])
  })

  it('find a plate or a space', async () => {
    await type('[name="search"]', 'a12345')
    expect(all('.tile').map(({ dataset }) => dataset['space'])).toEqual(['A01'])
    await type('[name="search"]', 'A03')
    expect(all('.tile').map(({ dataset }) => dataset['space'])).toEqual(['A03'])
  })

  it('are walked by arrow keys, and one tile is reached by Tab', async () => {
    expect(all('.tile[tabindex="0"]').map(({ dataset }) => dataset['space'])).toEqual(['A01'])
    tile('A01').focus()
    await walk('ArrowRight')
    expect(focused()).toBe('A02')
    await walk('End')
    expect(focused()).toBe('A03')
    await walk('ArrowRight')
    expect(focused()).toBe('A03')
    await walk('Home')
    await walk('ArrowLeft')
    expect(focused()).toBe('A01')
    expect(all('.tile[tabindex="0"]')).toHaveLength(1)
  })

  it('say that there are no spaces, and keep the last ones while a reading fails', async () => {
    lot().refuses('spaces.list', 'RUN-05')
    await hit('F5')
    expect(all('.tile')).toHaveLength(3)
    expect(document.body.innerText).toContain('RUN-05')
    await has([])
    expect(document.body.innerText).toContain('没有泊位')
  })
})

describe('two thousand spaces', () => {
  it('draw again only the tiles that changed', async () => {
    const rows = longStreets(10, 200)
    await has(rows)
    expect(all('.tile')).toHaveLength(2_000)
    const changed: Node[] = []
    const watch = new MutationObserver((found) =>
      changed.push(...found.map(({ target }) => target)),
    )
    const options = { subtree: true, childList: true, characterData: true, attributes: true }
    watch.observe(one(named('streets')), options)
    await has([...rows])
    await settle()
    expect(changed).toEqual([])
    const first = rows.findIndex(({ state }) => state === 'free')
    await has(rows.map((row, i) => (i === first ? { ...row, state: 'occupied' } : row)))
    await settle()
    watch.disconnect()
    const tileOf = (node: Node): string | undefined =>
      (node instanceof HTMLElement ? node : node.parentElement)?.closest<HTMLElement>('.tile')
        ?.dataset['space']
    expect(new Set(changed.map(tileOf))).toEqual(new Set([rows[first]?.spaceId]))
  })
})

it('is linked in a lot that has spaces, and in no other', async () => {
  const links = (): readonly (string | null)[] =>
    all('.nav a').map((link) => link.getAttribute('href'))
  const { status } = lot().board
  expect(links()).not.toContain('/spaces')
  await showBoard(lot(), { ...lot().board, status: { ...status, spaces: 0 } })
  expect(links()).not.toContain('/spaces')
  await showBoard(lot(), { ...lot().board, status: { ...status, spaces: 3 } })
  expect(links()).toContain('/spaces')
})

describe('a car is read at its space by a handheld', () => {
  const handhelds = [
    lane({ laneId: 'handheld', name: { zh: '手持机', en: 'Handheld' }, place: 'handheld' }),
    lane({ laneId: 'gantry', name: { zh: '门架', en: 'Gantry' } }),
  ]
  const [car] = spaceRows as readonly [SpaceRow]

  it('that is chosen, with the plate that is known', async () => {
    await showBoard(lot(), { status: status(), lanes: handhelds, last: [] })
    lot().replies.set('place.record', done)
    await has([{ ...car, stay: car.stay && { ...car.stay, isRead: false } }])
    await press('view-list')
    await press('read-A01')
    await sign()
    expect(lastOf(lot(), 'place.record')).toMatchObject({
      spaceId: 'A01',
      laneId: 'handheld',
      plate: car.stay?.plate,
      by: '店主',
    })
  })

  it('with a photo of the car, which goes over before the record and is shown small', async () => {
    vi.stubGlobal('createImageBitmap', () =>
      Promise.resolve({ width: 640, height: 480, close: () => undefined }),
    )
    const pen = { fillRect: () => undefined, drawImage: () => undefined }
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(pen as never)
    vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((got) =>
      got(new Blob([headOfJpeg(640, 480)])),
    )
    await showBoard(lot(), { status: status(), lanes: handhelds, last: [] })
    lot().replies.set('place.record', done)
    await has([{ ...car, stay: car.stay && { ...car.stay, isRead: false } }])
    await press('view-list')
    await press('read-A01')
    await dropOn('photo-drop', [new File(['no picture'], 'car.jpg', { type: 'image/jpeg' })])
    await settle()
    expect(textOf('photo-refused')).toContain('ARG-01')
    await dropOn('photo-drop', [new File([headOfJpeg(640, 480)], 'car.jpg')])
    for (let i = 0; i < 4; i++) await settle()
    expect(all(`${named('photo-drop')} img`)).toHaveLength(1)
    await sign()
    for (let i = 0; i < 4; i++) await settle()
    const [record] = lot().argsOf('place.record')
    expect(record).toMatchObject({ spaceId: 'A01', photoDraft: record?.['commandId'] })
    expect(
      lot()
        .argsOf('photo.hold')
        .map(({ draftId }) => draftId),
    ).toEqual([record?.['commandId']])
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  it.each([
    ['it was read', { ...car, stay: car.stay && { ...car.stay, isRead: true } }, handhelds],
    ['no car is known there', { ...car, stay: null }, handhelds],
    ['the lot has no handheld', { ...car, stay: car.stay && { ...car.stay, isRead: false } }, []],
  ])('and is not offered where %s', async (_why, row, lanes) => {
    await showBoard(lot(), { status: status(), lanes, last: [] })
    await has([row])
    await press('view-list')
    expect(all('[data-test^="read-"]')).toEqual([])
  })
})
