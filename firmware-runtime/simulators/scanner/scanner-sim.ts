// The code scanner of an exit as a process: a serial line by pty or TCP. `POST /scan {"text":"13..."}` scans a text;
// `--prefix` and `--suffix` are sent around it.
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { nowUs } from '../shell/driver.ts'
import { openLinkSim } from '../shell/link-sim.ts'
import type { RunningSim, SimContext, SimPlan } from '../shell/process.ts'
import { ScannerModel, scannerFaults } from './model.ts'
import { membersIn, rowsIn } from '../shell/members.ts'

function hexFlag(name: string, text: string): Uint8Array {
  const bytes = bytesOfHex(text)
  if (bytes === null)
    throw new LaneFault('ARG-01', { field: `--${name}`, value: text, note: 'hexadecimal bytes' })
  return bytes
}

function textOf(body: unknown): string {
  const { text = '' } = membersIn(body)
  if (typeof text === 'string' && text.length > 0 && text.length <= 20_000) return text
  throw new LaneFault('ARG-01', { field: '/text', value: JSON.stringify(text ?? null) })
}

async function start(context: SimContext): Promise<RunningSim> {
  const { args, faults, store } = context
  const { prefix = '', suffix = '0D' } = args.extra
  const model = new ScannerModel({
    seed: args.seed,
    faults,
    prefix: hexFlag('prefix', prefix),
    suffix: hexFlag('suffix', suffix),
  })
  const rows: unknown[] = [...store.rows]
  const sim = await openLinkSim(context, model, { row: (row) => rows.push(row) })
  return sim.running(
    {
      'POST /scan': ({ body }) => {
        const text = textOf(body)
        return sim.set(() => sim.out(model.scan(text, nowUs())))
      },
    },
    { storePage: rowsIn(rows) },
  )
}

export const scannerSimPlan: SimPlan = {
  name: 'scanner-sim',
  listens: ['pty', 'tcp'],
  flags: { prefix: 'HEX', suffix: 'HEX' },
  faults: scannerFaults,
  start,
}
