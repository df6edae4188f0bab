// One lane on a bench: its state table, a lot and a ledger in memory, driven event by event.
// It carries effects out in the order of lane/lot/lane-turns.ts and logs each as one short word.
import type { CardInfo, ObuInfo, RsuCommand, RsuEvent } from '#devices/pure/etc/rsu.ts'
import type { RowRequest, FreezeRow } from '#devices/pure/charge/freeze-row.ts'
import { lateChargeRows, type WrittenLateCharge } from '#lane/pure/etc/late-charge.ts'
import { mayOfferCode } from '#lane/pure/exit-parts.ts'
import { emptyLane, standardTimes } from '#lane/pure/lane.ts'
import type { AuditedAct, LaneEffect, LaneEvent, LaneState, LaneView } from '#lane/pure/lane.ts'
import { layoutOf } from '#lane/pure/layouts/index.ts'
import type { LaneTable } from '#lane/pure/steps.ts'
import type { EntryBar } from '#lane/pure/reservation/admission.ts'
import type { PlaceBar } from '#devices/pure/place/place.ts'
import { claim, isOpenCase, settleBar } from '#lane/pure/lot/claim.ts'
import { claimPassing } from '#lane/pure/open/claim-passing.ts'
import { spacesOf } from './open/open-kit.ts'
import { isPlateInside } from '#lane/pure/lot/find-stay.ts'
import type { ClockDoubt } from '#ledger/pure/lot/clock-watch.ts'
import type { OfflinePolicy } from '#base/pure/lot/config.ts'
import { emptyLot, foldRow, giveOut, mintId } from '#ledger/pure/lot/lot.ts'
import { paidByEtc } from '#ledger/pure/lot/order-due.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import * as debits from '#lane/pure/lot/open-debits.ts'
import { isContradicted, refusedDebits } from '#ledger/pure/lot/refused-debits.ts'
import type { ChargeMode, DebitProof, LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { standardMatch } from '#base/pure/plates/plate-match.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { orderByClass } from '#lane/pure/lot/stay-price.ts'
import { askedWord, rowWord, rsuWord } from './bench-words.ts'
import { cardNo, goodCard, goodObu, noProof, obuId, plate, proofFor } from './good-card.ts'
import { frozen } from './frozen.ts'
import { stepTwice } from './step-twice.ts'
import { cameIn } from './lot/row-kit.ts'

export { cardNo, obuId, plate, proofFor }
export const startMs = 1_795_156_200_000
export const hourMs = 3_600_000
const node = { lotId: 'LOT1', nodeId: 'gx1' }
export const otherPlate = '测B99999'

export interface BenchOptions {
  readonly direction?: 'entry' | 'exit'
  readonly chargeMode?: ChargeMode
  readonly offline?: OfflinePolicy
  readonly hasPlatform?: boolean
  /** Its platform is an access system of another maker. */
  readonly byOrder?: boolean
  readonly rsuHasProof?: boolean
  readonly hasRsu?: boolean
  readonly rsuSilenceMs?: number
  readonly largeAmountFen?: number
  readonly largeByCode?: boolean
  readonly plateTolerance?: 0 | 1
  /** A lot shared with other lanes, or one filled before. */
  readonly lot?: LotState
  readonly rows?: LedgerRow[]
  readonly laneId?: string
  /** In an open lot: the latest time at which the car was surely still in the space. */
  readonly stoodUntilMs?: (spaceId: string) => number | null
  /** A state table that belongs to no layout. */
  readonly table?: LaneTable
}

export const act = (commandId = 'c1'): AuditedAct => ({
  by: 'anna',
  role: 'attendant',
  reason: 'asked',
  commandId,
})

export const station = `${'4501000099'}${'60000000'}0104${'00'.repeat(32)}`.padEnd(86, '0')

export interface ReadOptions {
  readonly plate?: string
  readonly obuId?: string
  readonly balanceFen?: number
  readonly station0019Hex?: string
  readonly obu?: Partial<ObuInfo>
  readonly card?: Partial<CardInfo>
  readonly vehicleClass?: number
}

export function cardReadEvent(over: ReadOptions = {}): Extract<RsuEvent, { type: 'cardRead' }> {
  const of = over.plate ?? plate
  return {
    type: 'cardRead',
    obu: { ...goodObu, obuId: over.obuId ?? obuId, ...over.obu },
    vehicle: { plate: of, plateRaw: of, colour: 'blue', vehicleClass: over.vehicleClass ?? 1 },
    card: { ...goodCard, plate: of, ...over.card },
    balanceFen: over.balanceFen ?? 10_000,
    station0019Hex: over.station0019Hex ?? station,
  }
}

export const plateEvent = (of: string | null, raw = of ?? ''): LaneEvent => ({
  type: 'plate',
  photo: null,
  read: {
    deviceId: 'cam',
    recordId: 'r',
    deviceAtMs: null,
    plate: of,
    plateRaw: raw,
    plateState: of === null ? 'none' : 'read',
    colour: 'blue',
    confidence: null,
    history: false,
    jpeg: null,
  },
})
export const b5 = (
  money: 'paid' | 'unpaid' | 'unknown',
  proof: DebitProof = money === 'paid' ? proofFor(9500) : noProof,
  reason = 'word',
): LaneEvent => ({ type: 'debitResult', obuId, money, code: 0, proof, reason })
export const b8 = (money: 'paid' | 'unpaid' | 'unknown', proof?: DebitProof): LaneEvent => ({
  type: 'proofResult',
  obuId,
  money,
  code: 0,
  proof: proof ?? (money === 'paid' ? proofFor(9500) : noProof),
})
export const loop = (name: 'arrive' | 'under', state: 'on' | 'off' | 'unknown'): LaneEvent => ({
  type: 'loop',
  loop: name,
  state,
})
export const timerEvent = (name: string): LaneEvent => ({ type: 'timer', name })

export class LaneBench {
  readonly lot: LotState
  readonly rows: LedgerRow[]
  /** One word for each effect that was carried out, in order. */
  log: string[] = []
  readonly faults: string[] = []
  /** The text that the board over the lane shows. */
  onBoard = ''
  /** Every effect requested since the last look, carried out or not. */
  asked: LaneEffect[] = []
  /** For each open command: true when its pass was already in the ledger. */
  readonly opens: boolean[] = []
  /** Open commands given by a person. */
  openedByHand = 0
  readonly timers = new Set<string>()
  readonly blacklist = new Set<string>()
  readonly outbox = new Map<string, string>()
  /** Records that were requested to be frozen. */
  readonly freezes: FreezeRow[] = []
  state: LaneState = emptyLane()
  private before: Pick<LaneState, 'name' | 'car'> = emptyLane()
  nowMs = startMs
  /** Not null while the lot's clock is in doubt and no price may be made. */
  clock: ClockDoubt | null = null
  platformUp = true
  /** The reason why no card may be debited now; null: allowed. */
  bar: string | null = null
  tariff: Tariff = demoTariff
  /** The reason why a place may not charge at its position; null: allowed. */
  placeBar: PlaceBar | null = null
  /** The reason why an entry admits no car by itself; null: it admits. */
  entryBar: EntryBar | null = null
  /** More than 800 ms passed between B4 and C6. */
  debitLate = false
  /** The platform's encoding refuses every record of a charge. */
  notEncodable = false
  /** Called with each command to the antenna. */
  onCommand: (command: RsuCommand) => void = () => undefined
  /** The next `failAppends` appends fail as on a full disk. */
  failAppends = 0
  /** Appends with a row of this kind fail as on a full disk. */
  refuses: RowDraft['kind'] | null = null
  lastC6: Extract<LaneEffect, { do: 'debit' }>['command'] | null = null
  readonly options: BenchOptions
  readonly table: LaneTable
  private readonly turns: LaneEvent[] = []

  constructor(options: BenchOptions = {}) {
    this.options = options
    this.lot = options.lot ?? emptyLot()
    this.rows = options.rows ?? []
    this.table =
      options.table ?? layoutOf({ layout: '7.1.1', direction: options.direction ?? 'exit' }).table
    if (options.byOrder !== true) this.give({ type: 'rsuUp', psamTerminals: [], rsuId: '' })
    if (options.table !== undefined) return
    this.give({ type: 'barrierUp' }, loop('arrive', 'off'), loop('under', 'off'))
  }

  /** A car that entered `minutes` ago; in an open lot it took a space. */
  entered(minutes = 70, of: string | null = plate, spaceId?: string): this {
    const space = spaceId === undefined ? {} : { spaceId }
    const enteredAtMs = this.nowMs - minutes * 60_000
    this.append([cameIn(mintId(this.lot, node, 'S'), enteredAtMs, { plate: of, ...space })])
    return this
  }

  give(...events: readonly LaneEvent[]): this {
    for (const event of events) {
      this.turns.push(event)
      for (let next = this.turns.shift(); next !== undefined; next = this.turns.shift())
        this.turn(next)
    }
    return this
  }

  /** True when a payment code may be shown to the driver now. */
  get offersCode(): boolean {
    const { largeByCode = false } = this.options
    return mayOfferCode(this.state, { nowMs: this.nowMs, largeByCode })
  }

  /** The log since the last call. */
  done(): string[] {
    const log = this.log
    this.log = []
    return log
  }

  append(rows: readonly RowRequest[]): void {
    for (const rowRequest of rows) {
      const row = {
        ...this.written(rowRequest),
        nodeId: 'gx1',
        seq: this.rows.length + 1,
        prevHash: '',
        hash: '',
      }
      this.rows.push(row)
      foldRow(this.lot, row)
      if (row.kind === 'outbox') this.outbox.set(row.body.outboxId, row.body.op)
    }
  }

  env(): LaneView {
    const o = this.options
    return {
      nowMs: this.nowMs,
      clock: this.clock,
      laneId: o.laneId ?? o.direction ?? 'exit',
      ...node,
      lastId: this.lot.lastId,
      tariff: this.tariff,
      chargeMode: o.chargeMode ?? 'card',
      offline: o.offline ?? 'other-payment',
      plateTolerance: o.plateTolerance ?? 1,
      largeAmountFen: o.largeAmountFen ?? 10_000,
      largeByCode: o.largeByCode ?? false,
      platformUp: this.platformUp,
      hasPlatform: o.hasPlatform ?? true,
      byOrder: o.byOrder ?? false,
      hasRsu: o.hasRsu ?? true,
      rsuHasProof: o.rsuHasProof ?? false,
      rsuSilenceMs: o.rsuSilenceMs ?? 0,
      rsuResultTimeMs: 5000,
      times: standardTimes,
      cardDebitBar: () => this.bar,
      byClass: (request) => orderByClass(this.lot, this.tariff, request),
      cardNetworks: null,
      isBlacklisted: (no) => this.blacklist.has(no),
      placeBar: () => this.placeBar,
      isInside: (of, colour) => isPlateInside(this.lot, of, colour),
      lostSpan: this.lot.lostSpan,
      recentlyCharged: (no) => {
        const atMs = this.lot.chargedAtMs.get(no)
        return atMs !== undefined && this.nowMs - atMs < 300_000
      },
      settleBar: (stayId, orderId) => settleBar(this.lot, this.env().laneId, { stayId, orderId }),
      isOpenCase: (deductionId) => isOpenCase(this.lot, deductionId),
      unsettledOf: (id) => debits.unsettledDebits(this.lot, this.env().laneId, id, 5000),
      doubtedOf: (no) => debits.doubtedDebits(this.lot, no, 5000),
      refusedOf: (id) => refusedDebits(this.lot, this.env().laneId, id, 5000),
      isContradicted: (stayId) => isContradicted(this.lot, stayId),
      untoldOf: (id) => debits.untoldDebits(this.lot, this.env().laneId, id, 5000),
      entryBar: () => this.entryBar,
      paidByEtc: (orderId) => paidByEtc(this.lot, orderId),
      ...spacesOf(this.lot, this.nowMs),
    }
  }

  private openedOn(passId: string): boolean {
    return this.rows.some((row) => row.kind === 'pass' && row.body.passId === passId)
  }

  private turn(event: LaneEvent): void {
    const step = stepTwice(this.table, this.state, event, this.env())
    giveOut(this.lot, step.lastId)
    this.before = this.state
    this.state = step.state
    this.asked.push(...step.effects)
    for (const effect of step.effects) if (!this.carryOut(effect)) break
  }

  private carryOut(effect: LaneEffect): boolean {
    switch (effect.do) {
      case 'follow':
        this.before = effect.from
        return true
      case 'append':
        return this.write(effect.rows, effect.mayFail === true)
      case 'claim':
        return this.claim(effect)
      case 'timer':
        if (effect.afterMs === null) this.timers.delete(effect.name)
        else this.timers.add(effect.name)
        return true
      case 'rsu':
        this.log.push(rsuWord(effect.command))
        this.onCommand(effect.command)
        return true
      case 'debit':
        return this.debit(effect.command)
      case 'charge':
        this.log.push(
          effect.takeBack === true
            ? 'take back'
            : effect.again === true
              ? 'charge again'
              : 'charge',
        )
        return true
      case 'openVehicle':
      case 'probePlatform':
        this.log.push(askedWord(effect))
        return true
      case 'lateCharge': {
        const followUp = (effect.late.followUp ?? []).map((row) => this.written(row))
        const late = { ...effect.late, followUp }
        return this.write(this.lateRows(late), true)
      }
      case 'barrier':
        this.log.push(`barrier ${effect.command.do}`)
        if (effect.command.do === 'open') {
          this.opens.push(this.openedOn(effect.command.passId))
          if (effect.command.byHand === true) this.openedByHand++
        }
        return true
      case 'show':
        this.onBoard = effect.text.zh
        return true
      case 'trace':
        if (effect.type === 'fault') this.faults.push(effect.detail)
        return true
    }
  }

  /** The rows of a late charge, in a lot whose refunds no platform carries out. */
  lateRows(late: WrittenLateCharge): readonly RowRequest[] {
    const { lastId: before } = this.lot
    const env = { nowMs: this.nowMs, hasPlatform: false, ...node, lastId: before }
    const { rows, lastId } = lateChargeRows(this.lot, late, env)
    giveOut(this.lot, lastId)
    return rows
  }

  private written(row: RowRequest): RowDraft {
    if (row.kind !== 'freeze') return row
    this.freezes.push(row)
    return frozen(row)
  }

  private write(rows: readonly RowRequest[], mayFail: boolean): boolean {
    const charge = rows.find((row) => row.kind === 'freeze' && row.op === 'charge')
    if (this.notEncodable && charge?.kind === 'freeze' && charge.op === 'charge') {
      this.takeBack({ type: 'chargeNotWritten', facts: charge.facts })
      return false
    }
    const isRefused = rows.some(({ kind }) => kind === this.refuses)
    if (this.failAppends > 0 || isRefused) {
      if (!isRefused) this.failAppends--
      this.log.push('append failed')
      if (mayFail) return true
      this.takeBack({ type: 'ledgerStopped' })
      return false
    }
    this.append(rows)
    this.log.push(...rows.map((row) => `+${rowWord(row)}`))
    return true
  }

  private takeBack(event: LaneEvent): void {
    this.state = { ...this.state, name: this.before.name, car: this.before.car }
    this.turns.unshift(event)
  }

  private claim(effect: Extract<LaneEffect, { do: 'claim' }>): boolean {
    const request = {
      ...node,
      laneId: this.env().laneId,
      plate: effect.reading.plate,
      plateRaw: effect.plateRaw,
      colour: effect.colour,
      confidence: effect.reading.confidence,
      photo: effect.photo,
      nowMs: this.nowMs,
      matchRule: effect.reading.mayCorrect ? standardMatch : null,
      clock: this.clock,
    }
    const { stoodUntilMs: seenAtMs } = this.options
    const obuId = this.state.car?.heard?.obu.obuId ?? null
    const { rows, answer, lastId } =
      seenAtMs === undefined
        ? claim(this.lot, this.tariff, request)
        : claimPassing(this.lot, this.tariff, { ...request, obuId, seenAtMs })
    giveOut(this.lot, lastId)
    this.log.push('claim')
    if (rows.length > 0 && !this.write(rows, false)) return false
    this.turns.unshift({ type: 'claimed', answer })
    return true
  }

  private debit(command: NonNullable<LaneBench['lastC6']>): boolean {
    if (this.debitLate) {
      this.log.push('rsu release')
      this.turns.unshift({ type: 'debitTooLate', deductionId: command.deductionId })
      return false
    }
    this.lastC6 = command
    this.log.push('debit')
    this.onCommand(command)
    return true
  }
}
