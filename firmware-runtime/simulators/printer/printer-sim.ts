// The printer simulator as a process: the model of model.ts behind a pty or a TCP port, as a printer on 9100.
// GET /paper returns a strip as text and as a picture; POST /paper and POST /cover are a person's actions at the
// printer.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { queryNumber } from '../shell/admin.ts'
import { openLinkSim } from '../shell/link-sim.ts'
import type { RunningSim, SimPlan } from '../shell/process.ts'
import { PrinterModel, printerFaults } from './model.ts'
import { modulesOf, pictureOf } from './picture.ts'
import { codesOf, textOf } from './strip.ts'
import { flagIn, membersIn, rowsIn } from '../shell/members.ts'

const widths: Readonly<Record<string, number>> = { '80': 576, '58': 384 }

const refuse = (field: string, value: unknown, note: string): LaneFault =>
  new LaneFault('ARG-01', { field, value: JSON.stringify(value) ?? '', note })

/** `lines`: the rest of the roll, null a new roll; `nearEnd` may be added. */
function putPaper(model: PrinterModel, body: unknown): void {
  const { lines, nearEnd } = membersIn(body)
  const isCount = typeof lines === 'number' && Number.isSafeInteger(lines) && lines >= 0
  if (lines !== null && !isCount) throw refuse('/lines', lines, 'a count of lines, or null')
  model.head.linesLeft = lines
  model.isNearEnd = nearEnd === true
  model.mended()
}

/** Drawing blocks for a second: `picture=no` returns text only. */
async function paperOf(
  model: PrinterModel,
  dots: number,
  { wanted, isDrawn }: { readonly wanted: number; readonly isDrawn: boolean },
): Promise<unknown> {
  const { strips, current } = model.head
  const all = current.parts.length > 0 ? [...strips, current] : strips
  const strip = all[(wanted === 0 ? all.length : wanted) - 1]
  if (strip === undefined) return { count: 0, text: '', codes: [], isCut: false, pngBase64: null }
  const { parts, isCut } = strip
  const picture = isDrawn ? await pictureOf(parts, dots) : null
  return {
    count: all.length,
    text: textOf(parts),
    codes: codesOf(parts).map((code) => ({ ...code, modules: modulesOf(code) })),
    isCut,
    widthDots: picture?.widthDots ?? null,
    heightDots: picture?.heightDots ?? null,
    pngBase64: picture === null ? null : Buffer.from(picture.png).toString('base64'),
  }
}

export const printerSimPlan: SimPlan = {
  name: 'printer-sim',
  listens: ['pty', 'tcp'],
  flags: { width: '80|58', rate: 'BYTES-A-SECOND', chinese: 'on|off' },
  faults: printerFaults,
  /** Paper of 80 or 58 mm, bytes per second, and a clone without Chinese mode. */
  async start(context): Promise<RunningSim> {
    const { args, faults, store } = context
    const { width = '80', rate, chinese = 'on' } = args.extra
    const dots = widths[width]
    if (dots === undefined) throw refuse('--width', width, '80 or 58')
    if (rate !== undefined && !/^[1-9]\d{0,6}$/.test(rate))
      throw refuse('--rate', rate, 'bytes a second')
    const model = new PrinterModel({
      seed: args.seed,
      faults,
      dots,
      knowsChinese: chinese === 'on',
      bytesPerSec: rate === undefined ? null : Number(rate),
    })
    const rows: unknown[] = [...store.rows]
    const sim = await openLinkSim(context, model, { row: (row) => rows.push(row) })
    return sim.running(
      {
        'GET /paper': ({ query }) =>
          paperOf(model, dots, {
            wanted: queryNumber(query, 'paper', 0),
            isDrawn: query.get('picture') !== 'no',
          }),
        'POST /paper': ({ body }) => sim.set(() => putPaper(model, body)),
        'POST /cover': ({ body }) =>
          sim.set(() => {
            model.isCoverOpen = flagIn(membersIn(body), 'open')
            model.mended()
          }),
      },
      { storePage: rowsIn(rows) },
    )
  },
}
