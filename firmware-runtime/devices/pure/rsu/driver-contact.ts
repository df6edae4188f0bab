// The first contact with an antenna whose settings this computer does not know (ADR 41). C0 carries all settings, so it
// is not sent before the antenna reported them, a person entered them, or the wait is over.
import type { AntennaReading } from '../etc/rsu-device.ts'
import { limits } from './driver-state.ts'
import { beginStart, powerUp, stopWait, tellDevice, wait, watchHeartbeat } from './driver-turn.ts'
import type { Turn } from './driver-turn.ts'
import { tellsAntennas, writtenOf } from './settings.ts'

/** The link or the device came back: switches the antenna off, then repeats the whole start. */
export function startAnew(t: Turn): void {
  powerUp(t)
  meet(t)
}

export function meet(t: Turn): void {
  const { known, unknown } = t.s.config.contact
  const tells = tellsAntennas(t.variant.table)
  if (known) beginStart(t)
  else if (tells || unknown === 'ask') openMeeting(t, tells)
  else writeFirst(t, false)
}

function openMeeting(t: Turn, adopts: boolean): void {
  t.s.phase = 'meeting'
  t.s.meeting = { adopts, heard: false, late: false, asked: false }
  if (adopts) wait(t, 'meet', limits.meetMs)
  watchHeartbeat(t)
}

/** Sends the first C0 with the settings known by now; the event before it lets the caller back them up first. */
export function writeFirst(t: Turn, isReported: boolean): void {
  tellDevice(t, { type: 'firstContact', settings: t.s.config.settings, told: isReported })
  endMeeting(t)
}

/** The settings are known: the start goes on. */
export function endMeeting(t: Turn): void {
  t.s.phase = 'starting'
  t.s.meeting = null
  stopWait(t, 'meet')
  stopWait(t, 'heartbeat')
  beginStart(t)
}

/** Sends nothing more until a person has said which settings the antenna shall have. */
export function askPerson(t: Turn, adopts: boolean): void {
  t.s.phase = 'meeting'
  const wasRequested = t.s.meeting?.asked === true
  t.s.meeting = { adopts, heard: true, late: true, asked: true }
  if (!wasRequested) tellDevice(t, { type: 'asks' })
}

function goOn(t: Turn): void {
  if (t.s.config.contact.unknown === 'write') writeFirst(t, false)
  else askPerson(t, t.s.meeting?.adopts === true)
}

/** One C0 carries one power step: null when the antennas of one controller differ. */
function adoptable(t: Turn, antennas: readonly AntennaReading[]): AntennaReading | null {
  const [first] = antennas
  if (first === undefined) return null
  const { powerStep, channel } = first
  const same = antennas.every((one) => one.powerStep === powerStep && one.channel === channel)
  const inRange = powerStep <= t.variant.table.powerStepMax && (channel === 0 || channel === 1)
  return same && inRange && (powerStep > 0 || t.s.config.contact.adoptsZero) ? first : null
}

/** A heartbeat before the first C0: the antenna keeps the settings that it reports. */
export function hearAntennas(t: Turn, antennas: readonly AntennaReading[]): void {
  // What a controller reports about an antenna that it cannot reach may be wrong: wait for more heartbeats.
  const well = antennas.filter(({ state }) => state === 'ok')
  if (t.s.meeting?.adopts !== true || well.length === 0) return
  const found = adoptable(t, well)
  if (found === null) {
    goOn(t)
    return
  }
  const { powerStep, channel } = found
  const isReported = writtenOf(t.variant.table, { powerStep, channel })
  const settings = { ...t.s.config.settings, ...isReported }
  t.s.config = { ...t.s.config, settings }
  writeFirst(t, true)
}

/** The device sent something, so it is there; when it never reports its power, a person is asked. */
export function hearWord(t: Turn): void {
  const { meeting } = t.s
  if (meeting === null) return
  watchHeartbeat(t)
  t.s.meeting = { ...meeting, heard: true }
  if (!meeting.adopts || meeting.late) goOn(t)
}

export function meetingIsLate(t: Turn): void {
  const { meeting } = t.s
  if (meeting === null) return
  t.s.meeting = { ...meeting, late: true }
  if (meeting.heard || t.s.config.contact.unknown === 'write') goOn(t)
}

/** B0 after the first C0: from now on the settings of the antenna are known. */
export function contactMade(t: Turn): void {
  const { contact } = t.s.config
  if (contact.known) return
  t.s.config = { ...t.s.config, contact: { ...contact, known: true } }
  tellDevice(t, { type: 'met' })
}
