// Calls of finding and connecting devices. A search is a job: it is begun, looked at, cancelled.
// None of them moves money or a barrier; what opens a link is an installer's, and sends what a probe may say.
import { z } from 'zod'
import type { FindStateView, PushReportView } from '../find-views.ts'
import { installer, laneId, none, read, reply } from '../rows.ts'

const link = z.string().min(1).max(512)
const linksMax = 16

export const findCalls = {
  'find.state': read('gear', none, reply<FindStateView>(), { rest: 'lanes' }),
  /** Reads the list of ports anew; nothing is opened. */
  'find.ports': installer(none, reply<FindStateView>()),
  'find.probe': installer(
    () =>
      z.strictObject({
        /** Absent: every free serial port. */
        links: z.array(link).max(linksMax).optional(),
        tcpHosts: z.array(z.string().min(1).max(253)).max(4).optional(),
      }),
    reply<FindStateView>(),
  ),
  'find.cancel': installer(none, reply<FindStateView>()),
  /** Beside lanes only a link that was taken over, named by its hold. */
  'find.connect': installer(
    () =>
      z.strictObject({
        link,
        holdId: z
          .string()
          .regex(/^[A-Za-z0-9_-]{8,64}$/)
          .optional(),
      }),
    reply<FindStateView>(),
  ),
  'find.disconnect': installer(none, reply<FindStateView>()),
  'find.autoConnect': installer(() => z.strictObject({ on: z.boolean() }), reply<FindStateView>()),
  /** Where the camera of a lane pushes to, and what came. */
  'find.push': read(
    'gear',
    () =>
      z.strictObject({
        laneId,
        camera: z
          .string()
          .regex(/^[0-9a-fA-F:.]{2,45}$/)
          .optional(),
      }),
    reply<PushReportView>(),
    { rest: 'lanes' },
  ),
  /** Leaves the demo for real devices without a lot, or goes back. Studio starts its runtime anew. */
  'find.workbench': installer(() => z.strictObject({ on: z.boolean() }), reply<{ on: boolean }>()),
} as const
