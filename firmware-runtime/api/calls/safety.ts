// Calls of safety: who has a device and taking it over, and tests that anything ends.
// Signs of life carry no reason: what they keep going was begun by an audited act.
import { z } from 'zod'
import { heldDevices } from '../../core/lease/lease.ts'
import { testKinds } from '../../core/lease/device-test.ts'
import { act, installer, laneId, read, who, type ActAnswer, type Who } from '../rows.ts'
import type {
  HeldDevice,
  LeaseHolderView,
  LeaseView,
  SafetyView,
  TestKind,
  TestView,
} from '../safety-views.ts'

const device = z.enum(heldDevices)
/** The commandId of the act that began it. */
const begun = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)

export const safetyCalls = {
  'safety.get': read<{ laneId: string }, SafetyView>(z.strictObject({ laneId })),
  'hold.list': read<{ laneId?: string | undefined }, { rows: readonly LeaseHolderView[] }>(
    z.strictObject({ laneId: laneId.optional() }),
  ),
  /** Answers at once; `hold.keep` says when the lane has handed the device over. */
  'hold.take': act<
    {
      laneId: string
      device: HeldDevice
      program: string
      pid?: number | undefined
      forSec?: number | undefined
      wait?: boolean | undefined
    } & Who,
    ActAnswer
  >(
    'installer',
    z.strictObject({
      laneId,
      device,
      program: z.string().min(1).max(60),
      pid: z.int().min(1).max(4_194_304).optional(),
      forSec: z.int().min(5).max(3600).optional(),
      wait: z.boolean().optional(),
      ...who,
    }),
  ),
  /** Sign of life of a taker, and more time where it asks for it. */
  'hold.keep': installer<
    { laneId: string; device: HeldDevice; holdId: string; moreSec?: number | undefined },
    LeaseView
  >(
    z.strictObject({ laneId, device, holdId: begun, moreSec: z.int().min(5).max(3600).optional() }),
  ),
  /** By the taker: gives back. It knows the id, nobody else does anything by it. */
  'hold.release': installer<{ laneId: string; device: HeldDevice; holdId: string }, { ok: true }>(
    z.strictObject({ laneId, device, holdId: begun }),
  ),
  /** By anybody with the right: ends somebody's hold, or a wait for it. */
  'hold.end': act<{ laneId: string; device: HeldDevice } & Who, ActAnswer>(
    'installer',
    z.strictObject({ laneId, device, ...who }),
  ),
  'test.begin': act<
    { laneId: string; kind: TestKind | 'carrier'; forSec?: number | undefined } & Who,
    ActAnswer
  >(
    'installer',
    z.strictObject({
      laneId,
      kind: z.enum([...testKinds, 'carrier']),
      forSec: z.int().min(1).max(60).optional(),
      ...who,
    }),
  ),
  'test.keep': installer<{ laneId: string; testId: string }, TestView>(
    z.strictObject({ laneId, testId: begun }),
  ),
  /** Stops whatever test runs on that lane: nobody asks first who began it. */
  'test.stop': installer<{ laneId: string }, TestView>(z.strictObject({ laneId })),
} as const
