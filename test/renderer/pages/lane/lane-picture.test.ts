// Where the drawing puts the car and the boom: only where loops and switches confirm it.
// An unknown state is drawn as unknown, never as closed.
import { describe, expect, it } from 'vitest'
import type { LaneView } from '#lane/calls/views.ts'
import { present } from '#base/pure/values/must.ts'
import { boomPicture, carPicture, type CarPicture } from '#renderer/pages/lane/lane-picture.ts'
import { toy } from '../../../firmware-runtime/lane/pure/layouts/toy-layout.ts'
import { boards, car, device, lane } from './lane-views.ts'
import { all, one, openPage } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

type Loop = LaneView['barrier']['arrive']
const at = (arrive: Loop, under: Loop, hasCar = true): LaneView =>
  lane({ barrier: { position: 'closed', arrive, under }, car: hasCar ? car() : null })
const away: CarPicture = { place: 'away', assumed: false }

describe('the car', () => {
  it('follows one passage from loop to loop and out', () => {
    const seen: string[] = []
    let picture = away
    for (const [arrive, under, here] of [
      ['off', 'off', false],
      ['on', 'off', true],
      ['on', 'on', true],
      ['off', 'on', true],
      ['off', 'off', false],
      ['off', 'off', false],
      ['on', 'off', true],
    ] as const) {
      picture = carPicture(picture, at(arrive, under, here))
      seen.push(picture.place)
    }
    expect(seen).toEqual(['away', 'arrive', 'both', 'under', 'left', 'left', 'arrive'])
  })

  it.each<[Loop, Loop]>([
    ['off', 'off'],
    ['unknown', 'off'],
    ['unknown', 'unknown'],
  ])('with loops %s and %s is only assumed to be where it was', (arrive, under) => {
    expect(carPicture({ place: 'under', assumed: false }, at(arrive, under))).toEqual({
      place: 'under',
      assumed: true,
    })
    expect(carPicture(away, at(arrive, under)).assumed).toBe(true)
  })

  it('is not drawn where there is none and no loop says otherwise', () => {
    expect(carPicture(away, at('unknown', 'unknown', false)).place).toBe('away')
  })
})

describe('the boom', () => {
  it.each([
    ['closed', 0],
    ['open', 85],
    ['heldOpen', 85],
  ])('%s lies at %i degrees', (position, angle) => {
    expect(boomPicture(position)).toEqual({ angle, tone: 'still' })
  })

  it.each(['unknown', 'fault', '', 'toString', 'newWord'])('%j has no angle', (position) => {
    expect(boomPicture(position).angle).toBeNull()
  })
})

it('draws the antenna behind the barrier and its zone over the trigger loop, as row D.2 asks for', async () => {
  const lot = new ScriptedLot()
  lot.board = { ...boards.normal, lanes: [lane()] }
  const app = await openPage(lot, '/lane')
  const numberOf = (selector: string, name: string): number =>
    Number(one(`.side ${selector}`).getAttribute(name))
  const boom = numberOf('.boom .box', 'x')
  expect(numberOf('g:not(.boom) > .box', 'x')).toBeGreaterThan(boom)
  const cone = one('.side .cone').getAttribute('points')?.split(' ') ?? []
  const [, near = 0, far = 0] = cone.map((point) => Number(point.split(',')[0]))
  const loop = numberOf('.loop', 'x')
  const loopEnd = loop + numberOf('.loop', 'width')
  expect([near <= loop, loopEnd <= far, far < boom]).toEqual([true, true, true])
  app.unmount()
})

describe('a lane of another layout', () => {
  const xsOf = (selector: string): (string | null)[] =>
    all(`.side ${selector}`).map((part) => part.getAttribute('x'))
  const opened = async (way: 'entry' | 'exit') => {
    const { picture, steps } = present(toy[way], `the toy has an ${way}`)
    const lot = new ScriptedLot()
    const idle = steps.map((step) => ({ step, state: 'idle', ms: null, reason: '' }) as const)
    const devices = { ...lane().devices, rsu: device({ state: 'off' }) }
    const barrier = { position: 'closed', arrive: 'on', under: 'unknown' } as const
    const one = lane({ picture, steps: idle, devices, barrier, car: car() })
    lot.board = { ...boards.normal, lanes: [one] }
    return openPage(lot, '/lane')
  }

  it('is drawn of its own parts, at their own places, with its own steps', async () => {
    const app = await opened('exit')
    expect([xsOf('.loop'), xsOf('.boom .box'), all('.cone')]).toEqual([['266', '466'], ['118'], []])
    expect(one('.side .car').style.transform).toBe('translateX(520px)')
    expect(all('.step')).toHaveLength(3)
    app.unmount()
  })

  it('is told without what it has not: no loop below the boom, no OBU, no price', async () => {
    const app = await opened('entry')
    expect(one('.drawing').getAttribute('aria-label')).toBe('出口 1：道闸关，触发地感有车')
    expect([xsOf('.loop'), all('.car .money'), all('.car .etc')]).toEqual([['46'], [], []])
    app.unmount()
  })
})
