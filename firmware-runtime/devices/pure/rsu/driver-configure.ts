// New settings for a running RSU: one initialise frame (C0) carries all of them, so that the device has the old or the
// new ones, never a mixture. A car in the zone is not disturbed.
import type { DeviceSettings } from '../configure/setting.ts'
import type { RsuCommand } from '../etc/rsu.ts'
import { endMeeting } from './driver-contact.ts'
import type { RsuDriverConfig } from './driver-state.ts'
import { sendInitialise, tellDevice, type Turn } from './driver-turn.ts'
import { misfits } from './settings.ts'

const same = (config: RsuDriverConfig, settings: DeviceSettings): boolean =>
  Object.entries(settings).every(([id, value]) => config.settings[id] === value)

const withSettings = (config: RsuDriverConfig, settings: DeviceSettings): RsuDriverConfig => ({
  ...config,
  settings: { ...config.settings, ...settings },
})

export function configure(t: Turn, command: Extract<RsuCommand, { do: 'configure' }>): void {
  const { id, settings } = command
  const answer = (result: 'busy' | 'down' | 'refused'): void =>
    tellDevice(t, { type: 'configured', id, result })
  if (misfits(t.variant.table, settings).length > 0) {
    answer('refused')
    return
  }
  // The B0 to another C0 in flight, such as the one that sets the clock at midnight, would seem to confirm these
  // settings; so would the second B0 to a repeated C0.
  const trailing = t.s.graceOn && t.s.c0Tries > 1
  const initialising =
    t.s.configuring !== null || (t.s.phase === 'up' && (t.s.refreshing || trailing))
  if (t.s.open !== null || t.s.deal !== null || initialising) {
    answer('busy')
    return
  }
  const before = t.s.config
  if (t.s.phase === 'meeting') {
    choose(t, id, settings)
    return
  }
  // A start in progress has sent other settings, and B0 will confirm those.
  if (t.s.phase === 'starting' && t.s.c0Tries > 0 && !same(before, settings)) {
    answer('busy')
    return
  }
  t.s.config = withSettings(before, settings)
  if (t.s.phase !== 'up') {
    answer('down')
    return
  }
  t.s.configuring = { id, before }
  t.s.refreshing = true
  t.s.c0Tries = 0
  sendInitialise(t)
}

/** A person has chosen the settings for an antenna that does not report its own: only now it is initialised. */
function choose(t: Turn, id: string, settings: DeviceSettings): void {
  const before = t.s.config
  t.s.config = withSettings(before, settings)
  t.s.configuring = { id, before }
  endMeeting(t)
}

/** B0 after our C0: the settings in it are in force. */
export function settingsTaken(t: Turn): void {
  const { configuring } = t.s
  if (configuring === null) return
  t.s.configuring = null
  tellDevice(t, { type: 'configured', id: configuring.id, result: 'accepted' })
}
