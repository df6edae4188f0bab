// The first contact with an antenna whose settings this computer does not know (ADR 41). C0 carries
// all of them, so it is not sent before the antenna told them, a person said them, or a lane must go on.
import type { AntennaReading } from '../../core/etc/rsu-device.ts'
import { limits } from './driver-state.ts'
import { beginStart, powerUp, stopWait, tellDevice, wait, watchHeartbeat } from './driver-turn.ts'
import type { Turn } from './driver-turn.ts'
import { tellsAntennas, writtenOf } from './settings.ts'

/** The link or the device came back: antenna off, then all that it was told before. */
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

/** The first C0, with what the settings are by now; whoever keeps copies makes one before it leaves. */
export function writeFirst(t: Turn, isReported: boolean): void {
  tellDevice(t, { type: 'firstContact', settings: t.s.config.settings, told: isReported })
  t.s.phase = 'starting'
  t.s.meeting = null
  stopWait(t, 'meet')
  stopWait(t, 'heartbeat')
  beginStart(t)
}

/** Nothing is sent any more until a person says what the antenna shall have. */
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

/** One C0 carries one power: antennas of one controller that differ are nobody's answer. */
function adoptable(t: Turn, antennas: readonly AntennaReading[]): AntennaReading | null {
  const [first] = antennas
  if (first === undefined) return null
  const { powerStep, channel } = first
  const same = antennas.every((one) => one.powerStep === powerStep && one.channel === channel)
  const inRange = powerStep <= t.variant.table.powerStepMax && (channel === 0 || channel === 1)
  return same && inRange && (powerStep > 0 || t.s.config.contact.adoptsZero) ? first : null
}

/** A heartbeat before the first C0: the antenna keeps what it tells. */
export function hearAntennas(t: Turn, antennas: readonly AntennaReading[]): void {
  // What a controller says of an antenna that it cannot reach may be anything: listened on.
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

/** The device said something: it is there, and where it never tells its power a person is asked. */
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

/** B0 after the first C0: from now on it is known what the antenna has. */
export function contactMade(t: Turn): void {
  const { contact } = t.s.config
  if (contact.known) return
  t.s.config = { ...t.s.config, contact: { ...contact, known: true } }
  tellDevice(t, { type: 'met' })
}
