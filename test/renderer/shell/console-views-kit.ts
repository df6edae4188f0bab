// Answers of the frame console and the workshop, for tests of the window: the rows
// of one session, page by page, and marks tried with the product's own codec.
import type {
  ConsolePageView,
  ConsoleRowView,
  DraftView,
  TriedView,
  DeviceFramesView,
} from '#devices/calls/console-views.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import { tryMarks } from '#devices/desk/workshop/marks.ts'
import { pasted } from '#devices/desk/workshop/paste.ts'
import { rowView } from '#devices/frame-log/row-view.ts'
import { boardFrames } from '../pages/lane/board-frames-kit.ts'
import { FrameService } from '#devices/frame-log/frame-service.ts'
import { rsuFrameDecoder } from '#devices/frame-log/frame-decoder.ts'
import { FrameRing } from '#devices/frame-log/frame-ring.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { safeChoices } from '#devices/pure/rsu/safe-frames.ts'
import { rsuVariant } from '#devices/pure/rsu/variants.ts'

const variant = rsuVariant('generic-ver')

export const consoleDevice: DeviceFramesView = {
  laneId: 'exit',
  device: 'rsu',
  link: 'tcp://192.0.2.20:9527?variant=generic-ver',
  variant: 'generic-ver',
  types: variant.table.frames.map(({ code, name, from }) => ({
    code,
    name,
    from: from === 'rsu' ? 'device' : from,
  })),
  safe: safeChoices(variant.table, null).map(({ code, frame, safe }) => ({
    code,
    name: frame.name,
    title: safe.title,
    fields: safe.fields,
  })),
}

/** One car that pays, with made-up values, and four bytes of noise before it. */
const session: readonly (readonly ['in' | 'out', number, string])[] = [
  ['out', 200, 'FFFF001000000002C4002EC8'],
  ['out', 200, 'FFFF002000000016C06553F10020231115061320130A08010100000000001058'],
  ['in', 400, 'FFFF000100000012B10011010201000002000000010001000000CD36'],
  ['out', 400, 'FFFF003000000002CF00A9E3'],
  [
    'in',
    1005035,
    'FFFF000200000024B00002012000370100000001022000370100000002000800082920090000' +
      '000003040000E692',
  ],
  ['out', 6000000, 'FFFF004000000002C4014D8E'],
  ['in', 6000000, '01020304'],
  ['in', 6000200, 'FFFF000300000012B1001101020100000200000001010100000851B9'],
  ['out', 6000200, 'FFFF005000000002CF000D66'],
  [
    'in',
    6027296,
    'FFFF000400000025B202000001000101B2E2CAD4370100010100370101200200000120230101' +
      '20330101102001E472',
  ],
  ['out', 6027296, 'FFFF00600000000DC102000001B2E2CAD43701000147E0'],
  [
    'in',
    6141375,
    'FFFF0005000000B7B4020000010010B2E24131323334350000000000000100002E1210040200' +
      '1B0000055445535456454849434C45303030303154455354454E47494E453030303030310000' +
      '00000000000000000000000000000000000000002710B2E2CAD4370100011640370112000000' +
      '000000012023010120330101B2E24131323334350000000000000100000000000000AA290000' +
      '0000000000000000000000000000000000000000000000000000000000000000000000000000' +
      '00B1E3',
  ],
  [
    'out',
    6141375,
    'FFFF007000000043C602000001B2E2CAD437010001000001F420231115061320AA2900000000' +
      '0000000000000000000000000000000000000000000000000000000000000000000000000067' +
      'D1',
  ],
  [
    'in',
    6377900,
    'FFFF000600000024B50200000100370100000001202311150613200900016F1071B600010000' +
      '00010000251C71CF',
  ],
  ['out', 6377900, 'FFFF00800000000DC102000001B2E2CAD437010001ECEF'],
  ['out', 6377900, 'FFFF009000000002C400A8D5'],
  ['in', 6378100, 'FFFF000700000012B100110102010000020000000100010000086DFB'],
  ['out', 6378100, 'FFFF001000000002CF00CA60'],
  ['in', 10000000, 'FFFF000800000012B10011010201000002000000010001000008A6BB'],
  ['out', 10000000, 'FFFF002000000002CF001C2A'],
]

function sessionRows(): readonly ConsoleRowView[] {
  const startMs = 1_700_000_000_000
  let nowMs = startMs
  const ring = new FrameRing(() => nowMs)
  const at = () => ({ atMs: 0, businessNowMs: nowMs })
  ring.took({ ...at(), type: 'linkUp' }, 0)
  for (const [direction, monoUs, hex] of session) {
    nowMs = startMs + Math.floor(monoUs / 1000)
    const bytes = bytesOfHex(hex) ?? new Uint8Array(0)
    if (direction === 'out') ring.sent(bytes, monoUs)
    else ring.took({ ...at(), type: 'bytes', bytes }, monoUs)
  }
  const decoder = rsuFrameDecoder(variant)
  const service = new FrameService({ laneId: 'exit', device: 'rsu', ring, decoder })
  return service.read(0, 1_000).rows.map(rowView)
}

function triedOf({ variant: base, text, marks }: ArgsOf<'profile.try'>): TriedView {
  const { frames, problems } = tryMarks(pasted(text, base), base, marks)
  return { frames, problems }
}

export class ScriptedConsole {
  logs: readonly DeviceFramesView[] = [consoleDevice]
  /** Rows of the devices other than antennas. */
  others: Readonly<Record<string, readonly ConsoleRowView[]>> = {}
  rows: readonly ConsoleRowView[] = sessionRows()
  dropped = 0
  draft: DraftView = {
    file: '/var/lib/etc-lane/drafts/rsu/harbour/odd-head.json',
    capture: '/var/lib/etc-lane/drafts/rsu/harbour/odd-head.capture.jsonl',
    id: 'rsu/harbour/odd-head',
    examples: 2,
    findings: [],
  }

  /** Null for calls that do not belong to the console. */
  answer(name: string, args: Readonly<Record<string, unknown>>): unknown {
    if (name === 'device.wires') return { wires: this.logs }
    if (name === 'device.saveFrames')
      return {
        file: '/var/lib/etc-lane/captures/20261120080000000-exit-rsu.jsonl',
        frames: 12,
        whole: true,
      }
    if (name === 'profile.try') return triedOf(args as unknown as ArgsOf<'profile.try'>)
    if (name === 'profile.draft') return this.draft
    const others = this.others[String(args['device'])]
    return name === 'device.frames' ? this.page(Number(args['after']), others) : null
  }

  /** Adds a barrier, a display and a loop board to the lane with the antenna. */
  withBoards(): void {
    this.logs = [consoleDevice, ...boardFrames.map(({ view }) => view)]
    this.others = Object.fromEntries(boardFrames.map(({ view, rows }) => [view.device, rows]))
  }

  /** Repeats the same frames, like a busy lane. */
  repeat(times: number): void {
    const once = this.rows
    this.rows = Array.from({ length: times }, (_, n) =>
      once.map((row, i) => ({ ...row, seq: n * once.length + i + 1 })),
    ).flat()
  }

  private page(after: number, of: readonly ConsoleRowView[] = this.rows): ConsolePageView {
    const left = of.filter(({ seq }) => seq > after)
    const rows = left.slice(0, 1_000)
    const { dropped } = this
    this.dropped = 0
    return { rows, next: rows.at(-1)?.seq ?? after, dropped, more: left.length > rows.length }
  }
}
