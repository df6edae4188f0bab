// Seeded mutation of whole transactions against the driver of every antenna variant: no C6 is sent without a
// request, no payment is reported without one, state stays bounded, and the next car can pay.
import { expect, it } from 'vitest'
import { stepRsuDriver, type RsuDriverState } from '#devices/pure/rsu/driver.ts'
import { rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { Bench } from '../firmware-runtime/devices/pure/rsu/driver-bench.ts'
import { mutant, seeded } from './mutator.ts'
import { binaryMutations, sayFailingSeed, seed } from './scale.ts'

sayFailingSeed()
/** A step of the driver is many decodes: a quarter of the mutations takes as long as one codec. */
const mutations = Math.ceil(binaryMutations / 4)

/** The frame that would continue the transaction, so that damage meets every step of it. */
function dueIn({ v }: Bench, { deal, open }: RsuDriverState): string {
  if (open !== null) return 'B5'
  if (v.table.opensWith === 'B4') return 'B4'
  if (deal === null) return 'B2'
  return v.table.capabilities.vehicleFrame && deal.vehicle === null ? 'B3' : 'B4'
}

it.each(rsuVariantIds)('%s keeps its promises under damaged deals', (id) => {
  const draw = seeded(seed + 20)
  const bench = new Bench(id).ready()
  const ready = bench.state
  const said = bench.v.table.frames
    .filter(({ from }) => from === 'rsu')
    .flatMap(({ code, forms }) =>
      forms.map(({ name }) => ({ code, data: bench.data(code, {}, name) })),
    )
    .map(({ code, data }, i) => ({ code, bytes: bench.v.framing.encode(1 + (i % 9), data) }))
  let state = ready
  let requestCount = 0
  let paid = 0
  let refused = 0
  for (let n = 0; n < mutations; n++) {
    const businessNowMs = bench.nowMs + n * 10
    const wanted = draw(4) > 0 ? said.filter(({ code }) => code === dueIn(bench, state)) : said
    const chunk = mutant(wanted[draw(wanted.length)]?.bytes ?? new Uint8Array(0), draw)
    const obuId = state.deal?.obu.obuId ?? '02001234'
    const debit = draw(8) === 0
    const step = debit
      ? stepRsuDriver(state, {
          type: 'command',
          businessNowMs,
          command: {
            do: 'debit',
            deductionId: `D${n}`,
            obuId,
            amountFen: 500,
            timeBcd: '20231115061320',
            stationHex: '00'.repeat(43),
          },
        })
      : draw(10) === 0
        ? stepRsuDriver(state, {
            type: 'timer',
            businessNowMs,
            name: ['b5', 'next', 'answer', 'repeat0', 'interByte', 'heartbeat'][draw(6)] ?? 'b5',
          })
        : stepRsuDriver(state, { type: 'bytes', businessNowMs, bytes: chunk })
    for (const effect of step.effects) {
      if (effect.do === 'discarded') refused++
      if (effect.do === 'frame' && effect.direction === 'out' && effect.type === 'C6') {
        if (!debit) throw new Error(`mutation ${n}: a C6 that nobody asked for`)
        requestCount++
      }
      if (effect.do !== 'emit' || effect.event.type !== 'debitResult') continue
      if (effect.event.money === 'paid') paid++
      if (paid > requestCount) throw new Error(`mutation ${n}: paid without a C6`)
    }
    state = step.state
    if (state.framing.pending.length > 1_034 || state.recent.length > 8)
      throw new Error(`mutation ${n}: memory`)
    if (state.unanswered.length > 8) throw new Error(`mutation ${n}: unanswered debits grow`)
    if (n % 64 === 0) state = ready
  }
  expect(requestCount).toBeGreaterThan(mutations / 1_000)
  expect(paid).toBeGreaterThan(0)
  expect(refused).toBeGreaterThan(mutations / 100)
  bench.state = ready
  bench.readCard()
  expect(bench.debit()).toEqual(['>C6'])
})
