// `etc-lane centre bench`, and the process that it starts for its lots, `bench-lots`.
import { readFileSync } from 'node:fs'
import { runBench, type GeneratorPlan, type RunGenerator } from '../../../centre/bench/bench.ts'
import {
  headLine,
  isMet,
  lineOf,
  lotsOfL1,
  type GeneratorFigures,
} from '../../../centre/bench/figures.ts'
import type { FleetLot } from '../../../centre/bench/fleet.ts'
import { systemMonoClock, systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import { act, commandOf } from '#base/desk/commands/acts.ts'
import { wrongFlag, type CliIo } from '#base/commands/command.ts'
import { isObject, parsed } from '#base/pure/data/json.ts'
import { programFile } from '#base/process/program-file.ts'
import { spawnLauncher } from '../lot/sim-process.ts'

const secondsUsual = 20
const lotsMax = 5_000

const argsOf = ({ fleetFile, way, lots, rate, seconds, nodeId }: GeneratorPlan) =>
  ['--fleet', fleetFile, '--way', way, '--lots', String(lots)].concat([
    '--rate',
    String(rate),
    '--seconds',
    String(seconds),
    '--node',
    nodeId,
  ])

/** The generator as a process of its own, which ends with this one. */
const inOwnProcess =
  (onStop: (kill: () => void) => void): RunGenerator =>
  (plan, { began, ended }) =>
    new Promise((done, failed) => {
      const found: GeneratorFigures[] = []
      const line = (text: string): void => {
        const news = parsed(text)
        if (!isObject(news)) return
        if (news['event'] === 'began') began()
        if (news['event'] === 'ended') ended()
        if (news['event'] === 'figures') found.push(news['figures'] as GeneratorFigures)
      }
      const gone = (code: number | null): void => {
        const [figures] = found
        if (code === 0 && figures !== undefined) done(figures)
        else failed(new Error(`bench-lots ended with ${code}`))
      }
      const kill = spawnLauncher(programFile())('bench-lots', argsOf(plan), { line, gone })
      onStop(() => kill('SIGTERM'))
    })

function lotsIn(text: string | undefined): readonly number[] {
  if (text === undefined) return lotsOfL1
  const numbers = text.split(',').map(Number)
  const fits = (lots: number): boolean => Number.isInteger(lots) && lots > 0 && lots <= lotsMax
  if (!numbers.every(fits)) throw wrongFlag('--lots', `1 - ${lotsMax}, …`, text)
  return numbers
}

async function bench(
  values: {
    readonly lots?: string | undefined
    readonly seconds?: number | undefined
    readonly postgres?: string | undefined
  },
  io: CliIo,
): Promise<number> {
  const lots = lotsIn(values.lots)
  const { seconds = secondsUsual } = values
  if (seconds < 1) throw wrongFlag('--seconds', '>= 1', String(seconds))
  let stop: () => void = () => undefined
  io.onStop(() => stop())
  const say = (value: object, line: string): void =>
    io.stdout(`${io.json ? JSON.stringify(value) : line}\n`)
  if (!io.json) io.stdout(`${headLine}\n`)
  const { machine, rows } = await runBench({
    lots,
    seconds,
    url: values.postgres,
    clock: systemWallClock(),
    mono: systemMonoClock(),
    generate: inOwnProcess((kill) => (stop = kill)),
    progress: ({ zh, en }) => io.stderr(`… ${zh} / ${en}\n`),
    log: (line) => io.stderr(`${line}\n`),
    row: (row) => say({ event: 'row', ...row }, lineOf(row)),
  })
  const facts = Object.entries(machine).map(([name, value]) => `${name} ${String(value)}`)
  const isGood = isMet(rows)
  say({ event: 'machine', seconds, ...machine }, facts.join(', '))
  say({ event: 'met', met: isGood }, isGood ? 'L.1 in batches: met' : 'L.1 in batches: NOT met')
  return isGood ? 0 : 1
}

export const benchAct = act(['centre bench [--lots N,...] [--seconds SEC] [--postgres URL]'], bench)

const lotsLine =
  'bench-lots --fleet FILE --way batches|singly --lots N --rate N --seconds SEC --node ID [--die-with-parent]' as const

const lots = act([lotsLine], async (values, io) => {
  const { sendBatches, sendSingly } = await import('./bench-lots.ts')
  const fleet = JSON.parse(readFileSync(values.fleet, 'utf8')) as readonly FleetLot[]
  const orphaned = (): void => process.exit(1)
  if (values['die-with-parent']) process.stdin.once('close', orphaned).resume()
  const say = (value: object): void => io.stdout(`${JSON.stringify(value)}\n`)
  const send = values.way === 'batches' ? sendBatches : sendSingly
  const figures = await send({
    fleet: fleet.slice(0, values.lots),
    nodeId: values.node,
    rate: values.rate,
    seconds: values.seconds,
    mono: systemMonoClock(),
    clock: systemWallClock(),
    random: systemRandom(),
    began: () => say({ event: 'began' }),
    ended: () => say({ event: 'ended' }),
    failed: (error) => io.stderr(`bench-lots: ${String(error)}\n`),
  })
  say({ event: 'figures', figures })
  if (values['die-with-parent']) process.stdin.off('close', orphaned).destroy()
  return 0
})

export const benchLotsCommand = commandOf('bench-lots', [lots])
