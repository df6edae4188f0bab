// Calls of looking around: cameras by ONVIF, lane computers by mDNS, HID devices by USB, and what is
// wrong with the camera of a lane. What sends on a network is an installer's, and waits for a person to ask.
import { z } from 'zod'
import { installer, laneId, none, read, reply } from '../rows.ts'
import { seekKinds, type LaneCameraView, type SeekView } from '../seek-views.ts'

export const seekCalls = {
  'seek.state': read('gear', none, reply<SeekView>(), { rest: 'lanes' }),
  /** FIND-21 while one runs. */
  'seek.begin': installer(
    () =>
      z.strictObject({
        what: z.enum(seekKinds),
        /** One camera that is asked alone, across a router too: `HOST` or `HOST:PORT`. */
        at: z
          .string()
          .regex(/^[\w.-]{1,253}(?::\d{1,5})?$/)
          .optional(),
      }),
    reply<SeekView>(),
  ),
  'seek.cancel': installer(none, reply<SeekView>()),
  'seek.camera': installer(
    () =>
      z.strictObject({
        laneId,
        /** Of the camera: says which network card is beside it. */
        address: z
          .string()
          .regex(/^[0-9a-fA-F:.]{2,45}$/)
          .optional(),
      }),
    reply<LaneCameraView>(),
  ),
} as const
