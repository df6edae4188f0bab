// The frame console as the runtime would answer it, for tests of the window: the rows of a session of a
// driver with the model of its device, page by page.
import type {
  ConsolePageView,
  ConsoleRowView,
  WireView,
} from '../../firmware-runtime/api/console-views.ts'
import { rowView } from '../../firmware-runtime/app/control-console.ts'
import { FrameDesk } from '../../firmware-runtime/app/wire/frame-desk.ts'
import { rsuWireDecoder } from '../../firmware-runtime/app/wire/wire-decoder.ts'
import { safeChoices } from '../../firmware-runtime/devices/rsu/safe-frames.ts'
import { rsuVariant } from '../../firmware-runtime/devices/rsu/variants.ts'
import { rsuSession } from '../firmware-runtime/app/wire/session-kit.ts'

const variant = rsuVariant('generic-ver')

export const consoleWire: WireView = {
  laneId: 'exit',
  device: 'rsu',
  link: 'tcp://192.0.2.20:9527?variant=generic-ver',
  variant: 'generic-ver',
  types: variant.table.frames.map(({ code, name, from }) => ({ code, name, from })),
  safe: safeChoices(variant.table, null).map(({ code, frame, safe }) => ({
    code,
    name: frame.name,
    title: safe.title,
    fields: safe.fields,
  })),
}

function sessionRows(): readonly ConsoleRowView[] {
  const { ring } = rsuSession('generic-ver', { noise: true })
  const decoder = rsuWireDecoder(variant)
  const desk = new FrameDesk({ laneId: 'exit', device: 'rsu', ring, decoder })
  return desk.read(0, 1_000).rows.map(rowView)
}

export class ScriptedConsole {
  wires: readonly WireView[] = [consoleWire]
  rows: readonly ConsoleRowView[] = sessionRows()
  dropped = 0

  /** Null for calls that are not of the console. */
  answer(name: string, args: Readonly<Record<string, unknown>>): unknown {
    if (name === 'device.wires') return { wires: this.wires }
    if (name === 'device.saveFrames')
      return {
        file: '/var/lib/etc-lane/captures/20261120080000000-exit-rsu.jsonl',
        frames: 12,
        whole: true,
      }
    return name === 'device.frames' ? this.page(Number(args['after'])) : null
  }

  /** The same frames once more, some times over: a busy lane. */
  repeat(times: number): void {
    const once = this.rows
    this.rows = Array.from({ length: times }, (_, n) =>
      once.map((row, i) => ({ ...row, seq: n * once.length + i + 1 })),
    ).flat()
  }

  private page(after: number): ConsolePageView {
    const left = this.rows.filter(({ seq }) => seq > after)
    const rows = left.slice(0, 1_000)
    const { dropped } = this
    this.dropped = 0
    return { rows, next: rows.at(-1)?.seq ?? after, dropped, more: left.length > rows.length }
  }
}
