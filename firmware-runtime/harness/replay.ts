// `etc-lane replay`: real car-park occupancy as traffic through a lot, on a wire or simulated.
// Every total it prints is a query on the ledger; `platform` is what the platform's own books say.
import { resolve } from 'node:path'
import { rsuVariants as genericVariants } from '../app/lot/lot-file.ts'
import { laneOf, layoutNames, standardLayout } from '../core/lane/layouts/index.ts'
import { LaneFault } from '../core/values/faults.ts'
import { isoOf, parseIso } from '../core/values/instant.ts'
import { rsuVariants } from '../simulators/rsu/dialect.ts'
import { readTrace, traceTraffic } from '../simulators/traffic/trace.ts'
import { trafficOfTrace } from '../simulators/traffic/traffic.ts'
import { trafficMixes } from '../simulators/traffic/cars.ts'
import { flags, needed, oneOf, whole, type CliIo, type Command } from '../cli/command.ts'
import { readText } from '../runtime/folder/read-file.ts'
import { makeReplayFolder } from '../runtime/folder/replay-folder.ts'
import type { ReplayChoice } from './lot/replay-result.ts'
import { replayInHarness } from './lot/replay-sim.ts'
import { replayOnWire } from './lot/replay-wire.ts'

/** Cars of a trace come in by one lane and go out by another. */
const played = layoutNames.filter((name) =>
  (['entry', 'exit'] as const).every((way) => laneOf(name, way) !== null),
)

/** Two million rows, the most that a trace may have, are shorter than this. */
const traceBytesMax = 128 * 1024 * 1024

function timeOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined
  const atMs = parseIso(text)
  if (atMs === null)
    throw new LaneFault('ARG-01', { field: `--${name}`, value: text, note: 'not an ISO 8601 time' })
  return atMs
}

function choiceOf(args: readonly string[]): ReplayChoice & { wire: boolean } {
  const { values } = flags(args, {
    trace: 'string',
    data: 'string',
    layout: 'string',
    wire: 'boolean',
    capacity: 'string',
    days: 'string',
    from: 'string',
    to: 'string',
    timing: 'string',
    seed: 'string',
    charge: 'string',
    offline: 'string',
    mix: 'string',
    variant: 'string',
  })
  const file = needed(values.trace, 'trace')
  const fromMs = timeOf(values.from, 'from')
  const toMs = timeOf(values.to, 'to')
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs)
    throw new LaneFault('ARG-01', { field: '--to', value: isoOf(toMs), note: 'not after --from' })
  const seed = whole(values.seed, 'seed', 1)
  const trace = traceTraffic(readTrace(readText(file, traceBytesMax), file), {
    fromMs,
    toMs,
    days: values.days === undefined ? undefined : whole(values.days, 'days', 1),
    capacity: values.capacity === undefined ? undefined : whole(values.capacity, 'capacity', 1),
  })
  const mix = oneOf(values.mix, 'mix', ['clean', 'real'] as const, 'real')
  return {
    dir: resolve(needed(values.data, 'data')),
    traffic: trafficOfTrace(trace, { seed, mix: trafficMixes[mix] }),
    seed,
    layout: oneOf(values.layout, 'layout', played, standardLayout),
    timing: oneOf(values.timing, 'timing', ['instant', 'standard'] as const, 'instant'),
    charge: oneOf(values.charge, 'charge', ['card', 'online'] as const, 'online'),
    offline: oneOf(
      values.offline,
      'offline',
      ['other-payment', 'settle-later', 'accept-within-caps'] as const,
      'other-payment',
    ),
    // One by its profile needs the library, which real processes have.
    variant: oneOf(
      values.variant,
      'variant',
      values.wire ? rsuVariants : genericVariants,
      'generic-bcc',
    ),
    wire: values.wire,
  }
}

export const replayCommand: Command = {
  usage: [
    `replay --trace FILE --data DIR [--layout ${layoutNames.join('|')}] [--wire] [--capacity N] [--days N] [--from ISO --to ISO] [--timing instant|standard] [--seed N]`,
  ],
  async run(args, io: CliIo) {
    const choice = choiceOf(args)
    makeReplayFolder(choice.dir, choice.wire)
    const result = choice.wire
      ? await replayOnWire(choice, (text) => io.stderr(`${text}\n`))
      : replayInHarness(choice)
    io.stdout(`${JSON.stringify(result)}\n`)
    return result.ok ? 0 : 1
  },
}
