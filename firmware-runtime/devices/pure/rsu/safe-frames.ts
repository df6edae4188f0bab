// Frames that a person may send by hand, as data: no frame here debits, writes a card or changes a setting. Everything
// else goes through the lane (money) or through a trial (settings), or is not possible.
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { VariantOverride } from './variant-override.ts'
import type { FrameTable, VariantTable } from './table-types.ts'

interface SafeFrame {
  /** Name of the frame in the tables; codes mean different things in different dialects. */
  readonly name: string
  readonly title: BilingualText
  /** Fields that a person fills in: hex of `bytes` bytes. */
  readonly fields: readonly { readonly name: string; readonly bytes: number }[]
  /** Field values that are always sent. */
  readonly fixed: Readonly<Record<string, string | number>>
}

const obuId = { name: 'obuId', bytes: 4 } as const

const safeFrames: readonly SafeFrame[] = [
  {
    name: 'stop',
    title: { zh: '放开这个标签,重新搜索', en: 'let this OBU go and search again' },
    fields: [obuId],
    // Stop type 1: end and search again (rsu-interface.md 2.3).
    fixed: { stopType: 1 },
  },
  {
    name: 'ignore',
    title: { zh: '不理会这个标签', en: 'ignore this OBU' },
    fields: [obuId],
    fixed: {},
  },
  {
    name: 'psamStart',
    title: { zh: '询问 PSAM 状态', en: 'ask for the state of the PSAM' },
    fields: [],
    // The first channel, bit 31, as in the worked example of rsu-interface.md 1.5.4.
    fixed: { channels: '80000000' },
  },
  {
    name: 'heartbeatAck',
    title: { zh: '应答心跳', en: 'answer a heartbeat' },
    fields: [],
    fixed: {},
  },
]

export interface SafeChoice {
  readonly code: string
  readonly frame: FrameTable
  readonly safe: SafeFrame
}

/**
 * Frames that may be sent to this device. A frame whose layout a profile replaced is left out: it is not known to be
 * safe.
 */
export function safeChoices(
  table: VariantTable,
  override: Pick<VariantOverride, 'frames'> | null,
): readonly SafeChoice[] {
  const replaced = new Set((override?.frames ?? []).map(({ code }) => code))
  return table.frames.flatMap((frame) => {
    const safe = safeFrames.find(({ name }) => name === frame.name)
    if (safe === undefined || frame.from !== 'pc' || replaced.has(frame.code)) return []
    return [{ code: frame.code, frame, safe }]
  })
}
