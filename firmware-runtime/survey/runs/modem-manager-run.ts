// Readings from ModemManager, when it holds the modem: queried by mmcli, without using the port. Its signal measuring
// is switched on for the run if it was off, and off again after it.
import { t } from '#base/pure/words/fault-text.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { Tools } from '#base/ports/tools.ts'
import {
  factsIn,
  mmcliArgs,
  modemsIn,
  signalIn,
  signalRateSec,
  type MmSignal,
} from '#devices/pure/modem/mmcli/texts.ts'
import { pause, type Pace, type RunFault } from './pace.ts'
import {
  faultOf,
  signalBody,
  type SignalReading,
  type SignalReport,
  type OnSignalReading,
} from './signal-run.ts'

interface ModemManagerPorts {
  readonly tools: Tools
  readonly mono: MonoClock
  readonly clock: WallClock
}

/** States in which its own operator serves the modem. */
const servedStates: readonly (string | null)[] = ['registered', 'connecting', 'connected']

const over = (fault: RunFault): SignalReport => ({ by: 'modem-manager', readings: [], fault })

async function said(tools: Tools, args: readonly string[]): Promise<string | RunFault> {
  const answer = await tools.run('mmcli', args)
  if (answer.kind === 'said') return answer.text
  return { code: 'MODEM-04', note: answer.kind === 'failed' ? answer.note : '' }
}

/** The named modem, else the first one. */
async function chooseModem(tools: Tools, named: number | null): Promise<number | RunFault> {
  const list = await said(tools, mmcliArgs.list)
  if (typeof list !== 'string') return list
  const modems = modemsIn(list)
  if (modems === null)
    return { code: 'MODEM-04', note: t('不是模块的清单', 'not a list of modems') }
  const index = named ?? modems[0]
  const isThere = index !== undefined && modems.includes(index)
  return isThere ? index : { code: 'MODEM-01', note: `modems: ${modems.join(', ')}` }
}

async function readOnce(
  ports: ModemManagerPorts,
  index: number,
): Promise<SignalReading | RunFault> {
  const { tools, clock } = ports
  const [modem, text] = [
    await said(tools, mmcliArgs.modem(index)),
    await said(tools, mmcliArgs.signal(index)),
  ]
  if (typeof modem !== 'string') return modem
  if (typeof text !== 'string') return text
  const [facts, signal] = [factsIn(modem), signalIn(text)]
  if (facts === null || signal === null) return { code: 'MODEM-03', note: text.slice(0, 80) }
  const raw = text.replaceAll(/\s+/g, '')
  const { state } = facts
  const { cell } = signal
  const isServed = servedStates.includes(state)
  const body = signalBody(cell, isServed, raw)
  return {
    atMs: clock.nowMs(),
    state,
    isServed,
    cell,
    rssiDbm: cell?.rssiDbm ?? null,
    raw,
    refused: [],
    body,
  }
}

async function rateOf(tools: Tools, index: number): Promise<MmSignal | null> {
  const text = await said(tools, mmcliArgs.signal(index))
  return typeof text === 'string' ? signalIn(text) : null
}

const isFault = (read: SignalReading | RunFault): read is RunFault => 'code' in read

export async function readModemManager(
  ports: ModemManagerPorts,
  named: number | null,
  pace: Pace,
  onReading: OnSignalReading = () => undefined,
): Promise<SignalReport> {
  const { tools, mono } = ports
  const index = await chooseModem(tools, named)
  if (typeof index !== 'number') return over(index)
  const before = await rateOf(tools, index)
  const wasOff = (before?.rateSec ?? 0) === 0
  if (wasOff) await tools.run('mmcli', mmcliArgs.rate(index, signalRateSec))
  const readings: SignalReading[] = []
  let fault: RunFault | null = null
  try {
    for (let turn = 0; turn < pace.count && !pace.signal.aborted; turn++) {
      // The first figures exist only after the first measurement.
      const waitMs = turn === 0 ? (wasOff ? 1_500 * signalRateSec : 0) : pace.everyMs
      await pause(mono, waitMs, pace.signal)
      const read = await readOnce(ports, index)
      if (isFault(read)) {
        fault = read
        break
      }
      readings.push(read)
      onReading(read)
      fault = faultOf(read)
    }
  } finally {
    if (wasOff) await tools.run('mmcli', mmcliArgs.rate(index, 0))
  }
  return { by: 'modem-manager', readings, fault }
}
