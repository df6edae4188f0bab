// Goes through the joint test, one exchange at a time: each is kept before the next one is sent, so that whoever begins again
// goes on where it stopped. An interface that failed is left for now; where nobody answers the rest waits. The same bytes go again
// where no answer came that can be believed, and what a platform decides later is asked for.
import type { ProtocolLine } from '../../api/onboarding-views.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
import type { Cancel } from '../../ports/clocks.ts'
import type { Dialect, PlatformAnswer, PlatformRequest } from '../../ports/dialect.ts'
import type { Joining } from './onboarding.ts'
import { madeTrial, openTrials, type TriedLot, type Trial } from './joint-test.ts'

export interface SandboxAnswer {
  /** Null: nobody answered. */
  readonly answer: PlatformAnswer | null
  readonly requestId: string | null
  /** Of silence: why. */
  readonly why: string
}

export interface SandboxLink {
  /** `isForged`: signed over other bytes than those that are sent. */
  send(request: PlatformRequest, isForged: boolean, done: (came: SandboxAnswer) => void): Cancel
  close(): void
  /** Between two askings for what is decided later; absent: at once. */
  after?(delayMs: number, run: () => void): Cancel
}

/** How often the same bytes go again. */
const againMax = 3
/** How often what is decided later is asked for. */
const asksMax = 20
const betweenMs = 500

/** A platform that is busy, or at work on the same number. */
const laterStatuses = [409, 429]

/** Nobody answered, did not sign it, or had no time: it says nothing of what was asked. */
const saysNothing = (answer: PlatformAnswer | null): boolean =>
  answer === null ||
  answer.verified !== 'valid' ||
  answer.status >= 500 ||
  laterStatuses.includes(answer.status)

/** Somebody who is not the platform says that it is right. */
const isUnproved = (answer: PlatformAnswer | null): answer is PlatformAnswer =>
  answer !== null && answer.verified !== 'valid' && answer.status < 300

interface RunnerParts {
  readonly dialect: Dialect
  readonly lot: TriedLot
  readonly link: SandboxLink
  read(): NonNullable<Joining['joint']>
  /** Durable when it returns. */
  keep(joint: NonNullable<Joining['joint']>): void
  nowMs(): InstantMs
  /** Nothing more is sent. */
  ended(): void
}

/** The same bytes go again while nothing is said of them; `told` hears the first answer that is not the last. */
function sendAgain(
  link: SandboxLink,
  request: PlatformRequest,
  isForged: boolean,
  done: (came: SandboxAnswer) => void,
  told: (came: SandboxAnswer) => void = () => undefined,
): Cancel {
  let stop: Cancel = () => undefined
  let isOver = false
  const send = (left: number): void => {
    stop = link.send(request, isForged, (came) => {
      if (isOver) return
      if (left === 0 || !saysNothing(came.answer)) return done(came)
      if (left === againMax) told(came)
      send(left - 1)
    })
  }
  send(againMax)
  return () => {
    isOver = true
    stop()
  }
}

export function runJointTest(parts: RunnerParts): Cancel {
  const { dialect, lot, link } = parts
  let stop: Cancel = () => undefined
  let isOver = false
  const left = new Set<ProtocolLine['interfaceId']>()

  function end(): void {
    if (isOver) return
    isOver = true
    stop()
    link.close()
    parts.ended()
  }

  function keep(line: Omit<ProtocolLine, 'atIso'>, reportId: string | null = null): void {
    const joint = parts.read()
    const atIso = isoOf(parts.nowMs())
    parts.keep({ ...joint, lines: [...joint.lines, { atIso, ...line }], reportId })
  }

  function askReport(): void {
    stop = sendAgain(link, dialect.jointTest.request(), false, ({ answer, requestId, why }) => {
      const isSigned = answer?.verified === 'valid'
      const found = isSigned ? dialect.jointTest.read(answer.body) : { refused: why }
      const reportId = 'reportId' in found ? found.reportId : null
      const said = 'reportId' in found ? found.reportId : found.refused
      const ok = reportId !== null
      keep({ interfaceId: 'report', what: 'right', requestId, ok, said }, reportId)
      end()
    })
  }

  function tried(trial: Trial): void {
    const made = madeTrial(dialect, trial, parts.read(), lot)
    const { query } = made
    let asks = asksMax
    const asked = (of: typeof made | NonNullable<typeof query>): void => {
      const decided = ({ answer, requestId, why }: SandboxAnswer): void => {
        const judged = answer === null ? { ok: false, said: why } : of.judge(answer)
        const { ok, said, next } = { next: undefined, ...judged }
        if (next !== undefined && query !== null && asks-- > 0) {
          const on = (): void => asked(next === 'query' ? query : made)
          if (link.after === undefined) on()
          else stop = link.after(betweenMs, on)
          return
        }
        keep({ ...trial, requestId, ok, said })
        if (!ok) left.add(trial.interfaceId)
        if (answer === null) end()
        else goOn()
      }
      const told = ({ answer, requestId }: SandboxAnswer): void => {
        if (isUnproved(answer))
          keep({ ...trial, requestId, ok: false, said: of.judge(answer).said })
      }
      stop = sendAgain(link, of.request, trial.what === 'forged', decided, told)
    }
    asked(made)
  }

  function goOn(): void {
    if (isOver) return
    const open = openTrials(dialect.interfaces, parts.read().lines)
    const next = open.find(({ interfaceId }) => !left.has(interfaceId))
    if (next !== undefined) tried(next)
    else if (open.length === 0 && parts.read().reportId === null) askReport()
    else end()
  }

  goOn()
  return end
}
