// The Guangxi dialect in one import: encoders, requests, verdicts (DBJT45/T 065-2024 chapter 9).
// A dialect translates and judges; retry, back-off and order belong to core/queue, once, for all.
import { accessFlow, laneEquipment, systems } from './access-flow.ts'
import { encodeException, encodeExitCharge, encodeRefund, encodeSignIn } from './encode.ts'
import { judge } from './judge.ts'
import { ops, requestFor } from './requests.ts'

export const guangxi = {
  name: 'guangxi',
  systems,
  laneEquipment,
  accessFlow,
  ops,
  encodeExitCharge,
  encodeException,
  encodeRefund,
  encodeSignIn,
  requestFor,
  judge,
} as const

export type { Call, Op, PlatformRequest } from './requests.ts'
export type { PlatformAnswer } from './judge.ts'
export type { Confirmed, SecurityEvent, SignatureState, SignInGrant, Verdict } from './verdict.ts'
export type * from './records.ts'
