// Goes through the joint test, one exchange at a time: each is kept before the next one is sent, so that whoever begins again
// goes on where it stopped. An interface that failed is left for now; where nobody answers the rest waits.
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
}

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

const isUnproved = ({ verified, status }: PlatformAnswer): boolean =>
  verified !== 'valid' && status < 300

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
    stop = link.send(dialect.jointTest.request(), false, ({ answer, requestId, why }) => {
      const isSigned = answer?.verified === 'valid'
      const found = isSigned ? dialect.jointTest.read(answer.body) : { refused: why }
      const reportId = 'reportId' in found ? found.reportId : null
      const said = 'reportId' in found ? found.reportId : found.refused
      const ok = reportId !== null
      keep({ interfaceId: 'report', what: 'right', requestId, ok, said }, reportId)
      end()
    })
  }

  function tried(trial: Trial, isAgain = false): void {
    const made = madeTrial(dialect, trial, parts.read(), lot)
    stop = link.send(made.request, trial.what === 'forged', ({ answer, requestId, why }) => {
      const { ok, said } = answer === null ? { ok: false, said: why } : made.judge(answer)
      keep({ ...trial, requestId, ok, said })
      // Somebody says that it is right who is not the platform: the same bytes go once more, and the platform says it.
      if (!isAgain && answer !== null && isUnproved(answer)) return tried(trial, true)
      if (!ok) left.add(trial.interfaceId)
      if (answer === null) end()
      else goOn()
    })
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
