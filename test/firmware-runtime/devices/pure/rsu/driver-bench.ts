// A hand-driven RSU for the driver tests: feeds events, answers with the example frames of the tables, and records what the
// driver sent, reported and timed.
import { systemText } from '#base/pure/words/notes.ts'
import type { RsuCommand, RsuEvent } from '#devices/pure/etc/rsu.ts'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import {
  rsuDriverDefaults,
  startRsuDriver,
  stepRsuDriver,
  type RsuDriverConfig,
  type RsuDriverEffect,
  type RsuDriverState,
} from '#devices/pure/rsu/driver.ts'
import type { FrameValue } from '#devices/pure/rsu/table-types.ts'
import { rsuVariant } from '#devices/pure/rsu/variants.ts'
import type { RsuVariant, RsuVariantId } from '#devices/pure/rsu/variants.ts'

export const obuId = '02001234'
export const cardNo = '37011200000000000001'
const record = '37010102026553F100010400000000000000000000000001B2E241313233343500000000'

export class Bench {
  state: RsuDriverState
  nowMs = 1_700_000_000_000
  readonly v: RsuVariant
  readonly timers = new Map<string, number>()
  effects: readonly RsuDriverEffect[] = []
  #seq = 0

  constructor(variant: RsuVariantId, over: Partial<RsuDriverConfig> = {}) {
    this.v = rsuVariant(variant, false, over.override ?? null)
    this.state = startRsuDriver({ ...rsuDriverDefaults, variant, laneMode: 'exit', ...over })
  }

  /** Runs one event; returns what was sent (type bytes) and emitted, in order. */
  step(event: Parameters<typeof stepRsuDriver>[1]): string[] {
    const before = structuredClone(this.state)
    const step = stepRsuDriver(this.state, event)
    if (JSON.stringify(before) !== JSON.stringify(this.state)) throw new Error('state was changed')
    this.state = step.state
    this.effects = step.effects
    for (const effect of step.effects) {
      if (effect.do !== 'timer') continue
      if (effect.afterMs === null) this.timers.delete(effect.name)
      else this.timers.set(effect.name, effect.afterMs)
    }
    return this.done()
  }

  done(): string[] {
    return this.effects.flatMap((e) => {
      if (e.do === 'frame' && e.direction === 'out') return [`>${e.type}`]
      if (e.do === 'emit') return [e.event.type]
      if (e.do === 'dropLink' || e.do === 'discarded') return [`${e.do} ${e.reason}`]
      return []
    })
  }

  up(): string[] {
    return this.step({ type: 'linkUp', businessNowMs: this.nowMs })
  }

  down(reason = 'cut'): string[] {
    return this.step({ type: 'linkDown', reason: systemText(reason), businessNowMs: this.nowMs })
  }

  fire(name: string): string[] {
    if (!this.timers.delete(name)) throw new Error(`timer ${name} is not set`)
    return this.step({ type: 'timer', name, businessNowMs: this.nowMs })
  }

  /** Ends the time in which a frame counts as a repeat of an earlier one. */
  repeatsOver(): void {
    for (const name of [...this.timers.keys()].filter((one) => one.startsWith('repeat')))
      this.fire(name)
  }

  tell(command: RsuCommand): string[] {
    return this.step({ type: 'command', command, businessNowMs: this.nowMs })
  }

  receive(bytes: Uint8Array): string[] {
    return this.step({ type: 'bytes', bytes, businessNowMs: this.nowMs })
  }

  /** The RSU sends a frame: the table's example with some fields changed. */
  say(code: string, over: FrameValue = {}, seq = this.nextSeq(), form?: string): string[] {
    return this.receive(this.v.framing.encode(seq, this.data(code, over, form)))
  }

  data(code: string, over: FrameValue = {}, formName?: string): Uint8Array {
    const forms = present(this.v.table.frames.find((f) => f.code === code)?.forms, code)
    const form = formName === undefined ? forms[0] : forms.find((f) => f.name === formName)
    const { example, name } = present(form, code)
    const encoded = this.v.engine.encode(code, { ...example.value, ...over }, name)
    if (!encoded.ok) throw new Error(encoded.reason)
    return encoded.data
  }

  nextSeq(): number {
    this.#seq = (this.#seq + 1) % 8
    if (this.v.id === 'generic-len') return 0
    return this.v.id === 'generic-bcc' ? (this.#seq << 4) | 8 : this.#seq + 1
  }

  events(): RsuEvent[] {
    return this.effects.flatMap((e) => (e.do === 'emit' ? [e.event] : []))
  }

  sentHex(): string[] {
    return this.effects.flatMap((e) => (e.do === 'send' ? [hexOf(e.bytes)] : []))
  }

  heartbeat(): string[] {
    return this.v.id === 'generic-ver'
      ? this.say('B1')
      : this.say('B2', {}, this.nextSeq(), 'heartbeat')
  }

  /** The link comes up, and the PSAM is reported if the variant asks for it first: C0 has been sent now. */
  linked(): string[] {
    const said = this.up()
    return this.v.table.psam?.atStart === true ? [...said, ...this.say('BA')] : said
  }

  ready(): this {
    this.linked()
    this.say('B0')
    this.fire('grace')
    this.tell({ do: 'search', on: true })
    this.heartbeat()
    return this
  }

  /** Runs a reading up to B4; returns what the steps sent and emitted. */
  readCard(over: FrameValue = {}, id = obuId): string[] {
    if (this.v.table.opensWith === 'B4') return this.say('B4', { obuId: id, ...over })
    const said = this.say('B2', { obuId: id })
    if (this.v.table.capabilities.vehicleFrame) said.push(...this.say('B3', { obuId: id }))
    return [...said, ...this.say('B4', { obuId: id, ...over })]
  }

  debit(deductionId = 'D1', amountFen = 500, stationHex = record, id = obuId): string[] {
    const timeBcd = '20231115061320'
    return this.tell({ do: 'debit', deductionId, obuId: id, amountFen, timeBcd, stationHex })
  }
}

export const bytes = (hex: string): Uint8Array => present(bytesOfHex(hex), 'hex')
