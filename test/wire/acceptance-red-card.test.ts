// Each item that a car, a refund or a drawer shows is red by its own planted fault and green without it, at a lot that charges by
// card: the program plants at its simulated platforms, and the assertion that fails is the one that the plant names.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { plantOf, RedLot } from './kit/red-lot.ts'

const red = new RedLot('card')
beforeAll(() => red.open())
afterAll(() => red.lot.close())

it.each([
  ...(['E3', 'E4', 'F2', 'F6', 'G1', 'G3', 'G4', 'G5', 'G7', 'G9', 'G10', 'G12', 'G14'] as const),
  ...(['I1', 'I3', 'I4', 'I5', 'I6', 'I8'] as const),
])('%s fails by its planted fault, and not without it', async (id) => {
  const { verdict, simulated, failed, red: seen } = await red.redThenGreen(id)
  const { turns, isPart } = plantOf(id)
  expect({ verdict, simulated, failed, turned: seen?.assertion }).toEqual({
    verdict: isPart === true ? expect.stringMatching(/^(?:pass|incomplete)$/) : 'pass',
    simulated: true,
    failed: [],
    turned: turns,
  })
})
