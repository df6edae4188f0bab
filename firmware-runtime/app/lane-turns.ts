// The turns of the lanes: one event at a time, its step, and the step's effects in their order.
// An effect that could not be made durable ends its turn: what comes after it must not happen.
import { pageOf } from '../core/lane/driver-text.ts'
import type { ChargeFacts } from '../core/etc/charge-facts.ts'
import { lateChargeRows } from '../core/etc/late-charge.ts'
import type { LaneEffect, LaneEnv, LaneEvent } from '../core/lane/lane.ts'
import { newCar, stepTable } from '../core/lane/steps.ts'
import { claim, findStay } from '../core/lot/claim.ts'
import { LaneFault } from '../core/values/faults.ts'
import type { RowDraft } from '../core/values/ledger-row.ts'
import { present } from '../core/values/must.ts'
import type { PlateColour } from '../core/values/plate.ts'
import { watchBoom } from './boom-watch.ts'
import { laneEnv } from './lane-env.ts'
import { setTimer, type LaneHost } from './lane-host.ts'
import { carOfPass, fateOf, goneEvent, type LoopEvent } from './left-over.ts'
import type { LotClock } from './lot-clock.ts'
import type { LotBooks } from './lot-books.ts'
import type { LotParts } from './lot-parts.ts'
import type { LotUploads } from './lot-uploads.ts'
import type { OwedRows } from './owed-rows.ts'
import { chargeOutboxRow, poisonRow } from './outbox-rows.ts'

/** 800 ms after B4 no C6 leaves any more (design.md section 2). */
const debitPatienceUs = 800_000

interface Turn {
  readonly laneId: string
  readonly event: LaneEvent
}

export interface TurnsParts {
  readonly books: LotBooks
  readonly parts: LotParts
  readonly lanes: ReadonlyMap<string, LaneHost>
  readonly uploads: LotUploads
  readonly owed: OwedRows
  readonly clock: LotClock
  dispatch(laneId: string, event: LaneEvent): void
}

export class LaneTurns {
  private readonly own: TurnsParts
  private readonly turns: Turn[] = []
  /** Passes found at the start: only these are taken up again, each once. */
  private readonly leftOver = new Set<string>()
  busy = false

  constructor(own: TurnsParts) {
    this.own = own
    for (const pass of own.books.lot.passByLane.values()) this.leftOver.add(pass.passId)
  }

  /** Takes an event, and those that it leads to. Events that come while a turn runs wait theirs. */
  take(laneId: string, event: LaneEvent): void {
    this.turns.push({ laneId, event })
    if (this.busy) return
    this.busy = true
    try {
      for (let turn = this.turns.shift(); turn !== undefined; turn = this.turns.shift())
        this.run(turn)
    } finally {
      this.busy = false
    }
  }

  private run({ laneId, event }: Turn): void {
    const { books, parts, lanes } = this.own
    const host = present(lanes.get(laneId), `lane ${laneId} exists`)
    if (event.type === 'cardRead') host.cardReadAtUs = parts.mono.nowUs()
    if (event.type === 'loop') this.resumeAfterRestart(host, event)
    const step = stepTable(host.layout.table, host.state, event, this.env(host))
    if (host.state.car !== null && host.state.car.stayId !== step.state.car?.stayId)
      host.lastCar = host.state.car
    host.before = host.state
    host.state = step.state
    for (const effect of step.effects) if (!this.carryOut(host, effect)) break
    host.devices.rsu?.hurry?.(host.state.car !== null)
    host.devices.barrier?.hurry?.(host.state.car !== null)
    watchBoom(host, parts.mono, () => books.trace(laneId, null, 'fault', 'boomLeftOpen'))
  }

  /** A pass of the ledger whose car was not seen leaving before the restart (left-over.ts). */
  private resumeAfterRestart(host: LaneHost, event: LoopEvent): void {
    const { lot } = this.own.books
    const pass = lot.passByLane.get(host.config.id)
    if (pass === undefined || !this.leftOver.has(pass.passId)) return
    const fate = fateOf(pass, host.state, event)
    if (fate === 'notKnown') return
    this.leftOver.delete(pass.passId)
    const stay = lot.stays.get(pass.stayId)
    if (stay === undefined) return
    const car = carOfPass(newCar(this.env(host)), stay, pass)
    const resume: LaneEvent = { type: 'resume', car, told: pass.told, fate }
    const step = stepTable(host.layout.table, host.state, resume, this.env(host))
    host.state = step.state
    for (const effect of step.effects) if (!this.carryOut(host, effect)) break
    if (fate === 'gone') this.turns.unshift({ laneId: host.config.id, event: goneEvent(pass) })
  }

  /** False when the rest of the effects must not be done. */
  private carryOut(host: LaneHost, effect: LaneEffect): boolean {
    const { books, parts, uploads, dispatch } = this.own
    const laneId = host.config.id
    switch (effect.do) {
      case 'timer':
        setTimer(host, parts.mono, effect, () =>
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
        const rows = lateChargeRows(books.lot, effect.late, books.lateEnv())
        return rows.length === 0 || this.appendFor(host, rows, true)
      }
      case 'barrier':
        host.devices.barrier?.send(effect.command)
        return true
      case 'charge':
        if (effect.again === true) uploads.chargeAgain(effect.deductionId)
        else uploads.charge(effect.deductionId)
        return true
      case 'probePlatform':
        uploads.probe()
        return true
      case 'show':
        // Nobody waits for a board: what it does with a page holds no car up.
        host.devices.display?.send({ do: 'show', page: pageOf(effect.text) })
        return true
      case 'trace':
        books.trace(laneId, effect.stayId, effect.type, effect.detail)
        return true
    }
  }

  private appendFor(host: LaneHost, rows: readonly RowDraft[], mayFail: boolean): boolean {
    const { books, parts, owed } = this.own
    try {
      books.append(rows)
      return true
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      books.trace(host.config.id, null, 'fault', error.code)
      if (mayFail) owed.note(rows)
      if (mayFail) return true
      if (error.code !== 'DATA-02') parts.fatal(error)
      // What was not written did not happen: the car is as it was, what devices said still holds.
      host.state = { ...host.state, name: host.before.name, car: host.before.car }
      this.turns.unshift({ laneId: host.config.id, event: { type: 'ledgerStopped' } })
      return false
    }
  }

  private claimFor(host: LaneHost, effect: Extract<LaneEffect, { do: 'claim' }>): boolean {
    const { books, parts } = this.own
    this.takeOver(host, effect.plate, effect.colour)
    const claimed = claim(books.lot, parts.tariff, {
      nodeId: parts.config.nodeId,
      laneId: host.config.id,
      plate: effect.plate,
      colour: effect.colour,
      photo: effect.photo,
      nowMs: books.nowMs(),
      plateTolerance: parts.config.plateTolerance,
      clock: this.own.clock.doubt,
    })
    if (claimed.rows.length > 0 && !this.appendFor(host, claimed.rows, false)) return false
    this.turns.unshift({
      laneId: host.config.id,
      event: { type: 'claimed', answer: claimed.answer },
    })
    return true
  }

  /** A car that stands in a lane is no longer a pile's or handheld's, unless that charges it now. */
  private takeOver(host: LaneHost, plate: string, colour: PlateColour): void {
    const { books, parts, lanes } = this.own
    const { plateTolerance } = parts.config
    const stayId = findStay(books.lot, { plate, colour, plateTolerance })?.stayId
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
      this.turns.unshift({ laneId: host.config.id, event: { type: 'debitTooLate', deductionId } })
      return false
    }
    rsu.send(command)
    return true
  }

  private env(host: LaneHost): LaneEnv {
    const { books, parts, uploads } = this.own
    return laneEnv(host, {
      ...parts,
      lot: books.lot,
      queue: books.queue,
      nowMs: books.nowMs(),
      clock: this.own.clock.doubt,
      platformUp: uploads.platformUp,
      mint: (letter) => books.mint(letter),
      outbox: (op, facts) => this.chargeOutbox(op, facts),
    })
  }

  private chargeOutbox(op: 'charge' | 'exitUpload', facts: ChargeFacts): RowDraft | null {
    const { books } = this.own
    try {
      return chargeOutboxRow(books.outboxMaker(), op, facts)
    } catch (error) {
      // A card with an odd date must not stop the lane: what cannot be uploaded is an open item.
      if (!(error instanceof LaneFault) || !error.code.startsWith('UPLOAD-')) throw error
      const detail = `${error.code} ${error.detail.field ?? ''} ${error.detail.value ?? ''}`
      books.trace(facts.laneId, facts.stayId, 'fault', detail)
      return op === 'exitUpload' ? poisonRow(facts, detail) : null
    }
  }
}
