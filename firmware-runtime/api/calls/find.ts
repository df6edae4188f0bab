// Calls of finding and connecting devices. A search is a job: it is begun, looked at, cancelled.
// None of them moves money or a barrier; what opens a wire is an installer's, and sends what a probe may say.
import { z } from 'zod'
import type { FindStateView, PushReportView } from '../find-views.ts'
import { installer, laneId, none, read } from '../rows.ts'

const link = z.string().min(1).max(512)
const linksMax = 16

export const findCalls = {
  'find.state': read<Record<string, never>, FindStateView>(none),
  /** Reads the list of ports anew; nothing is opened. */
  'find.ports': installer<Record<string, never>, FindStateView>(none),
  'find.probe': installer<
    { links?: string[] | undefined; tcpHosts?: string[] | undefined },
    FindStateView
  >(
    z.strictObject({
      /** Absent: every free serial port. */
      links: z.array(link).max(linksMax).optional(),
      tcpHosts: z.array(z.string().min(1).max(253)).max(4).optional(),
    }),
  ),
  'find.cancel': installer<Record<string, never>, FindStateView>(none),
  /** Beside lanes only a link that was taken over, named by its hold. */
  'find.connect': installer<{ link: string; holdId?: string | undefined }, FindStateView>(
    z.strictObject({
      link,
      holdId: z
        .string()
        .regex(/^[A-Za-z0-9_-]{8,64}$/)
        .optional(),
    }),
  ),
  'find.disconnect': installer<Record<string, never>, FindStateView>(none),
  'find.autoConnect': installer<{ on: boolean }, FindStateView>(
    z.strictObject({ on: z.boolean() }),
  ),
  /** Where the camera of a lane pushes to, and what came. */
  'find.push': read<{ laneId: string; camera?: string | undefined }, PushReportView>(
    z.strictObject({
      laneId,
      camera: z
        .string()
        .regex(/^[0-9a-fA-F:.]{2,45}$/)
        .optional(),
    }),
  ),
  /** Leaves the demo for real devices without a lot, or goes back. Studio starts its runtime anew. */
  'find.workbench': installer<{ on: boolean }, { on: boolean }>(
    z.strictObject({ on: z.boolean() }),
  ),
} as const
