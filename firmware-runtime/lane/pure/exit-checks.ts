// Checks an OBU before any money moves: does it belong to this car, is it valid, was it charged just now.
// Shared by card-side and online charging; the rules are devices/pure/etc/meaning.ts.
import type { ExceptionWord } from '#base/pure/words/exception-words.ts'
import type { CarObu } from '#devices/pure/charge/charge-facts.ts'
import { checkMeaning, type Mismatch } from '#devices/pure/etc/meaning.ts'
import type { RsuEvent } from '#devices/pure/etc/rsu.ts'
import { parkingStation, stationMarkMs } from '#devices/pure/etc/station-record.ts'
import { isChargedInSpan } from '#ledger/pure/lot/id-gap-after-restore.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { contradicted, ofItsObu } from './exit-match.ts'
import { giveUp } from './exit-parts.ts'
import type { LaneEffect, LaneEnv, LaneState } from './lane.ts'
import type { ManualReason } from '#base/pure/words/manual-reason.ts'
import { carOf, stay, trace, type LaneStep } from './steps.ts'

type CardRead = Extract<RsuEvent, { type: 'cardRead' }>

/**
 * Plausibility checks of a card reading. Null when the OBU may be charged; otherwise the next step:
 * another car's OBU is released and the search goes on, this car's own problem needs a person.
 * `amountFen` only where the card itself pays.
 */
export function turnAway(
  state: LaneState,
  event: CardRead,
  env: LaneEnv,
  amountFen: Fen | null,
): LaneStep | null {
  const car = carOf(state)
  const release: LaneEffect = { do: 'rsu', command: { do: 'release', obuId: event.obu.obuId } }
  // The price may have been computed before the clock became doubtful, and the TAC would contain a wrong time (P24).
  if (env.clock !== null) {
    const { cause, readMs, expectedMs } = env.clock
    const clock = { cause, readMs, otherMs: expectedMs, suggestFen: car.dueFen }
    return giveUpWith({ ...state, car: { ...car, clock } }, env, 'clockUnsure', 'other', release)
  }
  const wrong = checkMeaning(event, {
    cameraPlate: car.plate,
    cameraColour: car.colour,
    // A plate that was corrected once is not stretched a second time.
    plateTolerance: car.match === null ? env.plateTolerance : 0,
    nowMs: env.nowMs,
    isBlacklisted: (cardNo) => env.isBlacklisted(cardNo),
    networks: env.cardNetworks,
    ...(amountFen === null ? {} : { amountFen }),
  })
  const other = contradicted(state, event, env)
  if (other !== null) return other
  const own = wrong === null ? ofItsObu(state, event, env) : null
  if (own !== null) return own
  if (wrong === null && env.recentlyCharged(event.card.cardNo))
    return giveUpWith(state, env, 'repeatSuspected', 'repeatSuspected', release)
  if (wrong === null)
    return isPaidUnseen(state, event, env)
      ? giveUpWith(state, env, 'outcomeUnknown', 'repeatSuspected', release)
      : null
  const reason = manualReasonOf(wrong)
  const turnedAway = { reason, exceptionType: wrong.exceptionType }
  if (wrong.reason === 'plateMismatch' || wrong.reason === 'colourMismatch') {
    const next = { ...state, car: { ...car, turnedAway } }
    return stay(next, release, trace('fault', car, wrong.reason))
  }
  return giveUpWith(state, env, reason, wrong.exceptionType, release)
}

/** The card shows a charge of this lot that no row has: the machine that made it was lost before its next copy. */
function isPaidUnseen(state: LaneState, { station0019Hex }: CardRead, env: LaneEnv): boolean {
  const { enteredAtMs } = carOf(state)
  const markMs = stationMarkMs(station0019Hex, parkingStation)
  if (markMs === null || enteredAtMs === null) return false
  return isChargedInSpan(env.lostSpan, { markMs, enteredAtMs })
}

export function giveUpWith(
  state: LaneState,
  env: LaneEnv,
  reason: ManualReason,
  exceptionType: ExceptionWord,
  release: LaneEffect,
): LaneStep {
  const car = { ...carOf(state), turnedAway: { reason, exceptionType } }
  const step = giveUp({ ...state, car }, env, reason)
  return { state: step.state, effects: [release, ...step.effects] }
}

function manualReasonOf({ exceptionType, reason }: Mismatch): ManualReason {
  if (reason === 'purseDamaged') return 'cardDamaged'
  switch (exceptionType) {
    case 'plateMismatch':
    case 'blacklisted':
    case 'insufficient':
      return exceptionType
    default:
      return 'obuInvalid'
  }
}

export const carObuOf = ({ obu, vehicle, card, balanceFen, station0019Hex }: CardRead): CarObu => ({
  obuId: obu.obuId,
  issuerHex: obu.issuerHex,
  statusHex: obu.statusHex,
  obuPlate: vehicle.plate,
  vehicleClass: vehicle.vehicleClass,
  cardNo: card.cardNo,
  cardType: card.cardType,
  cardVersion: card.cardVersion,
  cardPlate: card.plate,
  cardExpire: card.expireDate,
  balanceFen,
  station0019Hex,
})
