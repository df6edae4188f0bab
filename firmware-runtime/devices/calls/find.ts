// Calls that find and connect devices. A search is a job: it is started, polled and cancelled. No call here moves money
// or a barrier; a call that opens a link needs the installer right and sends only what a probe may send.
import { z } from 'zod'
import type { FindStateView, PushReportView } from './find-views.ts'
import { installer, laneId, none, read, reply } from '#base/calls/rows.ts'

const link = z.string().min(1).max(512)
const linksMax = 16

export const findCalls = {
  'find.state': read('gear', none, reply<FindStateView>(), { rest: 'lanes' }),
  /** Reads the list of serial ports again; opens none. */
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
  /** While lanes run: only a link that was taken over, named by its hold. */
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
  /** The address to which the camera of a lane pushes, and the pushes received. */
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
  /** Leaves the demo for real devices without a lot, or goes back. Studio restarts its runtime. */
  'find.workbench': installer(() => z.strictObject({ on: z.boolean() }), reply<{ on: boolean }>()),
} as const
