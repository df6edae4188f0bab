// `etc-lane survey meter`: shows that an instrument on a link works before a person walks with it. Prints each level,
// their median and their spread.
import type { MeterLevel } from '#devices/hosts/field-meter.ts'
import { burstOf, usualBurst } from '#base/pure/figures/burst.ts'
import { downlinkMeter } from '#devices/pure/instrument/meter.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { within } from '#base/commands/command.ts'
import { openMeter } from '../worker/open-meter.ts'

const samplesMax = 10_000

const holdMsMax = 60_000

/** Exit 1 when the input was overloaded: these levels are not readings. */
export const surveyMeter = act(
  ['survey meter --link URL [--profile ID] [--samples N] [--hold MS] [--data DIR]'],
  async ({ link, ...values }, io) => {
    const taken = { fallback: usualBurst.samples, min: 1, max: samplesMax }
    const samples = within(values.samples, 'samples', taken)
    const held = { fallback: downlinkMeter.holdMs, min: 1, max: holdMsMax }
    const holdMs = within(values.hold, 'hold', held)
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
    return printed(answer, ok)
  },
)
