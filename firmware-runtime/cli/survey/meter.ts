// `etc-lane survey meter`: shows that an instrument on a link measures, before anybody walks with it.
// Levels one by one, their median and how far they are apart.
import type { MeterLevel } from '../../app/hosts/field-meter.ts'
import { burstOf, usualBurst } from '../../survey/burst.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { downlinkMeter } from '../../devices/instrument/meter.ts'
import { jsonText } from '../client.ts'
import { flags, needed, whole, type CliIo } from '../command.ts'
import { openMeter } from '../../runtime/survey/open-meter.ts'

const meterFlags = {
  link: 'string',
  profile: 'string',
  data: 'string',
  samples: 'string',
  hold: 'string',
} as const

const samplesMax = 10_000

const holdMsMax = 60_000

function between(text: string | undefined, name: string, usual: number, max: number): number {
  const value = whole(text, name, usual)
  if (value < 1 || value > max)
    throw new LaneFault('ARG-01', { field: `--${name}`, value: `${value}`, note: `1 to ${max}` })
  return value
}

/** Exit 1 where the input was overloaded: these levels are no readings. */
export async function surveyMeter(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, meterFlags)
  const link = needed(values.link, 'link')
  const samples = between(values.samples, 'samples', usualBurst.samples, samplesMax)
  const holdMs = between(values.hold, 'hold', downlinkMeter.holdMs, holdMsMax)
  const id = values.profile ?? 'generic/scpi'
  const meter = openMeter(id, link, values.data ?? null, { holdMs })
  const levels: MeterLevel[] = []
  let stopped = false
  io.onStop(() => {
    stopped = true
    meter.close()
  })
  try {
    while (levels.length < samples && !stopped) levels.push(await meter.measure())
  } finally {
    meter.close()
  }
  const { samples: _taken, ...burst } = burstOf(levels.map(({ levelDbm }) => levelDbm))
  const ok = levels.every(({ overload }) => !overload)
  const answer = {
    ok,
    link,
    profile: meter.profileId,
    instrument: meter.identity,
    ...burst,
    readings: levels.map(({ levelDbm, overload }) => ({ levelDbm, overload })),
  }
  io.stdout(jsonText(answer, io.json))
  return ok ? 0 : 1
}
