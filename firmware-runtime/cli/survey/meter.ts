// `etc-lane survey meter`: shows that an instrument on a link measures, before anybody walks with it.
// Levels one by one, their median and how far they are apart.
import { linkOpener } from '../../adapters/links/link-opener.ts'
import { systemMonoClock, systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { fieldMeter, type FieldMeter, type MeterLevel } from '../../app/field-meter.ts'
import { isProfileId } from '../../app/profiles/refs.ts'
import type { Profile } from '../../app/profiles/schema.ts'
import { burstOf, usualBurst } from '../../core/survey/burst.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { downlinkMeter, type MeterSettings } from '../../devices/instrument/meter.ts'
import { jsonText } from '../client.ts'
import { flags, needed, whole, type CliIo } from '../command.ts'
import { claimLink } from '../link-claim.ts'
import { profilesIn } from '../profile-library.ts'

const meterFlags = {
  link: 'string',
  profile: 'string',
  data: 'string',
  samples: 'string',
  hold: 'string',
} as const

const samplesMax = 10_000
const holdMsMax = 60_000

/** The profile of an instrument, of the library or imported into a data folder. */
export function meterProfile(id: string, dir: string | null, field = '--profile'): Profile {
  const refuse = (note: string): never => {
    throw new LaneFault('ARG-01', { field, value: id, note })
  }
  if (!isProfileId(id)) return refuse('a profile is vendor/model')
  const found = profilesIn(dir).find('instrument', id)
  return found.ok ? found.checked.profile : refuse(found.note)
}

/** An instrument on a link of its own; giving it back lets others have the link. */
export function openMeter(
  id: string,
  link: string,
  dir: string | null,
  settings: Partial<MeterSettings> = {},
): FieldMeter {
  const profile = meterProfile(id, dir)
  const giveBack = claimLink(link, 'etc-lane survey meter')
  try {
    const world = { opener: linkOpener(), mono: systemMonoClock(), business: systemWallClock() }
    const meter = fieldMeter(profile, link, { ...world, settings })
    return {
      link,
      profileId: meter.profileId,
      get identity() {
        return meter.identity
      },
      measure: () => meter.measure(),
      close() {
        meter.close()
        giveBack()
      },
    }
  } catch (error) {
    giveBack()
    throw error
  }
}

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
    ...{ ok, link, profile: meter.profileId, instrument: meter.identity, ...burst },
    readings: levels.map(({ levelDbm, overload }) => ({ levelDbm, overload })),
  }
  io.stdout(jsonText(answer, io.json))
  return ok ? 0 : 1
}
