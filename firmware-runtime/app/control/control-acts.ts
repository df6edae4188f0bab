// Acts of people on cars and queue: each is checked, carried out once per commandId, and audited. An emergency open is
// never blocked; every other act needs its audit row on disk first (design.md 4.9).
import { takesOf } from '../../core/values/payment-means.ts'
import type {
  ActAnswer,
  ApiName,
  ArgsOf,
  OpenAnswer,
  Role,
  SettleAnswer,
  Who,
} from '../../api/table.ts'
import type { AuditedAct } from '../../core/lane/lane.ts'
import { mayBeAnother, personDeviceId } from '../../core/lane/exit-match.ts'
import { settleBar } from '../../core/lot/claim.ts'
import type { CommandState } from '../../api/calls/command.ts'
import { commandWords, notDone } from '../../core/lot/lot.ts'
import { isBeingTried } from '../../core/pay/cases.ts'
import { scanWords } from '../../core/values/pay-code.ts'
import { t } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { fenText, type Fen } from '../../core/values/fen.ts'
import type { RowDraft } from '../../core/values/rows/ledger-row.ts'
import { normalisePlate } from '../../core/values/plates/plate.ts'
import type { MonoClock } from '../../ports/clocks.ts'
import { BoomActs } from '../lot/boom-acts.ts'
import type { LaneHost } from '../lot/lane-host.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'
import { noBarrier, notNow, notWritten, settleBars } from './act-words.ts'
import { lateRead, pickedOf } from './picked-car.ts'
import { changeOf, checkAmount } from './settle-amounts.ts'
import {
  auditedFirst,
  digestOf,
  idIsOfAnother,
  DoneCommands,
  type ActArgs,
} from '../lot/done-commands.ts'

/** Lane and stay of an act, for its audit row. */
interface ActRefs {
  readonly laneId?: string | undefined
  readonly stayId?: string | undefined
}

/** States in which a person may settle the car by other means. */
const settleStates = ['manual', 'asking', 'waiting']
/** Names of audited acts; the first word of `act` in an audit row. */
type ActName = Extract<
  ApiName,
  | `lane.${string}`
  | 'queue.retryNow'
  | 'queue.mend'
  | 'passing.begin'
  | 'queue.release'
  | 'queue.end'
  | 'acceptance.override'
  | 'papers.review'
  | 'papers.drill'
  | 'queue.export'
  | 'queue.import'
  | 'clock.confirm'
  | `device.${string}`
  | `first.${string}`
  | `passport.${string}`
  | 'stays.close'
  | 'charges.settle'
  | `refunds.${string}`
  | `pay.${string}`
  | `day.${string}`
  | 'feedback.open'
  | 'receipt.end'
  | 'help.call'
  | 'help.take'
  | 'profiles.accept'
  | 'profiles.undo'
  | 'place.charge'
  | 'tariff.save'
  | `setup.${string}`
  | `members.${string}`
  | `coupons.${string}`
  | `merchants.${string}`
  | `points.${string}`
  | `arrears.${string}`
  | `inside.${string}`
  | `tune.${string}`
  | `hold.${string}`
  | 'rehearse.begin'
  | 'rehearse.end'
  | `test.${string}`
>

/** Whether the words of an audit row from before a restart belong to this command. */
function isOf(words: string, name: ActName, args: ActArgs): boolean {
  const { laneId, means, plate, stayId, exitStayId, deductionId, found, refundId } = args
  const { attemptNo, refundFen } = args
  const ids = [stayId, exitStayId, deductionId, found, refundId, attemptNo, refundFen]
    .filter((id) => id !== undefined)
    .join(' ')
  const object = plate === undefined ? (means ?? ids) : (normalisePlate(plate) ?? plate)
  const at = laneId === undefined ? '' : ` @${laneId}`
  // Device settings are too long for these words, so act and lane decide.
  if (object === '') return words.endsWith(at) && words.split(' ', 1)[0] === name
  return words === commandWords(`${name} ${object}`, laneId)
}

/** Writes the audit row of an act; throws when it cannot be written. */
type Audit = (what: string) => void

export class ControlActs {
  private readonly runtime: LotRuntime
  /** Command ids of opens whose audit row may not have reached the disk. */
  private readonly unwritten = new Set<string>()
  /** Acts of this process with their arguments, to detect a commandId that is used twice. */
  private readonly done = new DoneCommands()

  private readonly booms: BoomActs
  private turn: Promise<unknown> = Promise.resolve()

  constructor(runtime: LotRuntime, mono: MonoClock) {
    this.runtime = runtime
    this.booms = new BoomActs(runtime, mono)
  }

  close(): void {
    this.booms.close()
  }

  lane(laneId: string): LaneHost {
    const host = this.runtime.lanes.get(laneId)
    if (host === undefined) throw new LaneFault('LANE-01', { field: '/laneId', value: laneId })
    return host
  }

  /** True for an exit: its boom stays up until a car has passed, whether the car is there yet or not. */
  letsOut(laneId: string): boolean {
    return this.runtime.lanes.get(laneId)?.config.direction === 'exit'
  }

  /** True when the car in the lane has an order, so that nobody enters an amount. */
  isPriced(laneId: string): boolean {
    return (this.runtime.lanes.get(laneId)?.state.car?.orderId ?? null) !== null
  }

  /** Amount that the car in the lane owes. */
  dueFen(laneId: string): Fen {
    return this.runtime.lanes.get(laneId)?.state.car?.dueFen ?? 0
  }

  /** Lanes where a car waits for a person. */
  waiting(): readonly string[] {
    const calling = [...this.runtime.lanes.values()].filter(
      ({ state }) => state.car !== null && settleStates.includes(state.name),
    )
    return calling.map(({ config }) => config.id)
  }

  /** Resolves when the board answered and the boom was seen, or when neither can come any more. */
  async open(args: ArgsOf<'lane.open'>, role: Role): Promise<OpenAnswer> {
    const digest = this.digestOf('lane.open', args)
    const { repeated } = this.once('lane.open', args, () => {
      const host = this.lane(args.laneId)
      if (host.devices.barrier === null) throw notNow(host, noBarrier)
      // Noted before the command is sent: after a lost answer, a repeat must not lift the boom a second time.
      this.unwritten.add(args.commandId)
      this.done.remember(args.commandId, { name: 'lane.open', digest })
      const act = actOf(args, role)
      this.booms.watch(args.laneId, act)
      this.runtime.dispatch(args.laneId, { type: 'openByHand', act })
    })
    const outcome = await this.booms.outcomeOf(args.commandId)
    if (outcome !== null) return { ...outcome, repeated }
    // Carried out before a restart: its result is in the ledger.
    const { position } = this.lane(args.laneId).state
    const result = 'commanded'
    return { ok: true, repeated, result, answered: false, position, tookMs: 0, code: 'BOOM-03' }
  }

  /** Arms a barrier whose configuration changed. The boom does not move. */
  arm(args: ArgsOf<'lane.arm'>, role: Role): ActAnswer {
    return this.once('lane.arm', args, () => {
      const host = this.lane(args.laneId)
      if (host.devices.barrier === null) throw notNow(host, noBarrier)
      if (host.barrierArmed) throw notNow(host, t('道闸已启用', 'the barrier is armed'))
      this.runtime.arming.arm(host, this.auditRow(args, role, 'lane.arm', { laneId: args.laneId }))
    })
  }

  settle(args: ArgsOf<'lane.settle'>, role: Role): SettleAnswer {
    let changeFen: Fen | null = null
    const answer = this.once('lane.settle', args, () => {
      const host = this.lane(args.laneId)
      const { state } = host
      if (state.car === null || !settleStates.includes(state.name))
        throw notNow(
          host,
          t('没有等人处理的车', `no car is waiting for a person; the lane is ${state.name}`),
        )
      if (args.orderId !== undefined && args.orderId !== state.car.orderId)
        throw new LaneFault('LANE-02', {
          field: '/orderId',
          value: args.orderId,
          note: t(
            `车道里的车是订单 ${state.car.orderId ?? '无'}`,
            `the order of the car in the lane is ${state.car.orderId ?? 'none'}`,
          ),
        })
      const bar =
        takesOf(args.means) === 'arrears'
          ? null
          : settleBar(this.runtime.lot, args.laneId, state.car)
      if (bar !== null) throw notNow(host, settleBars[bar])
      checkAmount(args, state.car)
      changeFen = changeOf({ ...args, amountFen: args.amountFen ?? state.car.dueFen })
      this.runtime.dispatch(args.laneId, {
        type: 'settle',
        means: args.means,
        amountFen: args.amountFen ?? null,
        ...(args.givenFen === undefined ? {} : { givenFen: args.givenFen }),
        act: actOf(args, role),
      })
      this.mustBeAudited(args)
    })
    // At a repeat the car may have left, so the change is computed from the arguments.
    if (answer.repeated && args.amountFen !== undefined)
      changeFen = changeOf({ ...args, amountFen: args.amountFen })
    return changeFen === null ? answer : { ...answer, changeFen }
  }

  /** Confirms a large amount: ETC may charge exactly the amount that the person saw. */
  release(args: ArgsOf<'lane.release'>, role: Role): ActAnswer {
    return this.once('lane.release', args, () => {
      const host = this.lane(args.laneId)
      const { car, name } = host.state
      if (car === null || name !== 'manual' || car.manual !== 'largeAmount')
        throw notNow(
          host,
          t('没有等大额确认的车', 'no car is waiting for a large amount to be confirmed'),
        )
      if (car.orderId !== args.orderId || car.dueFen !== args.amountFen)
        throw notNow(
          host,
          t(
            `车的订单是 ${car.orderId ?? '无'},${fenText(car.dueFen)}`,
            `the order of the car is ${car.orderId ?? 'none'}, ${car.dueFen} fen`,
          ),
        )
      const bar = settleBar(this.runtime.lot, args.laneId, car)
      if (bar !== null) throw notNow(host, settleBars[bar])
      this.runtime.dispatch(args.laneId, { type: 'release', act: actOf(args, role) })
      this.mustBeAudited(args)
    })
  }

  payCode(args: ArgsOf<'lane.payCode'>, role: Role): ActAnswer {
    return this.once('lane.payCode', args, () => {
      const { code } = args
      const host = this.lane(args.laneId)
      const { payments } = this.runtime
      const { orderId } = args
      const isOther = orderId !== undefined && orderId !== host.state.car?.orderId
      const { laneId } = args
      const audit = this.auditRow(args, role, `lane.payCode ${scanWords(code)}`, { laneId })
      const refusal =
        payments === null
          ? 'noGateway'
          : isOther
            ? 'notNow'
            : payments.scanned(laneId, code, [audit])
      if (refusal === null) return
      if (refusal === 'rubbish')
        throw new LaneFault('SCAN-01', { field: '/code', value: scanWords(code) })
      if (refusal === 'notWritten') throw new LaneFault('DATA-02', {})
      throw new LaneFault('SCAN-02', { field: '/laneId', value: laneId, note: refusal })
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
          note: t('不是车牌', 'this is not a number plate'),
        })
      const { car, name } = host.state
      const isOpen = car?.stayId === null || (car !== null && mayBeAnother(car))
      const waits = name === 'reading' || (name === 'manual' && isOpen)
      if (car === null || !waits)
        throw notNow(
          host,
          t('没有等车牌的车', `no car is waiting for its plate; the lane is ${name}`),
        )
      if (isBeingTried(this.runtime.lot.pays, car.orderId ?? ''))
        throw notNow(
          host,
          t('车主可能正在扫码付这笔订单', 'the driver may be paying this order by code now'),
        )
      const picked = pickedOf(car, plate, args.stayId)
      const late = lateRead(this.runtime.lot, car.colour, plate, args, this.runtime.nowMs())
      if (plate === car.plate && picked === null && late.length === 0)
        throw notNow(
          host,
          t(
            `车牌已经是 ${plate},没有改动`,
            `the plate is already ${plate}, so nothing was changed`,
          ),
        )
      const stayId = late[0]?.stayId ?? picked?.stayId ?? this.runtime.lot.byPlate.get(plate)
      const { laneId } = args
      const audit = this.auditRow(args, role, `lane.correctPlate ${plate}`, { laneId, stayId })
      this.runtime.append([audit, ...late])
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
          // The colour of the picked car: another car may have the same number in another colour.
          colour: picked === null || picked.colour === 'unknown' ? car.colour : picked.colour,
          confidence: null,
          history: false,
          jpeg: null,
        },
      })
    })
  }

  retryNow(args: ArgsOf<'queue.retryNow'>, role: Role): ActAnswer {
    return this.once('queue.retryNow', args, () => {
      const { inFiles = false } = args
      if (inFiles && !this.runtime.sendsFiles) throw new LaneFault('TRANSFER-06', {})
      this.audit(args, role, 'queue.retryNow', {})
      if (inFiles) this.runtime.sendInFiles()
      else this.runtime.retryNow()
    })
  }

  /** A person confirms that the clock is right: the lanes price by it again. */
  confirmClock(args: ArgsOf<'clock.confirm'>, role: Role): ActAnswer {
    return this.once('clock.confirm', args, () => {
      if (this.runtime.clockDoubt === null)
        throw new LaneFault('CLOCK-08', { note: t('时钟没有疑问', 'the clock is not in doubt') })
      this.runtime.confirmClock(this.auditRow(args, role, 'clock.confirm', {}))
    })
  }

  /** An act on a device: `run` gets the audit function, and calls it before anything is sent. */
  onDevice(
    name: ActName,
    args: ActArgs & { readonly laneId: string },
    role: Role,
    run: (audit: Audit) => void,
  ): ActAnswer {
    return this.once(name, args, () => run((what) => this.audit(args, role, what, args)))
  }

  /** An act that belongs to no lane: `run` gets the audit function, and calls it before anything changes. */
  onLot(name: ActName, args: ActArgs, role: Role, run: (audit: Audit) => void): ActAnswer {
    return this.once(name, args, () => run((what) => this.audit(args, role, what, {})))
  }

  /**
   * Called before each act. Throws ACT-01 when its commandId belonged to another command, in this process or an earlier
   * one. Until the returned function is called, audit rows with this id get the digest of these arguments.
   */
  begin(name: ApiName, args: ActArgs): (isDone: boolean) => void {
    const { commandId } = args
    const { commands, lot } = this.runtime
    const digest = digestOf(name, args)
    const before = lot.commands.get(commandId)
    const done = this.done.get(commandId)
    const known = before?.digest ?? done?.digest ?? digest
    if (known !== digest) throw idIsOfAnother(commandId, before?.words ?? done?.name ?? '')
    const end = commands.begin(commandId, digest, name)
    return (isDone) => {
      const row = end()
      if (isDone || row === null || before !== undefined || !auditedFirst.has(name)) return
      this.done.forget(commandId)
      const atMs = this.runtime.nowMs()
      this.runtime.appendQuietly([{ ...row, atMs, body: { ...row.body, result: notDone } }])
    }
  }

  /** What became of a command whose answer was lost; one that was not carried out is refused from now on. */
  stateOf(commandId: string): CommandState {
    if (this.runtime.commands.digestOf(commandId) !== undefined) return 'running'
    if (this.knows(commandId) || this.unwritten.has(commandId)) return 'done'
    this.runtime.commands.disown(commandId)
    return 'none'
  }

  /** Whether an act with this id was carried out, in this process or an earlier one. */
  knows(commandId: string): boolean {
    return this.runtime.lot.commands.has(commandId)
  }

  /** Runs acts that read what they change one after the other: each begins when the one before it is written. */
  inTurn<T>(run: () => Promise<T>): Promise<T> {
    const done = this.turn.then(run)
    this.turn = done.catch(() => undefined)
    return done
  }

  /** An act on a stay; `run` writes its audit row together with its change. */
  onStay(name: ActName, args: ActArgs, run: () => void): ActAnswer {
    return this.once(name, args, run)
  }

  /**
   * Runs an act unless its commandId was carried out before, in this process or an earlier one. An id belongs to one
   * command: with another act, lane or object it is refused, also for an open. To open where a repeat was meant, or to
   * report a repeat where nothing opened, would both be wrong.
   */
  private once(name: ActName, args: ActArgs, run: () => void): ActAnswer {
    const { commandId } = args
    const digest = this.digestOf(name, args)
    const before = this.runtime.lot.commands.get(commandId)
    if (before === undefined && !this.unwritten.has(commandId)) {
      run()
      this.done.remember(commandId, { name, digest })
      return { ok: true, repeated: false }
    }
    const done = this.done.get(commandId)
    const known = before?.digest ?? done?.digest
    // Rows of older versions have no digest, only words.
    const same = known === undefined ? isOf(before?.words ?? '', name, args) : known === digest
    if (same) return { ok: true, repeated: true }
    throw idIsOfAnother(commandId, before?.words ?? done?.name ?? '')
  }

  /** Digest of the call; a handler may have added to the arguments since. */
  private digestOf(name: ActName, args: ActArgs): string {
    return this.runtime.commands.digestOf(args.commandId) ?? digestOf(name, args)
  }

  private audit(who: Who, role: Role, what: string, refs: ActRefs): void {
    this.runtime.append([this.auditRow(who, role, what, refs)])
  }

  auditRow(
    who: Who,
    role: Role,
    what: string,
    { laneId, stayId }: ActRefs,
  ): Extract<RowDraft, { kind: 'audit' }> {
    return {
      kind: 'audit',
      atMs: this.runtime.nowMs(),
      ...(laneId === undefined ? {} : { laneId }),
      ...(stayId === undefined ? {} : { stayId }),
      body: { act: what, ...actOf(who, role), result: 'done' },
    }
  }

  /** Throws DATA-02 when the lane could not write the rows: the act was not done. */
  private mustBeAudited({ commandId }: Who): void {
    if (!this.runtime.lot.commands.has(commandId)) throw new LaneFault('DATA-02', notWritten)
  }
}

const actOf = ({ by, reason, commandId }: Who, role: Role): AuditedAct => ({
  by,
  role,
  reason,
  commandId,
})
