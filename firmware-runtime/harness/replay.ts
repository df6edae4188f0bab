// `etc-lane replay`: real car-park occupancy as traffic through a lot, over links or simulated.
// Every total it prints is a query on the ledger; `platform` is what its own settlement records say.
import { resolve } from 'node:path'
import { rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { replayPrices } from '#lane/pure/explain/replay-price.ts'
import { replayTurns } from '#lane/pure/explain/replay-turns.ts'
import {
  laneOf,
  layoutNames,
  openLayoutNames,
  openOf,
  standardLayout,
} from '#lane/pure/layouts/index.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, parseIso } from '#base/pure/values/instant.ts'
import { rsuVariants } from '#simulators/rsu/dialect.ts'
import { readTrace, traceTraffic } from '#simulators/traffic/trace.ts'
import { trafficOfTrace } from '#simulators/traffic/traffic.ts'
import { trafficMixes } from '#simulators/traffic/cars.ts'
import { readCarFile } from '#lane/explain/car-file.ts'
import { act, commandOf } from '#base/desk/commands/acts.ts'
import { carFileBytesMax } from '#lane/desk/commands/car-file-size.ts'
import { oneOf, wrongFlag } from '#base/commands/command.ts'
import type { Given } from '#base/commands/usage-types.ts'
import { readText } from '#base/process/read-file.ts'
import { makeReplayFolder } from '#lane/folder/replay-folder.ts'
import type { Cuts, ReplayChoice } from './lot/replay-result.ts'
import { simProvinces } from './lot/sim-platform.ts'
import { replayInHarness } from './lot/replay-sim.ts'
import { replayOverLinks } from './lot/replay-links.ts'
import { replayStreet } from './lot/replay-street.ts'

/** Cars of a trace come in by one lane and go out by another. */
const played = [
  ...layoutNames.filter((name) =>
    (['entry', 'exit'] as const).every((way) => laneOf(name, way) !== null),
  ),
  ...openLayoutNames,
]

/** Two million rows, the most that a trace may have, are shorter than this. */
const traceBytesMax = 128 * 1024 * 1024

function timeOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined
  const atMs = parseIso(text)
  if (atMs === null)
    throw wrongFlag(`--${name}`, t('不是 ISO 8601 时间', 'not an ISO 8601 time'), text)
  return atMs
}

const notOnLinks = t('不与 --wire 同用', 'not with --wire')

const usage = [
  `replay --trace FILE --data DIR [--layout ${[...layoutNames, ...openLayoutNames].join('|')}] [--wire] [--capacity N] [--days N] [--from ISO --to ISO] [--timing instant|standard] [--seed N] [--charge card|online] [--offline other-payment|settle-later|accept-within-caps] [--mix clean|real|odd] [--variant V] [--province 45|21] [--unattended] [--cuts WHAT]`,
] as const

/** Odd cars are played where time is simulated; a wire has no time to look away. */
function oddOf(mix: string, overLinks: boolean): number {
  if (mix !== 'odd') return 0
  if (overLinks) throw new LaneFault('ARG-01', { field: '--mix', value: mix, note: notOnLinks })
  return trafficMixes.odd.odd
}

const units = { d: 86_400_000, h: 3_600_000 } as const

/** `power=1d,network=8h`: how often each fails, in days or hours. */
function cutsOf(text: string | undefined): Cuts {
  const every: Record<string, number> = {}
  for (const part of text?.split(',') ?? []) {
    const { name, count, unit } =
      /^(?<name>power|network)=(?<count>[1-9]\d{0,3})(?<unit>[dh])$/.exec(part)?.groups ?? {
        name: '',
      }
    if (name === undefined || name === '' || name in every)
      throw wrongFlag(
        '--cuts',
        t(
          'power=1d,network=8h:各一次,按天或小时',
          'power=1d,network=8h: each once, in days or hours',
        ),
        part,
      )
    every[name] = Number(count) * (unit === 'd' ? units.d : units.h)
  }
  return { powerMs: every['power'] ?? null, networkMs: every['network'] ?? null }
}

/** Refuses options that only a simulated lot supports. */
function notOverLinks(values: Given<typeof usage>): void {
  const field = values.unattended ? '--unattended' : '--cuts'
  const isSimulated = values.unattended || values.cuts !== undefined
  if (values.wire && isSimulated) throw new LaneFault('ARG-01', { field, note: notOnLinks })
  // A street of piles has a process a space: test/wire/street-of-piles.test.ts plays two of them.
  const { layout = '' } = values
  const collects = openOf(layout)?.collects
  if (values.wire && collects === 'platform')
    throw new LaneFault('ARG-01', { field: '--layout', value: layout, note: notOnLinks })
  if (values.wire && collects === 'gantry' && values.province === '21')
    throw new LaneFault('ARG-01', { field: '--province', value: '21', note: notOnLinks })
}

function choiceOf(values: Given<typeof usage>): ReplayChoice & { wire: boolean } {
  const { trace: file, seed = 1, mix = 'real', days, capacity } = values
  const fromMs = timeOf(values.from, 'from')
  const toMs = timeOf(values.to, 'to')
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs)
    throw wrongFlag('--to', t('不晚于 --from', 'not after --from'), isoOf(toMs))
  notOverLinks(values)
  const trace = traceTraffic(readTrace(readText(file, traceBytesMax), file), {
    fromMs,
    toMs,
    days,
    capacity,
  })
  const province = oneOf(values.province, 'province', ['45', '21'] as const, '45')
  return {
    dir: resolve(values.data),
    traffic: trafficOfTrace(trace, { seed, mix: trafficMixes[mix] }),
    odd: oddOf(mix, values.wire),
    seed,
    layout: oneOf(values.layout, 'layout', played, standardLayout),
    unattended: values.unattended,
    cuts: cutsOf(values.cuts),
    timing: values.timing ?? 'instant',
    charge: values.charge ?? 'online',
    offline: values.offline ?? 'other-payment',
    // One by its profile needs the library, which real processes have.
    variant: oneOf(
      values.variant,
      'variant',
      values.wire ? rsuVariants : rsuVariantIds,
      'generic-bcc',
    ),
    province: simProvinces[province],
    operator: simProvinces[province].operator !== undefined,
    wire: values.wire,
  }
}

const replay = act(usage, async (values, io) => {
  const choice = choiceOf(values)
  makeReplayFolder(choice.dir, choice.wire)
  const say = (text: string): void => io.stderr(`${text}\n`)
  const overLinks = openOf(choice.layout) === null ? replayOverLinks : replayStreet
  const result = choice.wire ? await overLinks(choice, say) : replayInHarness(choice)
  io.stdout(`${JSON.stringify(result)}\n`)
  return result.ok ? 0 : 1
})

/** The turns and prices of one car, made again from its file by the tables of this program. */
const explained = act(['replay explained FILE'], ({ words: [file = ''] }, io) => {
  const car = readCarFile(readText(file, carFileBytesMax))
  if (car === null)
    throw new LaneFault('FILE-01', {
      file,
      note: t('不是 explain file 写的文件', 'not a file of `explain file`'),
    })
  const { stayId, turns, rows } = car
  const differences = replayTurns(turns)
  const prices = replayPrices(rows, turns)
  const ok = turns.length > 0 && differences.length === 0 && prices.differences.length === 0
  io.stdout(`${JSON.stringify({ ok, stayId, turns: turns.length, differences, prices })}\n`)
  return ok ? 0 : 1
})

export const replayCommand = commandOf('replay', [replay, explained])
