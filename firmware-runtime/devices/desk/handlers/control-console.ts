// The frame console of the control API: rows of a link, captures as files, and safe frames by hand. Sending is an act:
// checked against the list, audited, and carried out once for each commandId.
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { AnswerOf, ArgsOf } from '#runtime/api/table.ts'
import type { DeviceFramesView } from '../../calls/console-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { compactOf } from '#base/pure/values/instant.ts'
import type { Acts } from '#base/desk/handlers/act-table.ts'
import type { WorkshopParts } from '../workshop/draft.ts'
import { rowView } from '../../frame-log/row-view.ts'
import { FrameServices, type DeviceFrames } from '../../frame-log/frame-services.ts'
import type { HandlersOf } from '#base/desk/handlers/handlers.ts'

interface FrameParts {
  /** Looked up at each call: on the workbench it changes with the device. */
  readonly frameServices: FrameServices
  readonly version: string
  nowMs(): number
  keepFile(folder: string, name: string, bytes: Uint8Array): string
}

export type ConsoleParts = FrameParts & WorkshopParts

const rowsMax = 1_000

function deviceFramesView({ place }: DeviceFrames): DeviceFramesView {
  const { laneId, device, link, source } = place
  return {
    laneId,
    device,
    link,
    variant: source.name,
    types: source.types,
    safe: source.safe.map((choice) => ({
      code: choice.code,
      name: choice.frame.name,
      title: choice.safe.title,
      fields: choice.safe.fields,
    })),
  }
}

function save(
  parts: FrameParts,
  { laneId, device, format }: ArgsOf<'device.saveFrames'>,
): AnswerOf<'device.saveFrames'> {
  const program = `etc-lane ${parts.version}`
  const { bytes, frames, whole } = parts.frameServices.of(laneId, device).saved(format, program)
  const ending = format === 'pcapng' ? 'pcapng' : 'jsonl'
  const name = `${compactOf(parts.nowMs())}-${laneId}-${device}.${ending}`
  return { file: parts.keepFile('captures', name, bytes), frames, whole }
}

/** WIRE-02 for a frame that is not in the list; most devices have no list. */
function mustBeSafe({ place }: DeviceFrames, code: string): void {
  const { safe } = place.source
  if (safe.some((choice) => choice.code === code)) return
  const note =
    safe.length > 0
      ? {}
      : {
          note: t(
            `这类设备没有可安全发送的帧:${place.device}`,
            `there is no frame that is safe to send to this kind of device: ${place.device}`,
          ),
        }
  throw new LaneFault('WIRE-02', { field: '/code', value: code, ...note })
}

function send({ place }: DeviceFrames, args: ArgsOf<'device.sendFrame'>): void {
  const { code, fields } = args
  const why = { field: '/code', value: code }
  const result = place.source.ask(code, fields)
  if (result === 'refused') {
    const known = place.source.safe.map((choice) => choice.code).join(', ')
    throw new LaneFault('WIRE-02', {
      ...why,
      note: t(`${known} 之一,并带字段`, `one of ${known}, with its fields`),
    })
  }
  if (result !== 'sent') throw new LaneFault('WIRE-03', { ...why, note: result })
}

type FrameName = 'device.wires' | 'device.frames' | 'device.saveFrames' | 'device.sendFrame'
interface FrameLot {
  readonly acts: Pick<Acts, 'table'>
  readonly frameConsole?: FrameParts
}

/** The links of a lot's devices, or of the device on the workbench. */
export function frameCalls({ acts, frameConsole }: FrameLot): HandlersOf<FrameName> {
  const none = new FrameServices(() => 0)
  const frameServices = (): FrameServices => frameConsole?.frameServices ?? none
  return {
    'device.wires': () => ({ wires: frameServices().all.map(deviceFramesView) }),
    'device.frames': ({ laneId, device, after, limit = rowsMax, direction, types, text }) => {
      const filter = { direction, types, text }
      const page = frameServices().of(laneId, device).service.read(after, limit, filter)
      return { ...page, rows: page.rows.map(rowView) }
    },
    'device.saveFrames': (args) => save(needed(frameConsole, 'FILE-01')(), args),
    ...acts.table({
      'device.sendFrame': (args, act) => {
        const deviceFrames = frameServices().of(args.laneId, args.device)
        mustBeSafe(deviceFrames, args.code)
        act.audit(`${args.code} ${JSON.stringify(args.fields)}`)
        send(deviceFrames, args)
      },
    }),
  }
}

/** Loaded when the workshop is opened: a lane starts without the checks of the library. */
const workshop = () => import('../workshop/draft.ts')

export const consoleCalls = defineCalls((lot: Lot<'acts', { frameConsole: ConsoleParts }>) => ({
  ...frameCalls(lot),
  'profile.try': async (args) => (await workshop()).tried(args),
  'profile.draft': async (args) =>
    (await workshop()).draft(args, needed(lot.frameConsole, 'FILE-01')()),
}))
