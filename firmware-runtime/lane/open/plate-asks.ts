// Answers drivers who scanned the code at a sign of an open lot: the gateway hosts the page, and the lot asks the gateway
// for their questions, so that nothing of the lot listens to the public. By a plate it says a sum and nothing else:
// whether a car stands in the lot, when it came and where it stood are no answer. Questions are bounded by phone and
// for the lot, because anybody may type plates.
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import { leftOwing, type LeftOwing } from '../pure/open/left-owing.ts'
import { normalisePlate } from '#base/pure/plates/plate.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { Payment, PaymentCapabilities, PlateAnswer, PlateAsk } from '#money/ports/payment.ts'
import { Timers } from '#base/process/machine.ts'

interface PlateAsksParts {
  readonly lot: LotState
  readonly payments: {
    readonly link: { readonly can: PaymentCapabilities | null; readonly payment: Payment }
    /** Number of the attempt; null: not now. */
    offerLeft(owing: LeftOwing): string | null
  }
  readonly mono: MonoClock
  monoMs(): number
}

/**
 * Assumed, as no text states them, each in an hour: plates that one phone may ask for, plates of all phones, and those
 * that owe nothing.
 */
export const askBounds = { perPhone: 6, all: 300, nothings: 60, withinMs: 3_600_000 } as const
const askEveryMs = 3_000
/** Without a page of its gateway a lot looks for one in this interval. */
const idleEveryMs = 60_000

const later: PlateAnswer = { result: 'later', sumFen: 0, attemptNos: [] }
const nothing: PlateAnswer = { result: 'nothing', sumFen: 0, attemptNos: [] }

interface Tried {
  readonly plate: string
  readonly visitor: string
  readonly atMs: number
  readonly owes: boolean
}

export class PlateAsks {
  readonly #own: PlateAsksParts
  readonly #timers: Timers
  /** What was asked within the hour: each plate of a phone once. */
  #tried: readonly Tried[] = []
  #isOver = false

  constructor(own: PlateAsksParts) {
    this.#own = own
    this.#timers = new Timers(own.mono)
  }

  start(): void {
    const { link } = this.#own.payments
    if (link.can?.page !== 'sign') return this.#again(idleEveryMs)
    link.payment.plateAsks((found) => {
      // What comes after a stop writes nothing.
      if (this.#isOver) return
      if ('asks' in found)
        for (const ask of found.asks)
          link.payment.answerPlate(ask.askNo, this.#answer(ask), () => undefined)
      this.#again(Math.max(askEveryMs, link.can?.minQueryMs ?? 0))
    })
  }

  stop(): void {
    this.#isOver = true
    this.#timers.stop()
  }

  #again(ms: number): void {
    this.#timers.set('ask', ms, () => this.start())
  }

  #answer({ plate: typed, visitor, wants }: PlateAsk): PlateAnswer {
    const plate = normalisePlate(typed)
    const owing = plate === null ? [] : this.#owing(plate)
    if (!this.#mayTry(plate ?? typed, visitor, owing.length > 0)) return later
    if (owing.length === 0) return nothing
    // A charge by ETC without a result may pay it: nobody is asked for it twice.
    const due = owing.filter(({ isPending }) => !isPending)
    if (due.length === 0) return later
    const sumFen = due.reduce((sum, { dueFen }) => sum + dueFen, 0)
    if (wants === 'sum') return { result: 'owes', sumFen, attemptNos: [] }
    const attemptNos = due.flatMap((one) => this.#own.payments.offerLeft(one) ?? [])
    return attemptNos.length === 0 ? later : { result: 'owes', sumFen, attemptNos }
  }

  #owing(plate: string): readonly LeftOwing[] {
    return leftOwing(this.#own.lot).filter((one) => one.plate === plate)
  }

  #mayTry(plate: string, visitor: string, owes: boolean): boolean {
    const atMs = this.#own.monoMs()
    this.#tried = this.#tried.filter((one) => atMs - one.atMs < askBounds.withinMs)
    const own = this.#tried.filter((one) => one.visitor === visitor)
    if (own.some((one) => one.plate === plate)) return true
    const nothings = this.#tried.filter((one) => !one.owes).length
    const { perPhone, all, nothings: nothingsMax } = askBounds
    const isMore = own.length >= perPhone || nothings >= nothingsMax || this.#tried.length >= all
    if (isMore) return false
    this.#tried = [...this.#tried, { plate, visitor, atMs, owes }]
    return true
  }
}
