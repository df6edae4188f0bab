// Fetches a platform's messages to the lot through its dialect. It never repeats by itself.
// Null when the dialect has no messages.
import type { Dialect, LotNames } from '../ports/dialect.ts'
import type { PlatformFeedback } from '../ports/platform-feedback.ts'
import { readOr } from './platform-duty.ts'
import type { SignedPlatform } from './signed-platform.ts'

const answerMs = 10_000

export function platformFeedback(
  platform: Pick<SignedPlatform, 'send'>,
  { feedback }: Pick<Dialect, 'feedback'>,
  lot: LotNames,
): PlatformFeedback | null {
  if (feedback === null) return null
  return {
    after(seq, done) {
      const call = { ...feedback.request(lot, seq), timeoutMs: answerMs }
      platform.send(call, ({ answer, verified }) => {
        if (answer.kind === 'silence') return done({ kind: 'silent', reason: answer.reason })
        const signed = { ...answer, verified: verified ?? 'unsigned' }
        done(readOr(() => feedback.read(lot, seq, signed)))
      })
    },
  }
}
