// The interface of every field-strength instrument: one verb, `measure`, answered by one level or one fault. Levels are
// held peaks: the antenna sends in short bursts, and an average reads too low by its share of silence (lane-devices.md
// 6.1).
import type { Why } from '#base/pure/faults/faults.ts'
import type { MeterFaultCode } from '#base/pure/faults/meter-faults.ts'
import { whyIn } from '#base/pure/words/fault-text.ts'
import { type DownText, isAnsweredStrange, noteWhy } from '#base/pure/words/notes.ts'
import { change, emit, stopTimers, type Draft, type LinkEffect, type LinkEvent } from '../driver.ts'
import { meterWords } from './meter-words.ts'

/** Frequency range and duration. */
export interface MeterSettings {
  readonly centerHz: number
  readonly spanHz: number
  readonly rbwHz: number
  readonly attenuationDb: number
  /** Time for which peaks are held for one level, ms. */
  readonly holdMs: number
}

/**
 * Both downlink channels, 5.830 and 5.840 GHz, in one span; a channel is 5 MHz wide. Five levels of 400 ms make a
 * point: 2 s of held peaks, as lane-devices.md 6.1 requires.
 */
export const downlinkMeter: MeterSettings = {
  centerHz: 5_835_000_000,
  spanHz: 20_000_000,
  rbwHz: 1_000_000,
  attenuationDb: 0,
  holdMs: 400,
}

/** An instrument with a lower upper limit cannot be used at 5.8 GHz. */
export const ceilingHzMin = 6_000_000_000

/** Physical limits: no receiver at room temperature hears less, and no antenna of a lane puts more into a probe. */
export const levelDbmRange = { min: -174, max: 30 } as const

export interface MeterIdentity {
  readonly maker: string
  readonly model: string
  /** Null: the instrument reports none. */
  readonly serialNo: string | null
  readonly firmware: string
}

export interface MeterCommand {
  readonly do: 'measure'
  /** Returned with the level or the fault. */
  readonly id: number
}

export interface MeterFault {
  readonly code: MeterFaultCode
  /** Names command, value or model, for a person. */
  readonly note: Why
}

export type MeterEvent =
  | { readonly type: 'meterUp'; readonly identity: MeterIdentity }
  | { readonly type: 'meterDown'; readonly fault: MeterFault }
  | {
      readonly type: 'measured'
      readonly id: number
      readonly levelDbm: number
      /** The input is overloaded, so the level is not reliable. */
      readonly overload: boolean
    }
  | { readonly type: 'notMeasured'; readonly id: number; readonly fault: MeterFault }

export type MeterEffect = LinkEffect<MeterEvent>

/** What the state of each instrument's driver has of its link and its measurements. */
export interface MeterState {
  readonly link: 'up' | 'down' | 'dropping'
  readonly reported: 'up' | 'down' | null
  readonly phase: string
  /** The one question whose answer is due. */
  readonly waiting: object | string | null
  readonly resting: boolean
  readonly identity: MeterIdentity | null
  /** Why nothing can be measured at the moment. */
  readonly refusal: MeterFault | null
  readonly job: { readonly id: number } | null
  /** Ids of measurements that wait for their turn. */
  readonly wanted: readonly number[]
}
type MeterDraft = Draft<MeterState, MeterEffect>

export function tell(d: MeterDraft, reported: 'up' | 'down', fault: MeterFault | null): void {
  const { identity } = d.s
  if (reported === 'up' && identity !== null && d.s.reported !== 'up')
    emit(d, { type: 'meterUp', identity })
  if (reported === 'down' && fault !== null && d.s.reported !== 'down')
    emit(d, { type: 'meterDown', fault })
  change(d, { reported })
}

/** Fails the running measurement and all that wait. */
export function fail(d: MeterDraft, fault: MeterFault): void {
  const ids = [...(d.s.job === null ? [] : [d.s.job.id]), ...d.s.wanted]
  for (const id of ids) emit(d, { type: 'notMeasured', id, fault })
  change(d, { job: null, wanted: [] })
}

/** Nothing can be measured until the next attempt. The same refusal is told once. */
export function refused(d: MeterDraft, fault: MeterFault): void {
  const { refusal, reported } = d.s
  const isNews = refusal?.code !== fault.code || whyIn(refusal.note) !== whyIn(fault.note)
  change(d, { refusal: fault, reported: isNews ? null : reported })
  fail(d, fault)
  tell(d, 'down', fault)
}

/** The link is lost: to an instrument that is silent, or to one whose answers are not understood. */
export function lost(d: MeterDraft, reason: DownText): void {
  stopTimers(d, ['answer', 'rest', 'poll', 'again'])
  change(d, { link: 'down', phase: 'down', waiting: null, resting: false, refusal: null })
  const code = isAnsweredStrange(reason) ? 'METER-13' : 'METER-07'
  const fault: MeterFault = { code, note: noteWhy(reason) }
  fail(d, fault)
  tell(d, 'down', fault)
}

/** Puts a measurement behind those that wait. False: nothing can be measured, which is told. */
export function queued(d: MeterDraft, { id }: MeterCommand): boolean {
  const noLink: MeterFault = { code: 'METER-07', note: meterWords.linkDown() }
  const fault = d.s.link === 'up' ? d.s.refusal : noLink
  if (fault === null) change(d, { wanted: [...d.s.wanted, id] })
  else emit(d, { type: 'notMeasured', id, fault })
  return fault === null
}

export type MeterInput = { readonly atMs: number } & LinkEvent<MeterCommand>

/** One character for each byte: instruments send ASCII, and blocks are read as bytes. */
export const latin1 = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

export const bytesOfText = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff)

export const cents = (value: number): number => Math.round(value * 100) / 100
