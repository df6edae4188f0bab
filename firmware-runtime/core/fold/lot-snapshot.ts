// The lot as plain JSON and back. Objects that several maps hold are written once and numbered:
// the fold changes them in place, so after reading they must be one object again.
import type { Deduction, LotState, Order, Pass, Stay } from '../lot/lot.ts'
import type { ClockDoubt, ClockDoubtCause, ClockMemory } from '../lot/clock-watch.ts'
import type { FirstCar, FirstCarPhase } from '../lot/first-car.ts'
import {
  readReports,
  reportsSnapshot,
  restoreReports,
  type ReportsSnapshot,
} from './reports-snapshot.ts'
import type { NotUploaded } from '../lot/not-uploaded.ts'
import type { UpkeepMemory } from '../lot/upkeep-memory.ts'
import type { ChargeMode, DeductionState, OrderLine, PassCause } from '../values/ledger-row.ts'
import type { PlateColour } from '../values/plate.ts'
import {
  entries,
  flag,
  list,
  orNull,
  shape,
  ShapeError,
  text,
  whole,
  word,
  type Read,
} from './shape.ts'

/** Place of an object in its table. */
type Ref = number
type Entries<T> = readonly (readonly [string, T])[]

type OrderText = Omit<Order, 'deductions'> & { readonly deductions: readonly Ref[] }
type StayText = Omit<Stay, 'orders' | 'pass'> & {
  readonly orders: readonly Ref[]
  readonly pass: Ref | null
}

export interface LotSnapshot {
  /** The objects, each once. */
  readonly tables: {
    readonly deductions: readonly Deduction[]
    readonly orders: readonly OrderText[]
    readonly passes: readonly Pass[]
    readonly stays: readonly StayText[]
  }
  readonly stays: Entries<Ref>
  readonly byPlate: Entries<string>
  readonly byColour: Entries<string>
  readonly orders: Entries<Ref>
  readonly deductions: Entries<Ref>
  readonly unsettled: Entries<Ref>
  readonly chargedAtMs: Entries<number>
  readonly passByLane: Entries<Ref>
  readonly commands: Entries<string>
  readonly armedBarriers: Entries<string>
  readonly lastId: number
  readonly entries: number
  readonly exits: number
  readonly signInUntilMs: number | null
  readonly signIns: Entries<number>
  readonly notUploaded: Entries<NotUploaded>
  readonly reports: ReportsSnapshot
  readonly checkpoint: LotState['checkpoint']
  readonly upkeep: UpkeepMemory
  readonly clock: ClockMemory
  readonly firstCars: Entries<FirstCar>
}

const line = shape<OrderLine>({
  fromMs: whole,
  toMs: whole,
  rule: word<OrderLine['rule']>({ free: true, first: true, next: true, cap: true }),
  amountFen: whole,
  text: shape<OrderLine['text']>({ zh: text, en: text }),
})

const colour = word<PlateColour>({
  blue: true,
  yellow: true,
  black: true,
  white: true,
  green: true,
  yellowGreen: true,
  blueWhite: true,
  unknown: true,
})

const deduction = shape<Deduction>({
  deductionId: text,
  orderId: text,
  stayId: text,
  laneId: text,
  amountFen: whole,
  chargeMode: word<ChargeMode>({ card: true, online: true }),
  outTradeNo: text,
  state: word<DeductionState>({ intent: true, paid: true, refused: true, unknown: true }),
  reason: text,
  obuId: orNull(text),
  cardNo: orNull(text),
  plate: orNull(text),
  colour,
  enteredAtMs: whole,
  armed: orNull(
    shape<NonNullable<Deduction['armed']>>({
      cardType: whole,
      balanceBeforeFen: whole,
      station0019Hex: text,
      writeHex: text,
      timeBcd: text,
      unit: orNull(
        shape<NonNullable<NonNullable<Deduction['armed']>['unit']>>({
          issuerHex: text,
          statusHex: text,
          obuPlate: orNull(text),
          vehicleClass: whole,
          cardVersion: whole,
          cardPlate: orNull(text),
          cardExpire: text,
        }),
      ),
    }),
  ),
})

const order = shape<OrderText>({
  orderId: text,
  stayId: text,
  amountFen: whole,
  fromMs: whole,
  toMs: whole,
  lines: list(line),
  plateRaw: orNull(text),
  paidFen: whole,
  paidAtMs: orNull(whole),
  settledOtherwise: flag,
  deductions: list(whole),
})

const pass = shape<Pass>({
  passId: text,
  laneId: text,
  stayId: text,
  cause: word<PassCause>({
    entry: true,
    etc: true,
    free: true,
    other: true,
    later: true,
    emergency: true,
  }),
  told: flag,
})

const stay = shape<StayText>({
  stayId: text,
  plate: orNull(text),
  colour,
  enteredAtMs: whole,
  noEntry: flag,
  photo: orNull(text),
  timeUnsure: flag,
  entryLaneId: text,
  orders: list(whole),
  pass: orNull(whole),
})

const firstCar = shape<FirstCar>({
  testId: text,
  laneId: text,
  plate: text,
  by: text,
  reason: text,
  askedAtMs: whole,
  phase: word<FirstCarPhase>({
    armed: true,
    ordered: true,
    charging: true,
    unknown: true,
    refused: true,
    paid: true,
    refundAsked: true,
    refunded: true,
    refundRejected: true,
    byHand: true,
    notCharged: true,
    stopped: true,
  }),
  sinceMs: whole,
  stayId: orNull(text),
  orderId: orNull(text),
  deductionId: orNull(text),
  outTradeNo: orNull(text),
  uploadId: orNull(text),
  uploaded: flag,
  refundId: orNull(text),
})

const notUploaded = shape<NotUploaded>({
  deductionId: text,
  orderId: text,
  stayId: text,
  laneId: text,
  cardNo: orNull(text),
  amountFen: whole,
  paidAtMs: whole,
  reason: text,
  detail: text,
  tac: orNull(text),
  debit: orNull(deduction),
})

export const readLotSnapshot: Read<LotSnapshot> = shape<LotSnapshot>({
  tables: shape<LotSnapshot['tables']>({
    deductions: list(deduction),
    orders: list(order),
    passes: list(pass),
    stays: list(stay),
  }),
  stays: entries(whole),
  byPlate: entries(text),
  byColour: entries(text),
  orders: entries(whole),
  deductions: entries(whole),
  unsettled: entries(whole),
  chargedAtMs: entries(whole),
  passByLane: entries(whole),
  commands: entries(text),
  armedBarriers: entries(text),
  lastId: whole,
  entries: whole,
  exits: whole,
  signInUntilMs: orNull(whole),
  signIns: entries(whole),
  notUploaded: entries(notUploaded),
  reports: readReports,
  checkpoint: shape<LotState['checkpoint']>({ lastSeq: whole, lastAtMs: orNull(whole) }),
  upkeep: shape<UpkeepMemory>({
    lastAtMs: orNull(whole),
    steadySinceMs: orNull(whole),
    unprovenMs: whole,
    livedMs: whole,
    backedUpLivedMs: orNull(whole),
    backupFailed: orNull(
      shape<NonNullable<UpkeepMemory['backupFailed']>>({ atMs: whole, code: text }),
    ),
    ledgerTrouble: orNull(
      shape<NonNullable<UpkeepMemory['ledgerTrouble']>>({
        code: word<'LEDGER-07'>({ 'LEDGER-07': true }),
        seq: whole,
      }),
    ),
  }),
  clock: shape<ClockMemory>({
    doubt: orNull(
      shape<ClockDoubt>({
        cause: word<ClockDoubtCause>({
          jump: true,
          behindLedger: true,
          aheadOfLedger: true,
          neverSet: true,
          differs: true,
        }),
        readMs: whole,
        expectedMs: orNull(whole),
      }),
    ),
    vouched: flag,
    bootAtMs: whole,
  }),
  firstCars: entries(firstCar),
})

/** Numbers objects in the order in which they are met, and writes each down once. */
class Table<T extends object, W> {
  readonly written: W[] = []
  private readonly refs = new Map<T, Ref>()
  private readonly write: (item: T) => W

  constructor(write: (item: T) => W) {
    this.write = write
  }

  readonly ref = (item: T): Ref => {
    const known = this.refs.get(item)
    if (known !== undefined) return known
    const made = this.refs.size
    this.refs.set(item, made)
    this.written.push(this.write(item))
    return made
  }

  entries(map: ReadonlyMap<string, T>): [string, Ref][] {
    return [...map].map(([key, item]) => [key, this.ref(item)])
  }
}

export function lotSnapshot(lot: LotState): LotSnapshot {
  const deductions = new Table((item: Deduction) => item)
  const passes = new Table((item: Pass) => item)
  const orders = new Table((item: Order): OrderText => ({
    ...item,
    deductions: item.deductions.map(deductions.ref),
  }))
  const stays = new Table((item: Stay): StayText => ({
    ...item,
    orders: item.orders.map(orders.ref),
    pass: item.pass === null ? null : passes.ref(item.pass),
  }))
  return {
    tables: {
      deductions: deductions.written,
      orders: orders.written,
      passes: passes.written,
      stays: stays.written,
    },
    stays: stays.entries(lot.stays),
    byPlate: [...lot.byPlate],
    byColour: [...lot.byColour],
    orders: orders.entries(lot.orders),
    deductions: deductions.entries(lot.deductions),
    unsettled: deductions.entries(lot.unsettled),
    chargedAtMs: [...lot.chargedAtMs],
    passByLane: passes.entries(lot.passByLane),
    commands: [...lot.commands],
    armedBarriers: [...lot.armedBarriers],
    lastId: lot.lastId,
    entries: lot.entries,
    exits: lot.exits,
    signInUntilMs: lot.signInUntilMs,
    signIns: [...lot.signIns],
    notUploaded: [...lot.notUploaded],
    reports: reportsSnapshot(lot.reports),
    checkpoint: lot.checkpoint,
    upkeep: lot.upkeep,
    clock: lot.clock,
    firstCars: [...lot.firstCars],
  }
}

const pick =
  <T>(table: readonly T[]) =>
  (ref: Ref): T => {
    const item = table[ref]
    if (item === undefined) throw new ShapeError(`there is no object ${ref}`)
    return item
  }

const mapOf = <T>(refs: Entries<Ref>, table: readonly T[]): Map<string, T> =>
  new Map(refs.map(([key, ref]) => [key, pick(table)(ref)]))

/** Takes the snapshot over: its objects become those of the lot. */
export function restoreLot(kept: LotSnapshot): LotState {
  const deductions = [...kept.tables.deductions]
  const passes = [...kept.tables.passes]
  const orders = kept.tables.orders.map((item): Order => ({
    ...item,
    deductions: item.deductions.map(pick(deductions)),
  }))
  const stays = kept.tables.stays.map((item): Stay => ({
    ...item,
    orders: item.orders.map(pick(orders)),
    pass: item.pass === null ? null : pick(passes)(item.pass),
  }))
  return {
    stays: mapOf(kept.stays, stays),
    byPlate: new Map(kept.byPlate),
    byColour: new Map(kept.byColour),
    orders: mapOf(kept.orders, orders),
    deductions: mapOf(kept.deductions, deductions),
    unsettled: mapOf(kept.unsettled, deductions),
    chargedAtMs: new Map(kept.chargedAtMs),
    passByLane: mapOf(kept.passByLane, passes),
    commands: new Map(kept.commands),
    armedBarriers: new Map(kept.armedBarriers),
    lastId: kept.lastId,
    entries: kept.entries,
    exits: kept.exits,
    signInUntilMs: kept.signInUntilMs,
    signIns: new Map(kept.signIns),
    notUploaded: new Map(kept.notUploaded),
    reports: restoreReports(kept.reports),
    checkpoint: kept.checkpoint,
    upkeep: kept.upkeep,
    clock: kept.clock,
    firstCars: new Map(kept.firstCars),
  }
}
