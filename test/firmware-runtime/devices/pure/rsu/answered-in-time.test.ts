// Lane, driver and the RSU simulator together, in virtual time: however a doubtful debit ends, the RSU gets C1, C2 or C6
// for every OBU that it reported, within one second.
import { describe, expect, it } from 'vitest'
import type { RsuEvent } from '#devices/pure/etc/rsu.ts'
import { rsuVariants, type RsuVariant } from '#simulators/rsu/dialect.ts'
import { LaneBench, loop, plateEvent } from '../../../lane/pure/lane-bench.ts'
import { fault, Site } from './simulator-site.ts'

const secondCar = { obuId: '0200FFFF', cardNo: '37011200000000000003', plate: '测A12345' }

/** The site with a whole exit lane instead of the settlement alone. */
class LaneSite extends Site {
  readonly bench: LaneBench
  private readonly queue: RsuEvent[] = []
  private busy = false

  constructor(id: RsuVariant, options: ConstructorParameters<typeof Site>[1], cardType: number) {
    super(id, options, { cardType, colour: 'blue' })
    this.bench = new LaneBench({
      rsuHasProof: this.capabilities.proofFetch,
      rsuSilenceMs: this.capabilities.rereadSilenceMs,
    })
    this.bench.nowMs = 1_700_000_000_000
    this.bench.onCommand = (command) => this.feed({ type: 'command', command })
    this.bench.entered()
  }

  override lane(event: RsuEvent): void {
    this.told.push(event.type)
    this.queue.push(event)
    if (this.busy) return
    this.busy = true
    for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift())
      this.bench.give(next)
    this.busy = false
  }

  arrives(): this {
    this.feed({ type: 'linkUp' })
    this.run(3500)
    this.bench.give(loop('arrive', 'on'), plateEvent('测A12345'))
    this.hear(this.model.addCar(this.arriving, this.nowUs).outputs)
    return this
  }

  /** Runs until the lane settles the doubtful debit. */
  suspected(): this {
    for (let i = 0; i < 400 && this.bench.state.name !== 'suspect'; i++) this.run(20)
    expect(this.bench.state.name).toBe('suspect')
    return this
  }
}

describe.each(rsuVariants.map((id) => ({ id })))('$id', ({ id }) => {
  const lost = { at: 'B5', when: 'after', do: 'drop', times: 9 }
  const answered = { unanswered: 0, secondC6: 0, strayC6: 0 }

  it.each<[string, object, object | null, number, string]>([
    ['a card that shows the debit', {}, lost, 22, 'opening'],
    ['a card that shows more', { debitsFen: 5000 }, null, 22, 'opening'],
    ['a card that shows none, tried once more', { debitsNothing: true }, null, 22, 'manual'],
    ['a credit card', { resultAgeSec: 3600 }, null, 23, 'opening'],
  ])('%s', (_, knobs, rule, cardType, end) => {
    const site = new LaneSite(id, { knobs }, cardType)
    if (rule !== null) fault(site, rule)
    // A waiting car is tried again for some minutes.
    site.arrives().run(600_000)
    expect(site.bench.state.name).toBe(end)
    expect(site.model.state()).toMatchObject(answered)
  })

  it('another card in its OBU: a person is asked, the OBU is let go', () => {
    const site = new LaneSite(id, { knobs: { debitsNothing: true } }, 22).arrives().suspected()
    site.model.removeCar(site.arriving.obuId, site.nowUs)
    const other = { ...site.arriving, cardNo: '37011200000000000002' }
    site.hear(site.model.addCar(other, site.nowUs).outputs)
    site.run(40_000)
    // A reading of the first card may still be pending.
    expect(['asking', 'manual']).toContain(site.bench.state.name)
    expect(site.model.state()).toMatchObject(answered)
  })

  it('another OBU beside it: let go at once, and the search goes on', () => {
    const site = new LaneSite(id, { knobs: { debitsNothing: true } }, 22).arrives().suspected()
    site.model.removeCar(site.arriving.obuId, site.nowUs)
    site.hear(site.model.addCar({ ...site.arriving, ...secondCar }, site.nowUs).outputs)
    site.run(1_500)
    site.hear(site.model.addCar(site.arriving, site.nowUs).outputs)
    site.run(60_000)
    expect(site.model.state()).toMatchObject(answered)
    // A debit without effect is tried again while the car stays.
    expect(['manual', 'suspect']).toContain(site.bench.state.name)
  })

  it('another OBU stays beside the waiting car: both are answered, also when they are told again', () => {
    const site = new LaneSite(id, { knobs: { debitsNothing: true } }, 22).arrives()
    site.hear(site.model.addCar({ ...site.arriving, ...secondCar }, site.nowUs).outputs)
    // Their frames alternate, closer together than a repeat may be late.
    site.run(600_000)
    expect(site.model.state()).toMatchObject(answered)
  })

  it('settled elsewhere meanwhile: the lot is asked, and the OBU is let go', () => {
    const site = new LaneSite(id, { knobs: { debitsNothing: true } }, 22).arrives().suspected()
    const [open] = site.bench.lot.unsettled.values()
    site.bench.append([
      {
        kind: 'outcome',
        atMs: site.bench.nowMs,
        laneId: 'exit',
        amountFen: 500,
        stayId: open?.stayId,
        orderId: open?.orderId,
        deductionId: open?.deductionId,
        body: {
          state: 'refused',
          source: 'person',
          reason: 'notPaid',
          obuId: null,
          cardNo: null,
          proof: null,
        },
      } as Parameters<LaneBench['append']>[0][number],
    ])
    site.run(60_000)
    expect(site.model.state()).toMatchObject(answered)
  })
})
