// Handles a firmware version other than the one for which the settings are stored: B0, which answers the first C0,
// reports it. The antenna is still off then; the numbers are converted by the moves of its profile before it goes on.
import { migrateSettings } from '../configure/migrate.ts'
import type { DeviceSettings } from '../configure/setting.ts'
import { askPerson, writeFirst } from './driver-contact.ts'
import {
  announceDown,
  sendInitialise,
  stopWait,
  tellDevice,
  watchHeartbeat,
} from './driver-turn.ts'
import type { Turn } from './driver-turn.ts'
import { identityOf } from './driver-values.ts'
import { misfits } from './settings.ts'
import type { FrameValue } from './table-types.ts'

/** True when the old numbers did not fit the new firmware: they were converted and sent again, or a person is asked. */
export function recount(t: Turn, value: FrameValue): boolean {
  const { contact } = t.s.config
  const { firmware: from, moves, initial } = contact
  const to = identityOf(value, t.s.psamTerminals).softwareVersion
  if (to === '' || to === from) return false
  t.s.config = { ...t.s.config, contact: { ...contact, firmware: to } }
  // Settings that a person is sending now are meant for the present device.
  if (!contact.known || t.s.configuring !== null) return false
  const old = t.s.config.settings
  const { settings, moved } = migrateSettings(moves, { from, to, settings: old })
  if (moved.length === 0) return false
  const { table } = t.variant
  const wrong = misfits(table, settings)
  const lost = table.settings
    .map(({ id }) => id)
    .filter((id) => settings[id] === undefined || wrong.includes(id))
  const counted: DeviceSettings = Object.fromEntries(
    table.settings.map(({ id, usual }) => [
      id,
      (lost.includes(id) ? initial[id] : settings[id]) ?? usual,
    ]),
  )
  const whole = !lost.includes('powerStep')
  tellDevice(t, { type: 'recounted', from, to, settings: whole ? counted : null, moved, lost })
  t.s.config = { ...t.s.config, settings: counted }
  stopWait(t, 'c0')
  t.s.c0Tries = 0
  if (whole) sendInitialise(t)
  else forget(t)
  return true
}

/** No power is known for this firmware: as at a first contact, but the antenna would report our own old number. */
function forget(t: Turn): void {
  const { contact } = t.s.config
  t.s.config = { ...t.s.config, contact: { ...contact, known: false } }
  t.s.refreshing = false
  if (contact.unknown === 'write') {
    writeFirst(t, false)
    return
  }
  announceDown(t, 'settingsNotKnown')
  askPerson(t, false)
  watchHeartbeat(t)
}
