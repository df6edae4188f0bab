// A GNSS receiver behind gpsd fulfils the contract of all drivers, and so do pile and handheld with the antenna that their
// profiles name. One piece of work is one step to another position, or one car.
import { whyIn } from '#base/pure/faults/faults.ts'
import { rsuChoice } from '#devices/profiles/links.ts'
import {
  gnssSilentMs,
  startGnss,
  stepGnss,
  type GnssEffect,
  type GnssEvent,
  type GnssState,
} from '#devices/pure/position/gpsd/driver.ts'
import { PositionModel, type PositionOutput } from '#simulators/position/model.ts'
import { library } from '../../profiles/shipped.ts'
import { driverContract } from './driver-contract.ts'
import { LinkBench } from './link-bench.ts'
import { RsuContractBench } from './rsu-bench.ts'

class PositionContractBench extends LinkBench<PositionOutput, PositionModel> {
  private steps = 0
  /** Steps to the north that were requested and that the driver reported. */
  private readonly reached = new Set<number>()

  constructor() {
    const times = { startMs: 1_795_156_200_000, reportMs: 1_000 }
    super(new PositionModel({ seed: 11, ...times }), { serial: false })
    this.link.host<GnssState, never, GnssEvent, GnssEffect>(
      { initial: startGnss, step: stepGnss },
      (event) => this.told(event),
    )
  }

  private told(event: GnssEvent): void {
    if (event.type === 'gnssUp') this.up = true
    if (event.type === 'gnssDown') this.up = false
    if (event.type !== 'position' || event.report.at === null) return
    const north = event.report.at.latMicrodeg - 22_817_000
    if (north > 0 && north <= this.steps) this.reached.add(north)
  }

  work(): void {
    this.model.knobs.latMicrodeg = 22_817_000 + ++this.steps
  }
  done(): number {
    return this.reached.size
  }
  override skewClock(ms: number): void {
    this.model.knobs.clockSkewSec += ms / 1000
  }
}

driverContract({
  name: 'position gpsd',
  // A report a second, and one more where a broken line spoilt one.
  workMs: 3_000,
  lossMs: gnssSilentMs + 1_000,
  // The supervisor opens again after 200, 500, 1000, 2000, 5000 ms; then a second to the first report.
  upMs: 8_000,
  make: () => new PositionContractBench(),
})

for (const [kind, id] of [
  ['etc-pile', 'generic/space-pile'],
  ['handheld', 'generic/rsu-frames'],
] as const) {
  const choice = rsuChoice(
    `?variant=${id}`,
    {
      find: (of, name) => {
        const checked = library.profiles.get(`${of}/${name}`)
        return checked === undefined ? { ok: false, there: false, note: '' } : { ok: true, checked }
      },
    },
    [kind],
  )
  if (!choice.ok) throw new Error(whyIn(choice.note))
  const { config, variant } = choice.value
  driverContract({
    name: `${kind} ${id} over serial`,
    workMs: 3_000,
    upMs: 8_000,
    lossMs: variant.table.timing.heartbeatLossMs + 1_000,
    make: () => new RsuContractBench(variant.id, 'serial', config),
  })
}
