// The turns of the lanes: one event at a time, its step, and the effects of the step in order. When an effect cannot be
// made durable its turn ends: the effects after it must not happen.
import { pageOf } from '#devices/pure/lane/driver-text.ts'
import type { RowRequest } from '#devices/pure/charge/freeze-row.ts'
import type { VehicleInfo } from '#devices/pure/etc/rsu.ts'
import { lateChargeRows } from '../pure/etc/late-charge.ts'
import type { LaneEffect, LaneEvent, LaneView } from '../pure/lane.ts'
import { newCar, stepTable, type LaneStep } from '../pure/steps.ts'
import { claim } from '../pure/lot/claim.ts'
import { isSentLane } from '../pure/layouts/index.ts'
import { claimSent } from '../pure/lot/claim-sent.ts'
import { claimPassing } from '../pure/open/claim-passing.ts'
import { areaOf, matchRuleOf } from '#base/pure/lot/config.ts'
import { findStay, type FindRequest } from '../pure/lot/find-stay.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { OpenSpaces } from '../open/open-spaces.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { watchBoom, watchPass } from './upkeep/boom-watch.ts'
import { hasCarBeside } from './car-beside.ts'
import { laneEnv } from './lane-env.ts'
import type { LaneHost } from './lane-host.ts'
import { carOfPass, fateOf, goneEvent, type LoopEvent } from './queue/left-over.ts'
import { Inbox } from '#base/process/machine.ts'
import type { LotClock } from './lot-clock.ts'
import type { LotLedger } from './lot-ledger.ts'
import type { LotParts } from './lot-parts.ts'
import type { LotUploads } from './queue/lot-uploads.ts'
import type { PendingRows } from './queue/pending-rows.ts'
import { notEncoded, poisonRow } from './queue/outbox-rows.ts'
import type { TurnRecords } from './turn-records.ts'

/** No C6 is sent later than 800 ms after B4 (design.md section 2). */
const debitPatienceUs = 800_000

interface Turn {
  readonly laneId: string
  readonly event: LaneEvent
}

interface TurnsParts {
  readonly ledger: LotLedger
  readonly parts: LotParts
  readonly lanes: ReadonlyMap<string, LaneHost>
  readonly uploads: LotUploads
  readonly pending: PendingRows
  readonly clock: LotClock
  readonly records: TurnRecords
  dispatch(laneId: string, event: LaneEvent): void
  /** For an open lot: what its spaces know beyond the ledger; null for an enclosed one. */
  spaces(): Pick<OpenSpaces, 'stoodUntilMs' | 'comingSince' | 'isWatched' | 'unmatched'> | null
}

export class LaneTurns {
  private readonly own: TurnsParts
  private readonly inbox = new Inbox<Turn>((turn) => this.run(turn))
  /** Passes found at the start: only these are resumed, each once. */
  private readonly leftOver = new Set<string>()

  constructor(own: TurnsParts) {
    this.own = own
    for (const pass of own.ledger.lot.passByLane.values()) this.leftOver.add(pass.passId)
  }

  get busy(): boolean {
    return this.inbox.busy
  }

  /** Takes an event and the events that follow from it. Events that arrive during a turn are queued. */
  take(laneId: string, event: LaneEvent): void {
    this.inbox.take({ laneId, event })
  }

  private run({ laneId, event }: Turn): void {
    const { ledger, parts, lanes } = this.own
    const host = present(lanes.get(laneId), `lane ${laneId} exists`)
    if (event.type === 'cardRead' || event.type === 'vehicleSealed')
      host.cardReadAtUs = parts.mono.nowUs()
    if (event.type === 'loop') this.resumeAfterRestart(host, event)
    const step = this.step(host, event)
    if (host.state.car !== null && host.state.car.stayId !== step.state.car?.stayId)
      host.lastCar = host.state.car
    host.before = host.state
    host.state = step.state
    for (const effect of step.effects) if (!this.carryOut(host, effect)) break
    host.devices.rsu?.hurry?.(host.state.car !== null)
    const partnerCar = host.partner?.state.car ?? null
    host.devices.barrier?.hurry?.(host.state.car !== null || partnerCar !== null)
    // Of two lanes that share one boom, the lane to which it is wired watches it.
    const owner = host.config.sharesBarrierOf === undefined ? host : (host.partner ?? host)
    watchBoom(owner, () => ledger.trace(owner.config.id, null, 'fault', 'boomLeftOpen'))
    watchPass(host, () => this.own.dispatch(laneId, { type: 'notOpened' }))
  }

  private step(host: LaneHost, event: LaneEvent): LaneStep {
    const { ledger, records } = this.own
    const table = (view: LaneView) => stepTable(host.layout.table, host.state, event, view)
    return ledger.took(records.made(host, { event, view: this.env(host) }, table))
  }

  /** A pass in the ledger whose car was not seen leaving before the restart (left-over.ts). */
  private resumeAfterRestart(host: LaneHost, event: LoopEvent): void {
    const { ledger } = this.own
    const { lot } = ledger
    const pass = lot.passByLane.get(host.config.id)
    if (pass === undefined || !this.leftOver.has(pass.passId)) return
    const fate = fateOf(pass, host.state, event)
    if (fate === 'notKnown') return
    this.leftOver.delete(pass.passId)
    const stay = lot.stays.get(pass.stayId)
    if (stay === undefined) return
    const car = carOfPass(newCar(this.env(host)), stay, pass)
    const resume: LaneEvent = { type: 'resume', car, told: pass.told, fate }
    const step = this.step(host, resume)
    host.state = step.state
    for (const effect of step.effects) if (!this.carryOut(host, effect)) break
    if (fate === 'gone') this.inbox.putFirst({ laneId: host.config.id, event: goneEvent(pass) })
  }

  /** False when the remaining effects must not be carried out. */
  private carryOut(host: LaneHost, effect: LaneEffect): boolean {
    const { ledger, uploads, dispatch } = this.own
    const laneId = host.config.id
    switch (effect.do) {
      case 'timer':
        host.timers.set(effect.name, effect.afterMs, () =>
          dispatch(laneId, { type: 'timer', name: effect.name }),
        )
        return true
      case 'follow':
        host.before = effect.from
        return true
      case 'append':
        return this.appendFor(host, effect.rows, effect.mayFail === true)
      case 'claim':
        return this.claimFor(host, effect)
      case 'rsu':
        host.devices.rsu?.send(effect.command)
        return true
      case 'debit':
        return this.debit(host, effect.command)
      case 'lateCharge': {
        const followUp = this.written(host, effect.late.followUp ?? [])
        if (followUp === null) return false
        const late = { ...effect.late, followUp }
        const { rows } = ledger.took(lateChargeRows(ledger.lot, late, ledger.lateEnv()))
        return rows.length === 0 || this.appendFor(host, rows, true)
      }
      case 'barrier':
        host.devices.barrier?.send(effect.command)
        return true
      case 'charge':
        if (effect.takeBack === true) uploads.takeBack(effect.deductionId)
        else if (effect.again === true) uploads.chargeAgain(effect.deductionId)
        else uploads.charge(effect.deductionId)
        return true
      case 'openVehicle':
        this.openVehicle(laneId, effect)
        return true
      case 'probePlatform':
        uploads.probe()
        return true
      case 'show':
        // The lane never waits for a display: its answer must not delay a car.
        host.devices.display?.send({ do: 'show', page: pageOf(effect.text) })
        host.shownCode = null
        return true
      case 'trace':
        ledger.trace(laneId, effect.stayId, effect.type, effect.detail)
        return true
    }
  }

  private openVehicle(
    laneId: string,
    { ask, withinMs }: Extract<LaneEffect, { do: 'openVehicle' }>,
  ): void {
    const { parts, dispatch } = this.own
    const { obuId } = ask.obu
    const told = (vehicle: VehicleInfo | null): void =>
      dispatch(laneId, { type: 'vehicleOpened', obuId, vehicle })
    if (parts.openVehicle === undefined) told(null)
    else parts.openVehicle(ask, withinMs, told)
  }

  private appendFor(host: LaneHost, rowRequests: readonly RowRequest[], mayFail: boolean): boolean {
    const { ledger, parts, pending } = this.own
    const rows = this.written(host, rowRequests)
    if (rows === null) return false
    try {
      ledger.append(rows)
      return true
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      ledger.trace(host.config.id, null, 'fault', error.code)
      if (mayFail) pending.note(rows)
      if (mayFail) return true
      if (error.code !== 'DATA-02') parts.fatal(error)
      this.takeBack(host, { type: 'ledgerStopped' })
      return false
    }
  }

  /** Rows that were not written did not happen: the car gets its former state, and device states stay. */
  private takeBack(host: LaneHost, event: LaneEvent): void {
    host.state = { ...host.state, name: host.before.name, car: host.before.car }
    this.inbox.putFirst({ laneId: host.config.id, event })
  }

  private claimFor(host: LaneHost, effect: Extract<LaneEffect, { do: 'claim' }>): boolean {
    const { ledger, parts } = this.own
    const { plate, confidence, mayCorrect, plateRead } = effect.reading
    const { plateRaw, colour, photo } = effect
    const request = {
      lotId: parts.config.lotId,
      nodeId: parts.config.nodeId,
      laneId: host.config.id,
      plate,
      plateRaw,
      ...(plateRead === undefined ? {} : { plateRead }),
      colour,
      confidence,
      photo,
      nowMs: ledger.nowMs(),
      matchRule: mayCorrect ? matchRuleOf(parts.config) : null,
      clock: this.own.clock.doubt,
      areaOf: (laneId: string) => areaOf(parts.config, laneId),
    }
    this.takeOver(host, request)
    const obuId = host.state.car?.heard?.obu.obuId ?? null
    const seenAtMs = (spaceId: string) => this.own.spaces()?.stoodUntilMs(spaceId) ?? null
    const claimed = isSentLane(host.config)
      ? claimSent(ledger.lot, request)
      : ledger.took(
          host.layout.open === undefined
            ? claim(ledger.lot, parts.tariff, request)
            : claimPassing(ledger.lot, parts.tariff, { ...request, obuId, seenAtMs }),
        )
    const { answer } = claimed
    if (host.layout.open !== undefined && answer.kind === 'noStay') {
      const { laneId, nowMs: atMs } = request
      const passing = { laneId, obuId, plate, colour, atMs, candidates: answer.candidates }
      this.own.spaces()?.unmatched.note(passing)
    }
    if (claimed.rows.length > 0 && !this.appendFor(host, claimed.rows, false)) return false
    this.inbox.putFirst({ laneId: host.config.id, event: { type: 'claimed', answer } })
    return true
  }

  /** A car in a lane no longer belongs to a pile or handheld, unless that is charging it now. */
  private takeOver(host: LaneHost, request: FindRequest): void {
    const { ledger, lanes } = this.own
    const stayId = findStay(ledger.lot, request).stay?.stayId
    if (stayId === undefined) return
    for (const other of lanes.values())
      if (other !== host && other.config.place !== undefined && other.state.car?.stayId === stayId)
        this.run({ laneId: other.config.id, event: { type: 'taken' } })
  }

  private debit(host: LaneHost, command: Extract<LaneEffect, { do: 'debit' }>['command']): boolean {
    const rsu = present(host.devices.rsu, 'a lane that debits has an RSU')
    const { deductionId, obuId } = command
    if (this.own.parts.mono.nowUs() - host.cardReadAtUs > debitPatienceUs) {
      rsu.send({ do: 'release', obuId })
      this.inbox.putFirst({ laneId: host.config.id, event: { type: 'debitTooLate', deductionId } })
      return false
    }
    rsu.send(command)
    return true
  }

  private env(host: LaneHost): LaneView {
    const { ledger, parts, uploads } = this.own
    return laneEnv(host, {
      ...parts,
      lot: ledger.lot,
      queue: ledger.queue,
      nowMs: ledger.nowMs(),
      clock: this.own.clock.doubt,
      platformUp: uploads.platformUp,
      cardNetworks: ledger.cardNetworks,
      comingSince: (spaceId) => this.own.spaces()?.comingSince(spaceId) ?? null,
      isWatched: (spaceId) => this.own.spaces()?.isWatched(spaceId) ?? false,
      hasCarBeside: hasCarBeside(host, this.own.lanes.values(), ledger.nowMs()),
    })
  }

  /**
   * The rows with their records. Null when the record of a charge cannot be encoded: then nothing of the effect is
   * done.
   */
  private written(host: LaneHost, rowRequests: readonly RowRequest[]): RowDraft[] | null {
    const { ledger } = this.own
    const rows: RowDraft[] = []
    for (const row of rowRequests)
      try {
        rows.push(...ledger.frozen([row]))
      } catch (error) {
        if (row.kind !== 'freeze' || row.op === 'refund') throw error
        const { facts } = row
        const detail = notEncoded(error)
        ledger.trace(facts.laneId, facts.stayId, 'fault', detail)
        if (row.op === 'charge') {
          this.takeBack(host, { type: 'chargeNotWritten', facts })
          return null
        }
        // A card with an odd date must not stop the lane: a record that cannot be encoded becomes an open item (M11).
        rows.push({ ...poisonRow(facts, detail), atMs: row.atMs })
      }
    return rows
  }
}
