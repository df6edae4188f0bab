// Results of the RSU simulator that do not fit their C6, and TACs without counters, against driver and settlement: what the
// card shows is booked.
import { describe, expect, it } from 'vitest'
import { rsuVariants } from '#simulators/rsu/dialect.ts'
import { fault, Site } from './simulator-site.ts'

describe.each(rsuVariants.map((id) => ({ id })))(
  '$id: a result that does not fit its C6',
  ({ id }) => {
    const debitOf = (site: Site): string | undefined => site.charged()[0]?.tac

    it('an hour old, and the purse shows the debit: paid, with an alarm', () => {
      const site = new Site(id, { knobs: { resultAgeSec: 3600 } }).start().run(40_000)
      expect(site.alarms).toEqual(['resultTime'])
      expect(site.settled).toEqual({ paid: true, source: 'b5', tac: debitOf(site) })
    })

    it('an hour old, of a credit card: its own record decides', () => {
      const knobs = { resultAgeSec: 3600 }
      const site = new Site(id, { knobs }, { cardType: 23 }).start().run(40_000)
      expect(site.alarms).toEqual(['resultTime'])
      expect(site.settled).toMatchObject({ paid: true })
      expect(site.settled?.source).not.toBe('b5')
      expect(site.charged()).toHaveLength(1)
    })

    it('the card was never debited: not paid, whatever the antenna says', () => {
      const site = new Site(id, { knobs: { debitsNothing: true } }).start().run(40_000)
      expect(site.alarms).toEqual(['resultPurse'])
      expect(site.settled).toEqual({ paid: false, source: 'evidence', tac: null })
      expect(site.charged()).toEqual([])
    })

    it('the purse lost 5,000 for a C6 of 500: paid with what it lost, and its TAC', () => {
      const site = new Site(id, { knobs: { debitsFen: 5000 } }).start().run(40_000)
      expect(site.alarms).toEqual(['resultPurse'])
      const { settled } = site
      expect(settled).toEqual({
        paid: true,
        source: 'evidence',
        takenFen: 5000,
        tac: debitOf(site),
      })
      expect(site.charged()).toMatchObject([{ amountFen: 5000 }])
    })
  },
)

describe('generic-ver', () => {
  const lostB5 = { at: 'B5', when: 'after', do: 'silence', ms: 3000 }
  const proof = (site: Site): unknown => site.proof

  it('a TAC that C8 recovered has the counter after that of the debit before', () => {
    const site = new Site('generic-ver').start().run(2_000)
    site.again()
    fault(site, lostB5).run(20_000)
    const [, second] = site.charged()
    expect(site.settled).toEqual({ paid: true, source: 'proof', tac: second?.tac })
    expect(proof(site)).toMatchObject({
      psamSerial: second?.psamSerial,
      psamTerminal: second?.psamTerminal,
      psamSerialCounted: true,
      cardSerial: null,
    })
  })

  it('of the first debit since the start nobody knows the counters', () => {
    const site = fault(new Site('generic-ver'), lostB5).start().run(20_000)
    expect(site.settled).toMatchObject({ paid: true, source: 'proof' })
    expect(proof(site)).toMatchObject({ psamSerial: null, cardSerial: null })
  })
})
