// Runs the joint test, one exchange at a time: each is stored before the next one is sent, so that a new run continues
// where the last one stopped. A failed interface is skipped for now; when the platform does not answer, the rest waits.
// The same bytes are sent again without a proven answer, and a decision that the platform makes later is queried.
import type { ProtocolLine } from '#ledger/calls/onboarding-views.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { Cancel } from '#base/ports/clocks.ts'
import type { Dialect, PlatformAnswer, PlatformRequest } from '#ledger/ports/dialect.ts'
import type { Joining } from './onboarding.ts'
import { madeTrial, openTrials, type TriedLot, type Trial } from './joint-test.ts'

export interface SandboxAnswer {
  /** Null: no answer. */
  readonly answer: PlatformAnswer | null
  readonly requestId: string | null
  /** Why no answer came. */
  readonly why: string
}

export interface SandboxLink {
  /** `isForged`: the signature covers other bytes than those sent. */
  send(request: PlatformRequest, isForged: boolean, done: (came: SandboxAnswer) => void): Cancel
  close(): void
  /** Wait between two queries of a later decision; absent: no wait. */
  after?(delayMs: number, run: () => void): Cancel
}

/** Number of times that the same bytes are sent again. */
const againMax = 3
/** Number of queries for a later decision. */
const asksMax = 20
const betweenMs = 500

/** The platform is busy, or still working on the same number. */
const laterStatuses = [409, 429]

/** No answer, an unsigned answer, or a busy platform: nothing is known about the request. */
const saysNothing = (answer: PlatformAnswer | null): boolean =>
  answer === null ||
  answer.verified !== 'valid' ||
  answer.status >= 500 ||
  laterStatuses.includes(answer.status)

/** A positive answer that is not proven to be the platform's. */
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
  /** Called at the end; nothing more is sent. */
  ended(): void
}

/** Sends the same bytes again while no usable answer comes; `told` gets the first answer if it is not the last. */
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
