// Judges notifications of the gateway to a lane's address: signature, and whether one came before.
// A notification only triggers a query of its attempt and proves no payment (docs/payment-port.md).
import { z } from 'zod'
import { hasMemberTwice, parsed } from '../pure/data/json.ts'
import type { WallClock } from '../ports/clocks.ts'
import { answerDoubt, windowSec, type PayKeys } from './signing.ts'

export interface PayNotice {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

type NoticeDoubt = 'notANotice' | 'repeated' | NonNullable<ReturnType<typeof answerDoubt>>

type JudgedNotice =
  | { readonly kind: 'taken'; readonly attemptNo: string }
  | { readonly kind: 'refused'; readonly reason: NoticeDoubt }

const noticeShape = z.object({ attemptNo: z.string().regex(/^[A-Za-z0-9_-]{6,40}$/) })

function numberIn(body: Uint8Array): string | null {
  const text = Buffer.from(body).toString('utf8')
  const found = noticeShape.safeParse(hasMemberTwice(text) ? null : parsed(text))
  return found.success ? found.data.attemptNo : null
}

/** Judges one after another; a taken one is refused again while its time is valid. */
export function noticeJudge(keys: PayKeys, clock: WallClock): (notice: PayNotice) => JudgedNotice {
  /** Accepted signatures, each with the end of its validity. */
  const taken = new Map<string, number>()
  const refused = (reason: NoticeDoubt): JudgedNotice => ({ kind: 'refused', reason })
  return ({ headers, body }) => {
    const nowMs = clock.nowMs()
    for (const [signature, untilMs] of taken) if (untilMs < nowMs) taken.delete(signature)
    const attemptNo = numberIn(body)
    if (attemptNo === null) return refused('notANotice')
    const envelope = { merchantNo: '', nowMs, nonce: attemptNo }
    const doubt = answerDoubt(keys, { status: 200, headers, body }, envelope)
    if (doubt !== null) return refused(doubt)
    const signature = headers['pay-signature'] ?? ''
    if (taken.has(signature)) return refused('repeated')
    // Signed at most a window in the future, so it stays valid until a window after that.
    taken.set(signature, nowMs + 2 * windowSec * 1_000)
    return { kind: 'taken', attemptNo }
  }
}
