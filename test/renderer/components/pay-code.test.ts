// The code with which a waiting driver may pay, on the lane board of a scripted lot.
// The drawn code is read back module by module, like a phone reads it.
import { beforeEach, expect, it } from 'vitest'
import { boards, car, lane } from '../pages/lane/lane-views.ts'
import { all, named as test, one, openPage, wordOf, showBoard } from '../kit/page.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'

let lot: ScriptedLot
beforeEach(async () => {
  lot = new ScriptedLot()
  await openPage(lot, '/lane')
})

it('draws the code by which its car may pay, dark on white with room around it', async () => {
  const payCode = { text: 'https://pay.invalid/q/GX1-n1-O2-tosfe0P1', amountFen: 500 }
  const waits = { state: 'manual', car: car({ manual: 'obuNotRead' }) }
  await showBoard(lot, { ...boards.normal, lanes: [lane({ ...waits, payCode })] })
  const drawn = one(test('pay-code'))
  expect(drawn.textContent).toContain(wordOf('car.scan', { amount: '¥ 5.00' }))
  const size = Number(
    one(`${test('pay-code')} svg`)
      .getAttribute('viewBox')
      ?.split(' ')[2],
  )
  const path = one(`${test('pay-code')} path`).getAttribute('d') ?? ''
  const dark = new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`))
  // Three corners have the 7 x 7 ring with its 3 x 3 centre; the fourth corner and the margin have none.
  const rings = [0, size - 15].flatMap((y) => [0, size - 15].map((x) => [x + 4, y + 4] as const))
  const row = (x: number, y: number) =>
    Array.from({ length: 7 }, (_, i) => (dark.has(`${x + i} ${y}`) ? '#' : '.')).join('')
  const heart = ({ 0: x, 1: y }: readonly [number, number]) => [row(x, y), row(x, y + 3)]
  const found = rings.map(heart)
  expect(found.slice(0, 3)).toEqual(Array(3).fill(['#######', '#.###.#']))
  expect(found[3]).not.toEqual(found[0])
  expect([...dark].every((at) => at.split(' ').every((n) => +n >= 4 && +n < size - 4))).toBe(true)
  await showBoard(lot, { ...boards.normal, lanes: [lane(waits)] })
  expect(all(test('pay-code'))).toHaveLength(0)
})
