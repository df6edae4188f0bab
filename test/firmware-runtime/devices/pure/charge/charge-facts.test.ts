// Our trade numbers: at most 32 characters of A-Z 0-9, unique across orders, tries and lots.
// Random lots, nodes, orders and tries must never share a number.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outTradeNoOf } from '#devices/pure/charge/charge-facts.ts'

const facts = fc.record({
  lotId: fc.stringMatching(/^[A-Z0-9]{8}$/),
  nodeId: fc.stringMatching(/^[a-z0-9]{4}$/),
  order: fc.integer({ min: 1, max: 2_000_000_000 }),
  attempt: fc.integer({ min: 1, max: 35 }),
  timeBcd: fc.constantFrom('20261120143000', '20261120143001', '20271231235959'),
})

const numberOf = ({ order, ...rest }: { order: number } & Parameters<typeof outTradeNoOf>[0]) =>
  outTradeNoOf({ ...rest, orderId: `${rest.nodeId}-O${order}` })

describe('outTradeNo', () => {
  it('is at most 32 of A-Z 0-9', () => {
    fc.assert(
      fc.property(facts, (f) => {
        expect(numberOf({ ...f, orderId: '' })).toMatch(/^[A-Z0-9]{20,32}$/)
      }),
    )
  })
  it('differs wherever order, try, node or lot differ', () => {
    fc.assert(
      fc.property(facts, facts, (a, b) => {
        const same =
          a.order === b.order &&
          a.attempt === b.attempt &&
          a.nodeId === b.nodeId &&
          a.lotId === b.lotId &&
          a.timeBcd === b.timeBcd
        const [first, second] = [a, b].map((f) => numberOf({ ...f, orderId: '' }))
        expect(first === second).toBe(same)
      }),
    )
  })
  it('of neighbours in one second differ, all of them', () => {
    const made = new Set<string>()
    for (let order = 1; order <= 3000; order++)
      for (let attempt = 1; attempt <= 5; attempt++)
        made.add(
          outTradeNoOf({
            lotId: 'LOT1',
            nodeId: 'gx1',
            orderId: `gx1-O${order}`,
            timeBcd: '20261120143000',
            attempt,
          }),
        )
    expect(made.size).toBe(15_000)
  })
})
