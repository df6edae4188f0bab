// Answers that do not come from the platform, or do not belong to the request (R06): each kind is one ledger row per
// hour, however often it comes, so that false answers cannot fill the disk. They are shown until the platform answers
// correctly again.
import { troubleOf, type CertificateTrouble } from '#base/pure/data/credentials.ts'
import type { NoteText } from '#base/pure/words/notes.ts'
import type { WallClock } from '#base/ports/clocks.ts'
import type { SecurityEvent, Verdict } from '#ledger/ports/verdict.ts'

const tellEachMs = 3_600_000

interface DoubtListener {
  answerDoubted(event: SecurityEvent, why: string): void
}

export class DoubtedAnswers {
  /** Clock of the link, because the hourly limit does not follow business time. */
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
    // An expired certificate is reported by its own code, with its dates (CERT-02).
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
