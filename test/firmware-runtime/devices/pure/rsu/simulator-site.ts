// One car at the exit against the RSU simulator, an independent implementation, in virtual time: the driver, the settlement
// of a doubtful debit, and the card that knows what was really taken.
import type { RsuCapabilities, RsuEvent } from '#devices/pure/etc/rsu.ts'
import { offerDebit, stepSuspect } from '#lane/pure/etc/suspect.ts'
import type { SuspectEvent, SuspectState } from '#lane/pure/etc/suspect.ts'
import type { DebitProof } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import {
  rsuCapabilities,
  rsuDriverDefaults,
  startRsuDriver,
  stepRsuDriver,
  type RsuDriverEvent,
  type RsuDriverState,
} from '#devices/pure/rsu/driver.ts'
import type { RsuVariant } from '#simulators/rsu/dialect.ts'
import type { CardDebit } from '#simulators/rsu/cards.ts'
import { createRsuModel } from '#simulators/rsu/model.ts'
import type { RsuModelOptions, RsuOutput } from '#simulators/rsu/model.ts'

import { rsuModelOf } from '../../profiles/shipped-rsu.ts'

type EventBody = RsuDriverEvent extends infer E
  ? E extends E
    ? Omit<E, 'businessNowMs'>
    : never
  : never

export const obuId = '02001234'
const car = {
  obuId,
  cardNo: '37011200000000000001',
  cardType: 22,
  plate: '测A12345',
  colour: 'green',
  balanceFen: 10_000,
  cardSerial: 17,
}

/** A stand-in for the time in the record, which only has to differ between visits. */
const unixHexOf = (timeBcd: string): string => timeBcd.slice(-8)

export interface Settled {
  readonly paid: boolean
  readonly source: string
  readonly tac: string | null
  readonly takenFen?: number
}

/** One car at the exit: charges the card it reads, and follows the settlement to its end. */
export class Site {
  nowUs = 0
  state: RsuDriverState
  readonly model
  readonly capabilities: RsuCapabilities
  readonly timers = new Map<string, number>()
  readonly told: string[] = []
  /** Codes of the frames that the driver sent. */
  readonly said: string[] = []
  suspect: SuspectState | null = null
  settled: Settled | null = null
  manual: string | null = null
  readonly alarms: string[] = []
  proof: DebitProof | null = null
  debits = 0
  timeBcd = '20231115061320'
  readonly arriving: typeof car
  /** Bytes in transit from the RSU to us. */
  readonly pending: Uint8Array[] = []

  constructor(
    id: RsuVariant,
    options: Partial<RsuModelOptions> = {},
    more: Partial<typeof car> = {},
  ) {
    this.arriving = { ...car, ...more }
    const { config } = rsuModelOf(id)
    this.capabilities = rsuCapabilities(config.variant, config.override)
    this.state = startRsuDriver({ ...rsuDriverDefaults, ...config, laneMode: 'exit' })
    this.model = createRsuModel({ variant: id, timing: 'standard', seed: 5, ...options })
  }

  feed(body: EventBody): void {
    const businessNowMs = 1_700_000_000_000 + Math.floor(this.nowUs / 1000)
    const { state, effects } = stepRsuDriver(this.state, {
      ...body,
      businessNowMs,
    } as RsuDriverEvent)
    this.state = state
    for (const e of effects) {
      if (e.do === 'send') this.hear(this.model.onBytes(e.bytes, this.nowUs))
      else if (e.do === 'emit') this.lane(e.event)
      else if (e.do === 'frame' && e.direction === 'out') this.said.push(e.type)
      else if (e.do === 'dropLink') this.relink()
      else if (e.do === 'timer') this.setTimer(`rsu ${e.name}`, e.afterMs)
    }
  }

  setTimer(name: string, afterMs: number | null): void {
    if (afterMs === null) this.timers.delete(name)
    else this.timers.set(name, this.nowUs + afterMs * 1000)
  }

  relink(): void {
    this.model.linkDown()
    this.feed({ type: 'linkDown', reason: 'closed' })
    this.setTimer('link up', 1500)
  }

  hear(outputs: readonly RsuOutput[]): void {
    for (const o of outputs) {
      if (o.do === 'send') this.pending.push(o.bytes)
      if (o.do === 'reboot' || o.do === 'unplug') this.relink()
    }
  }
  lane(event: RsuEvent): void {
    this.told.push(event.type)
    if (this.suspect !== null) this.follow(event)
    else if (event.type === 'cardRead' && this.debits === 0) this.charge(event)
  }

  get deductionId(): string {
    return `D${this.timeBcd}`
  }

  charge(event: Extract<RsuEvent, { type: 'cardRead' }>): void {
    this.debits++
    const was = event.station0019Hex
    const body = was.length === 86 ? was.slice(6) : was
    const stationHex = `3701010202${unixHexOf(this.timeBcd)}0104${body.slice(22)}`
    this.suspect = offerDebit({
      deductionId: this.deductionId,
      obuId,
      cardNo: event.card.cardNo,
      cardType: event.card.cardType,
      amountFen: 500,
      balanceBeforeFen: event.balanceFen,
      station0019Hex: was,
      writeHex: stationHex,
      proofSerial: null,
      canFetchProof: this.capabilities.proofFetch,
      rereadSilenceMs: this.capabilities.rereadSilenceMs,
      timeBcd: this.timeBcd,
      resultTimeMs: this.capabilities.resultTimeMs,
    })
    const { timeBcd } = this
    this.feed({
      type: 'command',
      command: {
        do: 'debit',
        deductionId: this.deductionId,
        obuId,
        amountFen: 500,
        timeBcd,
        stationHex,
      },
    })
  }

  follow(event: SuspectEvent): void {
    const { state, effects } = stepSuspect(present(this.suspect, 'a debit is offered'), event)
    this.suspect = state
    for (const e of effects) {
      if (e.do === 'fetchProof') this.feed({ type: 'command', command: e })
      else if (e.do === 'searchAgain')
        this.feed({ type: 'command', command: { do: 'search', on: true } })
      else if (e.do === 'settle') {
        this.proof = e.proof
        this.settled = {
          paid: e.paid,
          source: e.source,
          tac: e.proof?.tac ?? null,
          ...(e.takenFen === undefined ? {} : { takenFen: e.takenFen }),
        }
        this.feed({ type: 'command', command: { do: 'complete', obuId } })
        this.feed({ type: 'command', command: { do: 'search', on: false } })
      } else if (e.do === 'manual') this.manual = e.reason
      else if (e.do === 'alarm') this.alarms.push(e.misfit)
      else if (e.do === 'timer') this.setTimer(`lane ${e.name}`, e.afterMs)
    }
  }

  /** Runs everything due in the next `ms`, in order of time. */
  run(ms: number): this {
    const endUs = this.nowUs + ms * 1000
    for (;;) {
      const chunk = this.pending.shift()
      if (chunk !== undefined) {
        this.feed({ type: 'bytes', bytes: chunk })
        continue
      }
      const next = [...this.timers].sort((a, b) => a[1] - b[1])[0]
      const modelUs = this.model.nextDueUs() ?? Number.MAX_SAFE_INTEGER
      const dueUs = Math.min(next?.[1] ?? Number.MAX_SAFE_INTEGER, modelUs)
      if (dueUs > endUs) break
      this.nowUs = Math.max(this.nowUs, dueUs)
      if (modelUs <= dueUs) this.hear(this.model.advance(this.nowUs))
      else if (next !== undefined) this.fire(next[0])
    }
    this.nowUs = endUs
    return this
  }

  fire(name: string): void {
    this.timers.delete(name)
    if (name.startsWith('rsu ')) this.feed({ type: 'timer', name: name.slice(4) })
    else if (name.startsWith('lane ')) this.follow({ type: 'timer', name: name.slice(5) })
    else if (name === 'link up') this.feed({ type: 'linkUp' })
  }

  /** The same car once more, ten seconds after it paid. */
  again(): void {
    this.run(10_000)
    this.suspect = null
    this.settled = null
    this.debits = 0
    this.timeBcd = '20231115070000'
    this.feed({ type: 'command', command: { do: 'search', on: true } })
  }

  start(): this {
    this.feed({ type: 'linkUp' })
    this.run(3500)
    this.feed({ type: 'command', command: { do: 'search', on: true } })
    this.hear(this.model.addCar(this.arriving, this.nowUs).outputs)
    return this
  }

  charged(): CardDebit[] {
    return this.model.cardStore(0, 10).cards.flatMap((c) => [...c.debits])
  }
}

export const fault = (site: Site, rule: object): Site => {
  site.model.faults.add(rule)
  return site
}

export const regional = 'generic/regional-firmware'
