// A lane that stood still with a car in it, in virtual time: a charge, a payment or an opening that had no answer. It is asked
// about, nothing is charged twice, and the boom opens once. Both kinds of clock, and answers that wait in the socket or are lost.
import { describe, expect, it } from 'vitest'
import { standardPayTimes } from '#money/pure/pay/times.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import { StandingProcess, type Standing } from '../../../kit/standing-process.ts'
import { violationsOf } from '../pure/lot/violations.ts'
import { newCard } from './late-scene.ts'
import {
  carAtExit,
  heldFen,
  judge,
  leave,
  minuteUs,
  paidFen,
  rowsOf,
  runMs,
  waitForCode,
  type World,
} from './pay-lot.ts'

/** A stopped process, a night of a laptop, and a pause that is just told; with both kinds of clock. */
const stands: readonly (readonly [number, Standing])[] = [
  [20_000, 'counts'],
  [600_000, 'counts'],
  [600_000, 'stops'],
  [10_000, 'stops'],
  [8 * 3_600_000, 'stops'],
]

function begun(mode: 'card' | 'online') {
  const time = new VirtualTime()
  const process = new StandingProcess(time)
  const world = carAtExit(mode, time, process)
  return { world, process }
}
/** Up to the moment in which that became true. */
const until = ({ time }: World, is: () => boolean): void =>
  expect(time.runTo(time.nowUs + minuteUs, is)).toBe(true)

describe.each(stands)('%i ms, its clock %s', (ms, clock) => {
  it.each(['waits in the socket', 'is lost'] as const)(
    'a card was sent its debit, and the answer %s',
    (answer) => {
      const { world, process } = begun('card')
      const { antenna, opens, ledger, runtime } = world
      const card = newCard(1)
      antenna.losesB5 = answer === 'is lost'
      antenna.put(card)
      until(world, () => rowsOf(world, 'armed').length > 0)
      process.stand(ms, clock)
      expect(card.debits).toHaveLength(1)
      runMs(world, 20_000)
      // It stands there still and is read again: what was debited is found on its card.
      antenna.put(card)
      runMs(world, 60_000)
      expect([card.debits.length, opens.length]).toEqual([1, 1])
      leave(world)
      runMs(world, 60_000)
      expect(
        rowsOf(world, 'outcome')
          .map(({ body }) => body.state)
          .at(-1),
      ).toBe('paid')
      expect([runtime.lot.unsettled.size, violationsOf(ledger.list)]).toEqual([0, []])
    },
  )

  it.each(['none', 'answers', 'requests'] as const)(
    'the platform was asked to charge, and what is lost is: %s',
    (silence) => {
      const { world, process } = begun('online')
      const { antenna, opens, platform, ledger } = world
      platform.silence = silence
      antenna.put(newCard(1))
      until(world, () => rowsOf(world, 'outbox').length > 0)
      process.stand(ms, clock)
      expect(opens.length).toBeLessThanOrEqual(silence === 'none' ? 1 : 0)
      platform.silence = 'none'
      runMs(world, 120_000)
      const [charged] = platform.charges.values()
      expect([platform.charges.size, opens.length]).toEqual([1, 1])
      leave(world)
      runMs(world, 600_000)
      const paid = rowsOf(world, 'payment').map(({ amountFen }) => amountFen)
      expect(paid).toEqual([charged?.amountFen])
      expect(violationsOf(ledger.list)).toEqual([])
    },
  )

  it.each(['paid', 'left alone'] as const)('a code is shown, and it is %s meanwhile', (fate) => {
    const { world, process } = begun('card')
    const { gateway, opens, time } = world
    const { text, amountFen } = waitForCode(world)
    if (fate === 'paid') time.clock.after(ms / 2, () => void gateway.scan(text))
    process.stand(ms, clock)
    runMs(world, 20_000)
    expect(opens.length).toBe(gateway.keptFen > 0 ? 1 : 0)
    // A code that ran out meanwhile is no longer taken by the gateway, and the lane renews it as by its own clock.
    if (opens.length === 0) {
      runMs(world, standardPayTimes.offerShownMs)
      expect(gateway.scan(waitForCode(world).text)).toBe(true)
      runMs(world, 20_000)
    }
    expect([opens.length, paidFen(world)]).toEqual([1, amountFen])
    leave(world)
    judge(world)
    expect(heldFen(world)).toBe(amountFen)
  })

  it('a payment code was read, and the answer of the gateway is lost', () => {
    const { world, process } = begun('card')
    const { gateway, opens, runtime } = world
    waitForCode(world)
    gateway.faults.add({ at: 'POST /v1/charges', when: 'after', do: 'drop' })
    runtime.payments?.scanned('exit', '134567890123456789')
    process.stand(ms, clock)
    runMs(world, 60_000)
    const { length } = opens
    if (length > 0) leave(world)
    judge(world)
    expect(opens.length).toBe(length)
    expect(paidFen(world)).toBe(heldFen(world))
    expect(rowsOf(world, 'payment').length).toBeLessThanOrEqual(1)
  })

  it('the boom was told to open: it is told once, and its car leaves once', () => {
    const { world, process } = begun('card')
    const { antenna, opens, ledger, runtime } = world
    antenna.put(newCard(1))
    until(world, () => opens.length > 0)
    process.stand(ms, clock)
    runMs(world, 60_000)
    expect(opens).toHaveLength(1)
    leave(world)
    runMs(world, 60_000)
    expect([opens.length, runtime.lot.stays.size, violationsOf(ledger.list)]).toEqual([1, 0, []])
  })
})
