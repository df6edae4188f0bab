// An instrument's driver, set up by its shipped profile, on a link in virtual time against the model of its simulator. Its
// events are recorded in order.
import { must, present } from '#base/pure/values/must.ts'
import {
  downlinkMeter,
  type MeterCommand,
  type MeterEffect,
  type MeterEvent,
  type MeterInput,
  type MeterSettings,
} from '#devices/pure/instrument/meter.ts'
import type { Driver } from '#devices/pure/driver.ts'
import {
  scpiMapOf,
  type ProfileData,
  type ScpiMap,
} from '#devices/pure/instrument/scpi/command-map.ts'
import { scpiDriver } from '#devices/pure/instrument/scpi/driver.ts'
import { tinysaConfigOf, type TinysaConfig } from '#devices/pure/instrument/tinysa/config.ts'
import { tinysaDriver } from '#devices/pure/instrument/tinysa/driver.ts'
import { ScpiModel } from '#simulators/instrument/scpi-model.ts'
import { scpiVariants } from '#simulators/instrument/scpi-words.ts'
import { TinysaModel } from '#simulators/instrument/tinysa-model.ts'
import type { InstrumentOutput, InstrumentModel } from '#simulators/instrument/instrument-model.ts'
import { shipped } from '../../profiles/shipped.ts'
import { LinkBench } from '../contract/link-bench.ts'

/** Each variant of the simulator and the profile that drives it. */
export const instruments = {
  'scpi-generic': 'generic/scpi',
  'scpi-fieldfox': 'keysight/fieldfox',
  'scpi-fsh': 'rohde-schwarz/fsh',
  'scpi-siglent': 'siglent/ssa3000x',
  'scpi-rigol': 'rigol/dsa800',
  tinysa: 'tinysa/zs407',
  'tinysa-signed': 'tinysa/zs407',
} as const
export type Variant = keyof typeof instruments
export const variants = Object.keys(instruments) as Variant[]

const dataOf = (variant: Variant): ProfileData =>
  shipped(`instrument/${instruments[variant]}`).profile.protocol.data ?? {}

export function scpiMap(variant: Variant, settings = downlinkMeter): ScpiMap {
  const read = scpiMapOf(dataOf(variant), settings)
  must(read.ok, 'a shipped profile makes a driver')
  return read.map
}

export function tinysaConfig(variant: Variant, settings = downlinkMeter): TinysaConfig {
  const read = tinysaConfigOf(dataOf(variant), settings)
  must(read.ok, 'a shipped profile makes a driver')
  return read.config
}

const isTinysa = (variant: Variant): boolean => variant.startsWith('tinysa')

export interface MeterBenchOptions {
  readonly model?: string
  readonly profile?: Variant
  readonly settings?: Partial<MeterSettings>
}

const modelOf = (variant: Variant, model?: string): InstrumentModel => {
  const common = { seed: 7, sweepUs: 40_000, ...(model === undefined ? {} : { model }) }
  return isTinysa(variant)
    ? new TinysaModel({ ...common, scale: variant === 'tinysa' ? 'offset' : 'signed' })
    : new ScpiModel({ ...common, variant: present(scpiVariants[variant], 'a variant') })
}

export class MeterBench extends LinkBench<InstrumentOutput, InstrumentModel> {
  readonly events: MeterEvent[] = []
  private readonly tell: (command: MeterCommand) => void
  private lastId = 0

  constructor(variant: Variant, options: MeterBenchOptions = {}) {
    const { model, profile = variant } = options
    const settings = { ...downlinkMeter, ...options.settings }
    super(modelOf(variant, model), { serial: isTinysa(variant) })
    this.tell = isTinysa(profile)
      ? this.put(tinysaDriver(tinysaConfig(profile, settings)))
      : this.put(scpiDriver({ map: scpiMap(profile, settings), settings }))
  }

  private put<S>(driver: Driver<S, MeterInput, MeterEffect>): (command: MeterCommand) => void {
    return this.link.host<S, MeterCommand, MeterEvent, MeterEffect>(driver, (event) =>
      this.events.push(event),
    )
  }

  override isUp(): boolean {
    const last = this.events.findLast(({ type }) => type === 'meterUp' || type === 'meterDown')
    return last?.type === 'meterUp'
  }
  work(): void {
    this.tell({ do: 'measure', id: ++this.lastId })
  }
  done(): number {
    return this.events.filter(({ type }) => type === 'measured').length
  }
  /** One reading, from command to answer; null after `withinMs`. */
  measure(withinMs = 20_000): MeterEvent | null {
    const before = this.events.length
    this.work()
    const ends = (): MeterEvent | undefined =>
      this.events
        .slice(before)
        .find((event) => event.type === 'measured' || event.type === 'notMeasured')
    for (let ms = 0; ms < withinMs && ends() === undefined; ms += 50) this.run(50)
    return ends() ?? null
  }

  /** The exact level at the probe. */
  truthDbm(): number {
    return this.model.scene.truthDbm(this.model.scene.probe)
  }

  moveTo(xMm: number, yMm: number, settleMs = 1_000): void {
    this.model.scene.move({ xMm, yMm }, this.link.time.nowUs)
    this.run(settleMs)
  }
}

export function readyBench(variant: Variant, options: MeterBenchOptions = {}): MeterBench {
  const bench = new MeterBench(variant, options)
  bench.connect()
  bench.run(3_000)
  return bench
}
