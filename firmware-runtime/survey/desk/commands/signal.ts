// `etc-lane survey signal`: RSRP and SINR of the mobile network, from a modem by AT commands or from ModemManager. It
// only reads; exit 1 when a reading cannot serve as evidence.
import { t } from '#base/pure/words/fault-text.ts'
import { recordedSignal, type SignalReading } from '../../runs/signal-run.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { folderOf } from '#base/desk/commands/client.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { faultView, paceOf } from './clock.ts'
import { signalPlan } from '../../pure/reruns.ts'
import { recordInto } from './record-into.ts'
import { signalByLink, signalByManager } from '../worker/signal-ports.ts'
import { wrongFlag } from '#base/commands/command.ts'

const standardDialect = 'generic/at-3gpp'

function readingView({ atMs, state, cell, rssiDbm, raw, refused, body }: SignalReading) {
  const { technology = null, rsrpDbm = null, rsrqDb = null, sinrDb = null } = cell ?? {}
  const figures = { technology, rsrpDbm, rsrqDb, sinrDb, rssiDbm }
  return { atIso: isoOf(atMs), state, ...figures, evidence: body !== null, refused, raw }
}

export const surveySignal = act(
  [
    'survey signal [FILE --by NAME [--reason TEXT]] (--link URL [--dialect VENDOR/MODEL [--data DIR]] | --modem-manager [--modem N]) [--count N] [--every SEC] [--within SEC]',
  ],
  async ({ words: [file], ...values }, io) => {
    const { link } = values
    if ((link === undefined) === !values['modem-manager'])
      throw wrongFlag(
        '',
        t('--link 和 --modem-manager 只用其一', 'either --link or --modem-manager'),
      )
    const pace = paceOf(values, { count: 3, everySec: 1 }, io)
    const modem = values.modem ?? null
    const again = { plan: signalPlan, reason: values.reason }
    return recordInto(file, values.by, again, async (to) => {
      const recordReading = (reading: SignalReading): void => to.record(recordedSignal(reading))
      const dir = values.data === undefined ? null : folderOf(values.data)
      const dialect = { id: values.dialect ?? standardDialect, dir }
      const { by, readings, fault } = await (link === undefined
        ? signalByManager(modem, pace, recordReading)
        : signalByLink(link, dialect, pace, recordReading))
      const ok = fault === null && readings.length >= pace.count
      const shown = { ok, by, readings: readings.map(readingView), fault: faultView(fault) }
      return printed({ ...shown, recorded: to.recorded }, ok)
    })
  },
)
