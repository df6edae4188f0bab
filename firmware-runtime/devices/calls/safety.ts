// Calls about leases and tests of devices: who has a device, taking it over, and tests with a guaranteed end.
// Keep-alive calls carry no reason: an audited act began what they keep.
import { liveOpen } from '#base/pure/values/guards.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { heldDevices } from '../pure/lease/lease.ts'
import { testKinds } from '../pure/lease/device-test.ts'
import { installer, laneId, line, plainAct, read, reply } from '#base/calls/rows.ts'
import type { LeaseHolderView, LeaseView, SafetyView, TestView } from './safety-views.ts'

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
  /** Answers at once; `hold.keep` says when the lane has released the device. */
  'hold.take': plainAct(
    'installer',
    () => ({
      laneId,
      device,
      program: z.string().min(1).max(60),
      pid: z.int().min(1).max(4_194_304).optional(),
      forSec: z.int().min(5).max(3600).optional(),
      wait: z.boolean().optional(),
    }),
    { words: t('接管设备', 'Take a device over') },
  ),
  /** Keep-alive of a taker, and an extension when it requests one. */
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
  /** The taker gives the device back. Only the taker knows the id. */
  'hold.release': installer(
    () => z.strictObject({ laneId, device, holdId: begun }),
    reply<{ ok: true }>(),
  ),
  /** Any person with the right ends a hold, or the wait for one. */
  'hold.end': plainAct('installer', () => ({ laneId, device }), {
    words: t('结束接管', 'End a hold'),
    command: 'device release',
    usual: { device: 'rsu' },
    form: {
      reasons: 'safety',
      title: t('结束 {by} 的接管', 'End the takeover by {by}'),
      do: t('结束接管', 'End takeover'),
      says: [
        line(
          '设备立即归还车道,对方的程序失去连接。',
          'The lane gets the device back at once; the other program loses its connection.',
        ),
      ],
    },
  }),
  'test.begin': plainAct(
    'installer',
    () => ({
      laneId,
      kind: z.enum([...testKinds, 'carrier']),
      forSec: z.int().min(1).max(60).optional(),
    }),
    { words: t('开始设备测试', 'Begin a device test'), guard: liveOpen },
  ),
  'test.keep': installer(() => z.strictObject({ laneId, testId: begun }), reply<TestView>()),
  /** Stops any test on that lane, whoever began it. */
  'test.stop': installer(() => z.strictObject({ laneId }), reply<TestView>()),
} as const
