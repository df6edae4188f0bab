// The fictional cars of simulated traffic: plates, OBUs and cards, drawn from a seeded mix.
// Plates are 测A followed by characters no registered plate has; network 4501 is Guangxi.
import type { Fen } from '#base/pure/values/fen.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { seededRandom } from '../shell/random.ts'
import { misread } from './misreads.ts'

/** The car as made; its outcome depends on the lane. */
type CarKind = 'good' | 'noObu' | 'insufficient' | 'blacklisted' | 'mismatch'

export interface CarObu {
  /** 8 hex. */
  readonly obuId: string
  /** 20 digits: network 4501 and card number. */
  readonly cardNo: string
  /** 22 stored value, 23 credit. */
  readonly cardType: 22 | 23
  readonly balanceFen: Fen
  readonly cardSerial: number
  /** Plate in OBU and card: that of another car when `kind` is `mismatch`. */
  readonly plate: string
  readonly colour: PlateColour
}

export interface TrafficCar {
  readonly carId: string
  readonly kind: CarKind
  readonly plate: string
  readonly colour: PlateColour
  readonly obu: CarObu | null
}

/** Shares in permille. The first four exclude each other; all other cars have a good OBU. */
export interface TrafficMix {
  readonly noObu: number
  readonly insufficient: number
  readonly blacklisted: number
  readonly mismatch: number
  /** Of OBUs: credit card (23) instead of stored value (22). */
  readonly credit: number
  /** Of cars: green plate of eight characters. */
  readonly green: number
  /** Of entries: a car that was here before. */
  readonly returning: number
  /** Of crossings: the camera reads no plate. */
  readonly unreadable: number
  /** Of crossings: the camera reads another plate (misreads.ts). */
  readonly misread: number
  /** Of cars: a company's fleet with consecutive numbers. */
  readonly fleet: number
  /** Of crossings: an unusual event at the lane (harness/lot/odd-cars.ts). */
  readonly odd?: number
}

/** All ways of leaving occur. Three cars in four have a good OBU. */
const real = {
  noObu: 200,
  insufficient: 20,
  blacklisted: 10,
  mismatch: 20,
  credit: 600,
  green: 250,
  returning: 100,
  unreadable: 15,
  misread: 40,
  fleet: 100,
} as const satisfies TrafficMix

export const trafficMixes = {
  /** Every car pays by ETC: any other outcome is a fault of the lane. */
  clean: {
    noObu: 0,
    insufficient: 0,
    blacklisted: 0,
    mismatch: 0,
    credit: 600,
    green: 250,
    returning: 0,
    unreadable: 0,
    misread: 0,
    fleet: 0,
  },
  real,
  /** Also unusual departures, one crossing in eight. */
  odd: { ...real, misread: 80, fleet: 300, odd: 125 },
} as const satisfies Record<string, TrafficMix>

/** Characters of number plates: without I and O. */
const plateChars = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const serialChars = 5
const serials = plateChars.length ** serialChars
/** Odd and not a multiple of 17, so that multiplying reaches all 34^5 serials. */
const serialStep = 17_000_003
/** Odd, so that multiplying reaches all 2^31 OBU ids from 10000000; FFFFFFFF is a heartbeat. */
const obuStep = 2_654_435_761
const obuFirst = 0x1000_0000

export interface CarMaker {
  /** A new car. */
  next(): TrafficCar
  /** The camera's reading when this car crosses; null without one. */
  reading(car: TrafficCar): string | null
}

export function carMaker(mix: TrafficMix, seed: number): CarMaker {
  const random = seededRandom(seed)
  // Separate random streams, so that another share leaves the cars the same.
  const fleetRandom = seededRandom(seed ^ 0xf1ee7)
  const classRandom = seededRandom(seed ^ 0xa11ce)
  const permille = (share: number): boolean => random() * 1000 < share
  const below = (limit: number): number => Math.floor(random() * limit)
  const offset = below(serials)
  const obuOffset = below(2 ** 31)
  let made = 0
  let ofFleet = 0

  const plateOf = (index: number, green: boolean): string =>
    `测A${green ? 'D' : ''}${serialText((index * serialStep + offset) % serials)}`

  const kindOf = (): CarKind => {
    let left = random() * 1000
    for (const kind of ['noObu', 'insufficient', 'blacklisted', 'mismatch'] as const) {
      if (left < mix[kind]) return kind
      left -= mix[kind]
    }
    return 'good'
  }

  const next = (): TrafficCar => {
    // Two plates per car: its own, and one that no car has, for an OBU of another car.
    const index = made++
    const kind = kindOf()
    const green = permille(mix.green)
    const colour: PlateColour = green ? 'green' : 'blue'
    const isFleet = fleetRandom() * 1000 < mix.fleet
    const plate = isFleet
      ? `测F${green ? 'D' : ''}${serialText(ofFleet++ % serials)}`
      : plateOf(2 * index, green)
    const carId = `car-${String(made).padStart(6, '0')}`
    const credit = permille(mix.credit)
    // Drawn for every car, so that another share does not shift all later cars.
    const [high, low, cardSerial] = [300_000 + below(600_000), below(100), below(30_000)]
    if (kind === 'noObu') return { carId, kind, plate, colour, obu: null }
    const poor = kind === 'insufficient'
    const obu: CarObu = {
      obuId: hex8(obuFirst + ((Math.imul(index, obuStep) + obuOffset) & 0x7fff_ffff)),
      cardNo: `4501${credit && !poor ? '23' : '22'}99${String(index + 1).padStart(12, '0')}`,
      cardType: credit && !poor ? 23 : 22,
      balanceFen: poor ? low : high,
      cardSerial,
      plate: kind === 'mismatch' ? plateOf(2 * index + 1, green) : plate,
      colour,
    }
    return { carId, kind, plate, colour, obu }
  }

  const reading = (car: TrafficCar): string | null => {
    const [roll, place] = [random() * 1000, below(serialChars)]
    const draws = [classRandom(), classRandom()] as const
    if (roll < mix.unreadable) return null
    if (roll >= mix.unreadable + mix.misread) return car.plate
    return misread(car.plate, car.plate.length - 1 - place, draws)
  }

  return { next, reading }
}

function serialText(serial: number): string {
  let text = ''
  for (let rest = serial; text.length < serialChars; rest = Math.floor(rest / plateChars.length)) {
    text = `${plateChars[rest % plateChars.length]}${text}`
  }
  return text
}

const hex8 = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0')
