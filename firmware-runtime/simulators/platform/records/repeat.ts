// When two charges of one vehicle in one lot charge the same twice (P23): by their entry numbers where both have one, else
// by their times; or by the proof of the card (D.2 rule 12).
import { repeatWindowMs, type ChargedCar } from './filed.ts'
import { numberOf, textOf, timeOf, type Members } from './members.ts'

interface ChargedStay extends ChargedCar {
  readonly mode: number
  /** A street charges where it meets the car later, several stays one after the other. */
  readonly isAtGate?: true
}

const proofOf = (m: Members): string =>
  ['terminalNo', 'terminalTransNo', 'tac'].map((name) => textOf(m, name)).join('.')

/** The stay that a record charges. */
export function stayIn(m: Members): ChargedStay {
  const mode = numberOf(m, 'mode')
  return {
    mode,
    parkId: textOf(m, 'parkId'),
    entryNo: textOf(m, 'entryNo') || null,
    cardId: textOf(m, 'etcCardId') || null,
    vehicle: `${textOf(m, 'vehiclePlate')}_${numberOf(m, 'vehicleColor')}`,
    enMs: timeOf(m, 'enTime'),
    exMs: timeOf(m, 'exTime'),
    transMs: timeOf(m, 'transTime'),
    ...(mode === 1 ? { proof: proofOf(m) } : {}),
  }
}

/** A vehicle that leaves and comes back within the window has two stays: each has a length, and neither is inside the other. */
function areApart(one: ChargedStay, other: ChargedStay): boolean {
  const [first, second] = one.enMs <= other.enMs ? [one, other] : [other, one]
  return first.enMs < first.exMs && second.enMs < second.exMs && first.exMs <= second.enMs
}

/** Clocks of two lanes that still charge differ by at most this (P24). */
const clocksMs = 120_000

/** One car that was inside twice at the same time, under two entry numbers. */
const isInsideTwice = (one: ChargedStay, other: ChargedStay): boolean =>
  one.isAtGate === true &&
  other.isAtGate === true &&
  one.vehicle === other.vehicle &&
  Math.min(one.exMs, other.exMs) - Math.max(one.enMs, other.enMs) > clocksMs

/** The same stay, the same proof of a card, or a second stay at the same time. A zero consumption charges no stay. */
export function isChargedTwice(one: ChargedStay, other: ChargedStay): boolean {
  if (one.mode === 3 || other.mode === 3) return false
  if (one.proof !== undefined && one.proof === other.proof) return true
  if (one.entryNo !== null && other.entryNo !== null)
    return one.entryNo === other.entryNo || isInsideTwice(one, other)
  if (areApart(one, other)) return false
  const overlap = one.enMs < other.exMs && other.enMs < one.exMs
  return overlap || Math.abs(one.transMs - other.transMs) <= repeatWindowMs
}
