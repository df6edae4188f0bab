// Answers that a platform did not give, or not to what was asked (R06): each kind is a row of the ledger once an hour, however often
// it comes, so that nobody fills a disk by lying; a person reads of them until the platform is believed again.
import { troubleOf, type CertificateTrouble } from '../../core/etc/credentials.ts'
import type { NoteText } from '../../core/values/notes.ts'
import type { WallClock } from '../../ports/clocks.ts'
import type { SecurityEvent, Verdict } from '../../ports/verdict.ts'

const tellEachMs = 3_600_000

interface DoubtListener {
  answerDoubted(event: SecurityEvent, why: string): void
}

export class DoubtedAnswers {
  /** That of the link: what is told once an hour is no business time. */
  readonly #clock: WallClock
  readonly #listener: DoubtListener
  readonly #listenerMs = new Map<SecurityEvent, number>()
  readonly #now = new Map<SecurityEvent, string>()

  constructor(clock: WallClock, listener: DoubtListener) {
    this.#clock = clock
    this.#listener = listener
  }

  readonly judged = (verdict: Verdict): void => {
    if (verdict.kind !== 'silence' && verdict.kind !== 'hold') {
      this.#now.clear()
      return
    }
    const { securityEvent: event, why } = verdict
    // A certificate that has ended is told by its own code, with its dates (CERT-02).
    if (event === null || event === 'certificateOutsideValidity') return
    this.#now.set(event, why)
    const nowMs = this.#clock.nowMs()
    const agoMs = Math.abs(nowMs - (this.#listenerMs.get(event) ?? -Infinity))
    if (agoMs < tellEachMs) return
    this.#listenerMs.set(event, nowMs)
    this.#listener.answerDoubted(event, why)
  }

  troubles(): readonly CertificateTrouble[] {
    return [...this.#now.values()].map((why) => troubleOf('CERT-08', why as NoteText))
  }
}
