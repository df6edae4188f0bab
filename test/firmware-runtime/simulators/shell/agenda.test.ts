// The pending actions of a model: in order of time, then of creation, whatever was cancelled in between.
// Many more are cancelled than run, as with cars that leave long before their time is over.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Agenda, cancel } from '#simulators/shell/agenda.ts'

it('runs what was not cancelled, by time and then by making', () => {
  const plans = fc.array(
    fc.record({ atUs: fc.nat(40), isCancelled: fc.nat(4).map((n) => n > 0), stepUs: fc.nat(3) }),
    { minLength: 200, maxLength: 600, size: 'max' },
  )
  fc.assert(
    fc.property(plans, (rows) => {
      const agenda = new Agenda()
      const seen: string[] = []
      const expected: { atUs: number; n: number }[] = []
      let nowUs = 0
      for (const [n, { atUs, isCancelled, stepUs }] of rows.entries()) {
        const planned = agenda.plan(atUs, () => seen.push(`${agenda.nowUs} ${n}`))
        if (isCancelled) cancel(planned)
        else expected.push({ atUs: nowUs + atUs, n })
        // Time stands still over the first half, so that many wait at once.
        if (n > rows.length / 2) nowUs += stepUs
        agenda.runUntil(nowUs)
      }
      agenda.runUntil(nowUs + 100)
      expect(agenda.nextDueUs()).toBeNull()
      const inOrder = expected.toSorted((a, b) => a.atUs - b.atUs || a.n - b.n)
      expect(seen).toEqual(inOrder.map(({ atUs, n }) => `${atUs} ${n}`))
    }),
    { numRuns: 30 },
  )
})
