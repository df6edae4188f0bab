// The part of a running lot that its links to platforms report to.
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'

export type RuntimeListener = Pick<
  LotRuntime,
  'trustedTime' | 'certificateRefused' | 'answerDoubted' | 'peerSeen'
>
