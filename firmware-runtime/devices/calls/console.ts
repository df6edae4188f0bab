// The calls of the frame console: the links that can be viewed, their frames page by page, saving them, and sending a
// safe frame by hand.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { loggedDevices } from '#base/pure/lot/logged-device.ts'
import type {
  ConsolePageView,
  DraftView,
  SavedFramesView,
  TriedView,
  DeviceFramesView,
} from './console-views.ts'
import { installer, laneId, none, plainAct, read, reply, type Given } from '#base/calls/rows.ts'

const device = z.enum(loggedDevices)
const frameType = z.string().regex(/^[0-9A-F]{2}$/)
/** Type of a row on a link without frame codes: a word. */
const rowType = z.string().regex(/^[0-9A-Z]{2,12}$/)
const fieldName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/)

const partName = z.string().regex(/^(?=.{1,40}$)[a-z0-9]+(?:-[a-z0-9]+)*$/)
const variant = z.enum(['generic-bcc', 'generic-ver', 'generic-len'])
/** Leaves room for the marks within the 64 kB of a call. */
const capture = z.string().max(48_000)
const unit = z.string().regex(/^[A-Za-z%°µ/]{1,12}$/)
const mark = z.strictObject({
  offset: z.int().min(1).max(1100),
  length: z.int().min(1).max(1024),
  kind: z.enum(['uint', 'hex', 'bcdDate', 'bcdDateTime', 'unix32', 'fen', 'gbkText']),
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
  unit: unit.optional(),
})
/** Offsets and lengths count from the type byte, which is 0. */
export const frameMarks = z
  .array(
    z.strictObject({
      code: frameType,
      name: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
      from: z.enum(['rsu', 'pc']),
      length: z.int().min(1).max(1100),
      fields: z.array(mark).max(48),
    }),
  )
  .max(24)

export type FrameMark = Given<z.infer<typeof mark>>
export type FrameMarks = Given<z.infer<typeof frameMarks>>[number]
export type FramingVariant = z.infer<typeof variant>

export const consoleCalls = {
  'device.wires': read('gear', none, reply<{ wires: readonly DeviceFramesView[] }>(), {
    rest: 'lanes',
  }),
  'device.frames': read(
    'gear',
    () =>
      z.strictObject({
        laneId,
        device,
        after: z.int().min(0),
        limit: z.int().min(1).max(1000).optional(),
        direction: z.enum(['in', 'out']).optional(),
        types: z.array(rowType).max(64).optional(),
        text: z.string().max(200).optional(),
      }),
    reply<ConsolePageView>(),
    { rest: 'lanes' },
  ),
  /** Writes a file into the folder `captures` of the data folder. */
  'device.saveFrames': installer(
    () => z.strictObject({ laneId, device, format: z.enum(['capture', 'pcapng']) }),
    reply<SavedFramesView>(),
  ),
  /** Decodes a pasted capture by marks over its bytes; stores nothing. */
  'profile.try': read(
    'gear',
    () => z.strictObject({ variant, text: capture, marks: frameMarks }),
    reply<TriedView>(),
    { rest: 'lanes' },
  ),
  /** Writes a profile with its captured examples below `drafts` of the data folder. */
  'profile.draft': installer(
    () =>
      z.strictObject({
        variant,
        text: capture,
        marks: frameMarks,
        vendor: partName,
        model: partName,
      }),
    reply<DraftView>(),
  ),
  'device.sendFrame': plainAct(
    'installer',
    () => ({ laneId, device, code: frameType, fields: z.record(fieldName, z.string().max(64)) }),
    { words: t('向设备发送帧', 'Frame sent to a device') },
  ),
} as const
