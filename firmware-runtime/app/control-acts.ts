// People's acts on cars and queue: each is checked, carried out once per commandId, and audited.
// An emergency open is never blocked; everything else needs its audit row on disk first (design.md 4.9).
import type { ActAnswer, ApiName, ArgsOf, Role, Who } from '../api/table.ts'
import type { AuditedAct, Car } from '../core/lane/lane.ts'
import { LaneFault } from '../core/values/faults.ts'
import type { RowDraft } from '../core/values/ledger-row.ts'
import { normalisePlate } from '../core/values/plate.ts'
import type { LaneHost } from './lane-host.ts'
import type { LotRuntime } from './lot-runtime.ts'

const notNow = (host: LaneHost, note: string): LaneFault =>
  new LaneFault('LANE-02', { field: '/laneId', value: host.config.id, note })

/** States in which a person may settle the car otherwise. */
const settleStates = ['manual', 'asking', 'waiting']
/** The plate a person gives has this device id in the ledger's readings. */
const personDeviceId = 'person'

/** Acts that are audited; the first word of an audit row's `act`. */
type ActName = Extract<ApiName, `lane.${string}` | `queue.retryNow` | `device.${string}`>

/** Writes the audit row of an act; throws when it cannot be written. */
export type Audit = (what: string) => void

export class ControlActs {
  private readonly runtime: LotRuntime
  /** Acts of this process whose audit row did not reach the disk; the others are in the lot. */
  private readonly done = new Map<string, ActName>()

  constructor(runtime: LotRuntime) {
    this.runtime = runtime
  }

  lane(laneId: string): LaneHost {
    const host = this.runtime.lanes.get(laneId)
    if (host === undefined) throw new LaneFault('LANE-01', { field: '/laneId', value: laneId })
    return host
  }

  open(args: ArgsOf<'lane.open'>, role: Role): ActAnswer {
    return this.once('lane.open', args, () => {
      const host = this.lane(args.laneId)
      if (host.devices.barrier === null) throw notNow(host, 'the lane has no barrier')
      // Noted before it is done: a lost answer must not lift the boom a second time.
      this.done.set(args.commandId, 'lane.open')
      this.runtime.dispatch(args.laneId, { type: 'openByHand', act: actOf(args, role) })
    })
  }

  /** Lets a barrier work whose configuration changed. It does not move by that. */
  arm(args: ArgsOf<'lane.arm'>, role: Role): ActAnswer {
    return this.once('lane.arm', args, () => {
      const host = this.lane(args.laneId)
      if (host.devices.barrier === null) throw notNow(host, 'the lane has no barrier')
      if (host.barrierArmed) throw notNow(host, 'the barrier is armed')
      this.runtime.arming.arm(host, this.auditRow(args, role, 'lane.arm', { laneId: args.laneId }))
    })
  }

  settle(args: ArgsOf<'lane.settle'>, role: Role): ActAnswer {
    return this.once('lane.settle', args, () => {
      const host = this.lane(args.laneId)
      const { state } = host
      if (state.car === null || !settleStates.includes(state.name))
        throw notNow(host, `no car waits for a person, the lane is ${state.name}`)
      if (args.orderId !== undefined && args.orderId !== state.car.orderId)
        throw new LaneFault('LANE-02', {
          field: '/orderId',
          value: args.orderId,
          note: `the car in the lane has the order ${state.car.orderId ?? 'none'}`,
        })
      checkAmount(args, state.car)
      this.runtime.dispatch(args.laneId, {
        type: 'settle',
        means: args.means,
        amountFen: args.amountFen ?? null,
        act: actOf(args, role),
      })
      this.mustBeAudited(args)
    })
  }

  correctPlate(args: ArgsOf<'lane.correctPlate'>, role: Role): ActAnswer {
    return this.once('lane.correctPlate', args, () => {
      const host = this.lane(args.laneId)
      const plate = normalisePlate(args.plate)
      if (plate === null)
        throw new LaneFault('API-01', {
          field: '/plate',
          value: args.plate,
          note: 'not a number plate',
        })
      const { car, name } = host.state
      const waits = name === 'reading' || (name === 'manual' && car?.stayId === null)
      if (car === null || !waits) throw notNow(host, `no car waits for its plate, it is ${name}`)
      this.audit(args, role, `lane.correctPlate ${plate}`, { laneId: args.laneId })
      this.runtime.dispatch(args.laneId, {
        type: 'plate',
        photo: car.photo,
        read: {
          deviceId: personDeviceId,
          recordId: args.commandId,
          deviceAtMs: null,
          plate,
          plateRaw: args.plate,
          plateState: 'read',
          colour: car.colour,
          confidence: null,
          history: false,
          jpeg: null,
        },
      })
    })
  }

  retryNow(args: ArgsOf<'queue.retryNow'>, role: Role): ActAnswer {
    return this.once('queue.retryNow', args, () => {
      this.audit(args, role, 'queue.retryNow', {})
      this.runtime.retryNow()
    })
  }

  /** An act on a device: `run` gets the audit, which it writes before anything leaves. */
  onDevice(
    name: ActName,
    args: Who & { readonly laneId: string },
    role: Role,
    run: (audit: Audit) => void,
  ): ActAnswer {
    return this.once(name, args, () => run((what) => this.audit(args, role, what, args)))
  }

  /** Runs an act unless its commandId was carried out before, in this life or an earlier one. */
  private once(name: ActName, { commandId }: Who, run: () => void): ActAnswer {
    const before = this.done.get(commandId) ?? this.runtime.lot.commands.get(commandId)
    if (before === name) return { ok: true, repeated: true }
    // Nothing blocks an emergency open: an id of another act is the caller's mistake, not the driver's.
    if (before !== undefined && name !== 'lane.open')
      throw new LaneFault('API-01', {
        field: '/commandId',
        value: commandId,
        note: `another act had this id: ${before}`,
      })
    run()
    return { ok: true, repeated: false }
  }

  private audit(who: Who, role: Role, what: string, refs: { readonly laneId?: string }): void {
    this.runtime.append([this.auditRow(who, role, what, refs)])
  }

  private auditRow(who: Who, role: Role, what: string, refs: { laneId?: string }): RowDraft {
    return {
      kind: 'audit',
      atMs: this.runtime.nowMs(),
      ...(refs.laneId === undefined ? {} : { laneId: refs.laneId }),
      body: { act: what, ...actOf(who, role), result: 'done' },
    }
  }

  /** A lane that could not write its rows did not do the act. */
  private mustBeAudited({ commandId }: Who): void {
    if (this.runtime.lot.commands.get(commandId) !== 'lane.settle')
      throw new LaneFault('DATA-02', { note: 'the act was not written, so it was not done' })
  }
}

/**
 * What is due is what is paid: another amount would have to be booked as an adjustment. A car without
 * a stay has no price yet, so a person sets it.
 */
function checkAmount({ means, amountFen }: ArgsOf<'lane.settle'>, car: Car): void {
  if (means === 'waived' || means === 'later') return
  if (car.stayId === null || amountFen === undefined || amountFen === car.dueFen) return
  throw new LaneFault('LANE-02', {
    field: '/amountFen',
    value: String(amountFen),
    note: `${car.dueFen} fen are due, no other amount can be taken`,
  })
}

const actOf = ({ by, reason, commandId }: Who, role: Role): AuditedAct => ({
  by,
  role,
  reason,
  commandId,
})
