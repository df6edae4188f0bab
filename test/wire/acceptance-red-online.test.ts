// As acceptance-red-card.test.ts, at a lot that charges online: the items that only it has, and those that a charge shows there too.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { plantOf, RedLot } from './kit/red-lot.ts'

const red = new RedLot('online')
beforeAll(() => red.open())
afterAll(() => red.lot.close())

it.each(['E4', 'F4', 'F5', 'F6', 'G5', 'G10', 'G12', 'I1', 'I6', 'I8'] as const)(
  '%s fails by its planted fault, and not without it',
  async (id) => {
    const { verdict, simulated, failed, red: seen } = await red.redThenGreen(id)
    const { turns, isPart } = plantOf(id)
    expect({ verdict, simulated, failed, turned: seen?.assertion }).toEqual({
      verdict: isPart === true ? expect.stringMatching(/^(?:pass|incomplete)$/) : 'pass',
      simulated: true,
      failed: [],
      turned: turns,
    })
  },
)
