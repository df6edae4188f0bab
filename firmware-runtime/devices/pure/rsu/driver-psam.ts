// The daily authorisation of a PSAM over the frames of its antenna (P11, rsu-interface.md 2.2 and 2.3): the random of
// the card, then the platform's answer to it. Only between two cars; a variant whose frames cannot carry it refuses.
import type { RsuCommand } from '../etc/rsu.ts'
import type { PsamSilence } from '../etc/rsu-device.ts'
import { limits } from './driver-state.ts'
import { isBusy, stopWait, tellDevice, trySend, type Turn, wait } from './driver-turn.ts'
import { numberOf, textOf } from './driver-values.ts'
import { encodeKnown } from './known-frames.ts'
import type { FrameValue } from './table-types.ts'

type Random = Extract<RsuCommand, { do: 'psamRandom' }>
type Apply = Extract<RsuCommand, { do: 'psamApply' }>

/** Hex digits of `00 82 00 00 08` followed by the 8 bytes that answer the random. */
const macDigits = 16

const startKnown = (channel: number): FrameValue => ({
  // The highest bit is channel 1 (assumed, 2.3).
  channels: ((2 ** (32 - channel)) >>> 0).toString(16).toUpperCase().padStart(8, '0'),
  psamSlot: channel,
})

const applyKnown = (channel: number, apdu: string): FrameValue => ({
  psam: [{ channel, authState: 1, apdu }],
  psamSlot: channel,
  mac: apdu.slice(-macDigits),
})

/** A variant with an unpublished format of that answer cannot carry one. */
function canApply({ variant }: Turn): boolean {
  const code = variant.table.psam?.apply
  const known = applyKnown(1, `0082000008${'0'.repeat(macDigits)}`)
  return code !== undefined && encodeKnown(variant.engine, code, known) !== null
}

function barOf(t: Turn, terminal: string): PsamSilence | null {
  if (!canApply(t)) return 'none'
  if (t.s.phase !== 'up' || !t.s.psamTerminals.includes(terminal)) return 'down'
  return isBusy(t) ? 'busy' : null
}

const channelOf = (t: Turn, terminal: string): number => t.s.psamTerminals.indexOf(terminal) + 1

export function psamRandom(t: Turn, { terminal }: Random): void {
  const { psam } = t.variant.table
  const bar = t.s.psamAuth === null ? barOf(t, terminal) : 'busy'
  if (bar !== null || psam === null || !trySend(t, psam.start, startKnown(channelOf(t, terminal))))
    tellDevice(t, { type: 'psamRandom', terminal, got: bar ?? 'none' })
  else begin(t, { terminal, step: 'random' })
}

export function psamApply(t: Turn, { terminal, apdu }: Apply): void {
  const { psam } = t.variant.table
  const bar = t.s.psamAuth === null ? barOf(t, terminal) : 'busy'
  const known = applyKnown(channelOf(t, terminal), apdu)
  if (bar !== null || psam === null || !trySend(t, psam.apply, known))
    tellDevice(t, { type: 'psamApplied', terminal, got: bar ?? 'none' })
  else begin(t, { terminal, step: 'apply' })
}

function begin(t: Turn, auth: NonNullable<Turn['s']['psamAuth']>): void {
  t.s.psamAuth = auth
  wait(t, 'psamAuth', limits.psamWaitMs)
}

/** The requested one of several PSAMs; a frame without a list concerns its only one. */
function entryOf(t: Turn, value: FrameValue, terminal: string): FrameValue | null {
  if (!Array.isArray(value.psam)) return value
  const entries = value.psam as readonly FrameValue[]
  const channel = channelOf(t, terminal)
  return (
    entries.find((one) => textOf(one, 'terminal') === terminal) ??
    entries.find((one) => numberOf(one, 'channel') === channel && one.terminal === undefined) ??
    null
  )
}

/** A code that is not 0, or a word that is not `ok`. */
const hasError = ({ error }: FrameValue): boolean =>
  error !== undefined && error !== 0 && error !== 'ok'

/** True when the frame answers a step of an authorisation in progress. */
export function takePsamAuth(t: Turn, code: string, value: FrameValue): boolean {
  const { psamAuth } = t.s
  const { psam } = t.variant.table
  if (psamAuth === null || psam === null) return false
  const { terminal, step } = psamAuth
  if (code !== (step === 'random' ? psam.data : psam.result)) return false
  t.s.psamAuth = null
  stopWait(t, 'psamAuth')
  const entry = entryOf(t, value, terminal)
  if (step === 'random') {
    const random = entry === null ? '' : textOf(entry, 'random')
    const psamNo = entry && (textOf(entry, 'serialNumber') || textOf(entry, 'psamSerialNumber'))
    const isWhole = !hasError(value) && random.length === macDigits && (psamNo ?? '') !== ''
    const got = isWhole ? { psamNo: psamNo ?? '', random } : 'refused'
    tellDevice(t, { type: 'psamRandom', terminal, got })
    return true
  }
  const statusWord = entry === null ? '' : textOf(entry, 'statusWord')
  const got = statusWord === '' ? 'refused' : { statusWord }
  tellDevice(t, { type: 'psamApplied', terminal, got })
  if (statusWord === '9000') authorised(t, terminal)
  return true
}

/** What B0 reported about this PSAM before does not apply any more. */
function authorised(t: Turn, terminal: string): void {
  if (t.s.identity === null) return
  const psams = t.s.identity.psams.map((one) =>
    one.terminal === terminal ? { ...one, authorised: true } : one,
  )
  t.s.identity = { ...t.s.identity, psams }
  tellDevice(t, { type: 'identity', identity: t.s.identity })
}
