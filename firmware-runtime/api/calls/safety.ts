// Calls of safety: who has a device and taking it over, and tests that anything ends.
// Signs of life carry no reason: what they keep going was begun by an audited act.
import { liveOpen } from '../../core/people/guards.ts'
import { t } from '../../core/values/fault-text.ts'
import { z } from 'zod'
import { heldDevices } from '../../core/lease/lease.ts'
import { testKinds } from '../../core/lease/device-test.ts'
import { act, installer, laneId, read, reply, who, type ActAnswer } from '../rows.ts'
import type { LeaseHolderView, LeaseView, SafetyView, TestView } from '../safety-views.ts'

const device = z.enum(heldDevices)
/** The commandId of the act that began it. */
const begun = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)

export const safetyCalls = {
  'safety.get': read('everyone', () => z.strictObject({ laneId }), reply<SafetyView>(), {
    rest: 'lanes',
  }),
  'hold.list': read(
    'everyone',
    () => z.strictObject({ laneId: laneId.optional() }),
    reply<{ rows: readonly LeaseHolderView[] }>(),
    { rest: 'lanes' },
  ),
  /** Answers at once; `hold.keep` says when the lane has handed the device over. */
  'hold.take': act(
    'installer',
    () =>
      z.strictObject({
        laneId,
        device,
        program: z.string().min(1).max(60),
        pid: z.int().min(1).max(4_194_304).optional(),
        forSec: z.int().min(5).max(3600).optional(),
        wait: z.boolean().optional(),
        ...who,
      }),
    reply<ActAnswer>(),
    { words: t('接管设备', 'Take a device over') },
  ),
  /** Sign of life of a taker, and more time where it asks for it. */
  'hold.keep': installer(
    () =>
      z.strictObject({
        laneId,
        device,
        holdId: begun,
        moreSec: z.int().min(5).max(3600).optional(),
      }),
    reply<LeaseView>(),
  ),
  /** By the taker: gives back. It knows the id, nobody else does anything by it. */
  'hold.release': installer(
    () => z.strictObject({ laneId, device, holdId: begun }),
    reply<{ ok: true }>(),
  ),
  /** By anybody with the right: ends somebody's hold, or a wait for it. */
  'hold.end': act(
    'installer',
    () => z.strictObject({ laneId, device, ...who }),
    reply<ActAnswer>(),
    { words: t('结束接管', 'End a hold'), command: 'device release', usual: { device: 'rsu' } },
  ),
  'test.begin': act(
    'installer',
    () =>
      z.strictObject({
        laneId,
        kind: z.enum([...testKinds, 'carrier']),
        forSec: z.int().min(1).max(60).optional(),
        ...who,
      }),
    reply<ActAnswer>(),
    { words: t('开始设备测试', 'Begin a device test'), guard: liveOpen },
  ),
  'test.keep': installer(() => z.strictObject({ laneId, testId: begun }), reply<TestView>()),
  /** Stops whatever test runs on that lane: nobody asks first who began it. */
  'test.stop': installer(() => z.strictObject({ laneId }), reply<TestView>()),
} as const
