// Calls that search for devices: cameras by ONVIF, lane computers by mDNS, USB HID devices, and the faults of a lane's
// camera. A call that sends on a network needs the installer right and is made only when a person requests it.
import { z } from 'zod'
import { installer, laneId, none, read, reply } from '#base/calls/rows.ts'
import { seekKinds, type LaneCameraView, type SeekView } from './seek-views.ts'

export const seekCalls = {
  'seek.state': read('gear', none, reply<SeekView>(), { rest: 'lanes' }),
  /** FIND-21 while a search runs. */
  'seek.begin': installer(
    () =>
      z.strictObject({
        what: z.enum(seekKinds),
        /** A single camera to query, also through a router: `HOST` or `HOST:PORT`. */
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
        /** Address of the camera, by which its network card is found. */
        address: z
          .string()
          .regex(/^[0-9a-fA-F:.]{2,45}$/)
          .optional(),
      }),
    reply<LaneCameraView>(),
  ),
} as const
