// `etc-lane survey signal`: RSRP and SINR of the mobile network, from a modem by AT or from ModemManager.
// It asks and never sets; exit 1 where a reading is no evidence.
import { systemMonoClock, systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { linkOpener } from '../../adapters/links/link-opener.ts'
import { systemTools } from '../../adapters/time/system-tools.ts'
import { readModemManager } from '../../app/survey/modem-manager-run.ts'
import type { Pace } from '../../app/survey/pace.ts'
import {
  readSignal,
  type SignalReading,
  type SignalReport,
  type SignalTold,
} from '../../app/survey/signal-run.ts'
import { modemChoice } from '../../app/survey/modem-profile.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { isoOf } from '../../core/values/instant.ts'
import { parseLinkUrl } from '../../core/values/link-url.ts'
import { folderOf, jsonText } from '../client.ts'
import { flags, whole, type CliIo, type Command } from '../command.ts'
import { claimLink } from '../link-claim.ts'
import { profilesIn } from '../profile-library.ts'
import { faultView, paceOf } from './clock.ts'
import { signalPlan } from '../../core/survey/reruns.ts'
import { recordInto } from './record-into.ts'

const standardDialect = 'generic/at-3gpp'

/** A profile of modems such as `generic/at-3gpp`, and the data folder that it may be imported into. */
export interface Dialect {
  readonly id: string
  readonly dir: string | null
}

/** By AT on a link of its own. LOT-03 for a dialect that is no profile of modems. */
export async function signalByLink(
  link: string,
  { id, dir }: Dialect,
  pace: Pace,
  told: SignalTold = () => undefined,
): Promise<SignalReport> {
  parseLinkUrl(link, '--link')
  const config = modemChoice(id, profilesIn(dir))
  const release = claimLink(link, 'etc-lane survey signal')
  const world = { opener: linkOpener(), mono: systemMonoClock(), clock: systemWallClock() }
  try {
    return await readSignal(world, link, config, pace, told)
  } finally {
    release()
  }
}

export const signalByManager = (
  modem: number | null,
  pace: Pace,
  told: SignalTold = () => undefined,
): Promise<SignalReport> =>
  readModemManager(
    { tools: systemTools(), mono: systemMonoClock(), clock: systemWallClock() },
    modem,
    pace,
    told,
  )

function readingView({ atMs, state, cell, rssiDbm, raw, refused, body }: SignalReading) {
  const { technology = null, rsrpDbm = null, rsrqDb = null, sinrDb = null } = cell ?? {}
  const figures = { technology, rsrpDbm, rsrqDb, sinrDb, rssiDbm }
  return { atIso: isoOf(atMs), state, ...figures, evidence: body !== null, refused, raw }
}

export const surveySignal: Command = {
  async run(args, io: CliIo) {
    const { values, words } = flags(args, {
      ...{ link: 'string', dialect: 'string', 'modem-manager': 'boolean', modem: 'string' },
      ...{ count: 'string', every: 'string', within: 'string', by: 'string' },
      ...{ reason: 'string', data: 'string' },
    } as const)
    const { link } = values
    if ((link === undefined) === !values['modem-manager'])
      throw new LaneFault('ARG-01', { note: 'either --link or --modem-manager' })
    const pace = paceOf(values, { count: 3, everySec: 1 }, io)
    const modem = values.modem === undefined ? null : whole(values.modem, 'modem', 0)
    const again = { plan: signalPlan, reason: values.reason }
    return recordInto(words, values.by, again, async (to) => {
      const told = ({ body }: SignalReading): void => to.record(body)
      const dir = values.data === undefined ? null : folderOf(values.data)
      const dialect = { id: values.dialect ?? standardDialect, dir }
      const { by, readings, fault } = await (link === undefined
        ? signalByManager(modem, pace, told)
        : signalByLink(link, dialect, pace, told))
      const ok = fault === null && readings.length >= pace.count
      const shown = { ok, by, readings: readings.map(readingView), fault: faultView(fault) }
      io.stdout(jsonText({ ...shown, recorded: to.recorded }, io.json))
      return ok ? 0 : 1
    })
  },
}
