// Answers that are not trusted are reported once an hour per kind, and are listed as a fault until an answer is trusted
// again. The clock is the test's own.
import { expect, it } from 'vitest'
import { note } from '#base/pure/words/notes.ts'
import type { SecurityEvent, Verdict } from '#ledger/ports/verdict.ts'
import { DoubtedAnswers } from '#runtime/site/doubted-answers.ts'

const hourMs = 3_600_000

function scene() {
  const clock = { ms: 0, nowMs: () => clock.ms }
  const told: string[] = []
  const doubts = new DoubtedAnswers(clock, {
    answerDoubted: (event, why) => void told.push(`${event} ${why}`),
  })
  const doubted = (
    securityEvent: SecurityEvent | null,
    kind: 'silence' | 'hold' = 'hold',
  ): void => {
    const why = note('otherNumber', 'P1')
    const verdict: Verdict =
      kind === 'hold'
        ? { kind, why, respCode: null, securityEvent }
        : { kind, why, sent: true, afterMs: null, securityEvent }
    doubts.judged(verdict)
  }
  const codes = () => doubts.troubles().map(({ code, why }) => `${code} ${why.en}`)
  return { clock, told, doubts, doubted, codes }
}

it('is a row once an hour, however often it comes, and each kind its own', () => {
  const { clock, told, doubted } = scene()
  for (let n = 0; n < 3_600; n++) {
    doubted('answerForOther')
    doubted('badSignature', 'silence')
    clock.ms += 1_000
  }
  expect(told).toEqual(['answerForOther otherNumber P1', 'badSignature otherNumber P1'])
  doubted('answerForOther')
  expect(told).toHaveLength(3)
  // A clock that was set back causes one more report, not endless ones.
  clock.ms -= 2 * hourMs
  for (let n = 0; n < 10; n++) doubted('answerForOther')
  expect(told).toHaveLength(4)
})

it('stands there until an answer is believed, and silence believes nothing', () => {
  const { told, doubts, doubted, codes } = scene()
  doubted('redirect', 'silence')
  expect(codes()).toEqual(['CERT-08 the answer belongs to another number, P1'])
  doubted(null, 'silence')
  expect(codes()).toHaveLength(1)
  doubts.judged({ kind: 'processing' })
  expect(codes()).toEqual([])
  // Again within the hour: listed, without another row.
  doubted('redirect')
  expect([codes().length, told.length]).toEqual([1, 1])
})

it('leaves a certificate that has ended to its own code', () => {
  const { told, doubted, codes } = scene()
  doubted('certificateOutsideValidity', 'silence')
  expect([told, codes()]).toEqual([[], []])
})
