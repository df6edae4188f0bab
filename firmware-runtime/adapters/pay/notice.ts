// A notification of the gateway, as it comes to the address of a lane: whose it is, and whether it came before.
// It says that an attempt is worth a query, and nothing of its money (docs/payment-port.md).
import { z } from 'zod'
import type { WallClock } from '../../ports/clocks.ts'
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
  try {
    return noticeShape.parse(JSON.parse(Buffer.from(body).toString('utf8'))).attemptNo
  } catch {
    return null
  }
}

/** Judges one after another; what was taken once is not taken again while its time still holds. */
export function noticeJudge(keys: PayKeys, clock: WallClock): (notice: PayNotice) => JudgedNotice {
  /** Signatures that were taken, and until when the same bytes would be believed. */
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
    // Signed at most a window ahead of us, it is believed until a window behind that.
    taken.set(signature, nowMs + 2 * windowSec * 1_000)
    return { kind: 'taken', attemptNo }
  }
}
