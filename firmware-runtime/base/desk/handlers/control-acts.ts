// Acts of people on cars and queue: each is checked, carried out once per commandId, and audited. An emergency open is
// never blocked; every other act needs its audit row on disk first (design.md 4.9).
import { takesOf } from '../../pure/values/payment-means.ts'
import type { ApiName, ArgsOf } from '#runtime/api/table.ts'
import type { Role } from '../../pure/values/roles.ts'
import type { ActAnswer, OpenAnswer, SettleAnswer, Who } from '../../calls/rows.ts'
import type { AuditedAct } from '#lane/pure/lane.ts'
import { settleBar } from '#lane/pure/lot/claim.ts'
import type { CommandState } from '#lane/calls/command.ts'
import { commandWords, notDone } from '#ledger/pure/lot/command-words.ts'
import { scanWords } from '../../pure/values/pay-code.ts'
import { t, type BilingualText } from '../../pure/words/fault-text.ts'
import { LaneFault } from '../../pure/faults/faults.ts'
import type { Fen } from '../../pure/values/fen.ts'
import { normalisePlate } from '../../pure/plates/plate.ts'
import type { MonoClock } from '../../ports/clocks.ts'
import { BoomActs } from '#lane/lot/boom-acts.ts'
import type { LaneHost } from '#lane/lot/lane-host.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { actTable, type ActName, type ActRefs, type Acts, type LotAct } from './act-table.ts'
import { noBarrier, notNow, notWritten, settleBars } from './act-words.ts'
import { changeOf, checkAmount } from './settle-amounts.ts'
import {
  auditedFirst,
  digestOf,
  idIsOfAnother,
  DoneCommands,
  type ActArgs,
  type AuditDraft,
} from '#lane/lot/done-commands.ts'

/** Longest words of an audit row that is written by itself. */
const wordsMax = 200

/** States in which a person may settle the car by other means. */
const settleStates = ['manual', 'asking', 'waiting']
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

export class ControlActs implements Acts<LotAct> {
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
  waiting(): readonly BilingualText[] {
    const calling = [...this.runtime.lanes.values()].filter(
      ({ state }) => state.car !== null && settleStates.includes(state.name),
    )
    return calling.map(({ config }) => config.name)
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

  /** This act of a person, with its audit row. */
  of(name: ActName, args: Who, role: Role): LotAct {
    const { laneId } = args as ActArgs
    const row: LotAct['row'] = (words, refs = {}) =>
      this.auditRow(args, role, words === undefined ? name : `${name} ${words}`, refs)
    return {
      role,
      person: actOf(args, role),
      row,
      once: (run) => this.once(name, args, run),
      audit: (words) => {
        const { body, ...audit } = row(words, { laneId })
        this.runtime.append([{ ...audit, body: { ...body, act: body.act.slice(0, wordsMax) } }])
      },
    }
  }

  /** Handlers of acts: each is carried out once for its commandId. */
  readonly table = actTable<LotAct>((name, args, role) => this.of(name, args, role))

  /** An act that belongs to no lane: `run` gets the audit function, and calls it before anything changes. */
  onLot(
    name: ActName,
    args: Who,
    role: Role,
    run: (audit: (what: string) => void) => void,
  ): ActAnswer {
    return this.once(name, args, () =>
      run((what) => this.runtime.append([this.auditRow(args, role, what, {})])),
    )
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

  /**
   * Runs an act unless its commandId was carried out before, in this process or an earlier one. An id belongs to one
   * command: with another act, lane or object it is refused, also for an open. To open where a repeat was meant, or to
   * report a repeat where nothing opened, would both be wrong.
   */
  once(name: ActName, args: Who, run: () => void): ActAnswer {
    const { commandId } = args
    const digest = this.digestOf(name, args)
    const before = this.runtime.lot.commands.get(commandId)
    if (before === undefined && !this.unwritten.has(commandId)) {
      run()
      // What its rows make due, as the end of a paid stay, does not wait for the next event of a lane.
      this.runtime.afterTurns()
      this.done.remember(commandId, { name, digest })
      return { ok: true, repeated: false }
    }
    const done = this.done.get(commandId)
    const known = before?.digest ?? done?.digest
    // Rows of older versions have no digest, only words.
    const same =
      known === undefined ? isOf(before?.words ?? '', name, args as ActArgs) : known === digest
    if (same) return { ok: true, repeated: true }
    throw idIsOfAnother(commandId, before?.words ?? done?.name ?? '')
  }

  /** Digest of the call; a handler may have added to the arguments since. */
  private digestOf(name: ActName, args: Who): string {
    return this.runtime.commands.digestOf(args.commandId) ?? digestOf(name, args)
  }

  /** `what`: the name of the act, and words. */
  auditRow(who: Who, role: Role, what: string, refs: ActRefs): AuditDraft {
    const body = { act: what, ...actOf(who, role), result: 'done' }
    const present = Object.fromEntries(Object.entries(refs).filter(([, id]) => id !== undefined))
    const named = present as Pick<AuditDraft, keyof ActRefs>
    return { kind: 'audit', atMs: this.runtime.nowMs(), ...named, body }
  }

  /** Throws DATA-02 when the lane could not write the rows: the act was not done. */
  mustBeAudited({ commandId }: Who): void {
    if (!this.runtime.lot.commands.has(commandId)) throw new LaneFault('DATA-02', notWritten)
  }
}

const actOf = ({ by, reason, commandId }: Who, role: Role): AuditedAct => ({
  by,
  role,
  reason,
  commandId,
})
