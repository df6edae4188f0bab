// Kinds of number plates by their shape, as GA 36 and the rules beside it have them: one table for cameras, forms, imports,
// search and prices. `plate` is in normal form (plate.ts).
import { t, type BilingualText } from '../words/fault-text.ts'
import type { PlateColour } from './plate-colours.ts'

interface PlateKind {
  readonly name: BilingualText
  readonly shape: RegExp
  /** Colours of such plates; a kind with a single colour supplies it where the camera reports none. */
  readonly colours: readonly PlateColour[]
  /** Rule that exempts such cars from parking fees nationwide; null: no exemption. */
  readonly freeBy: BilingualText | null
}

const kinds: readonly PlateKind[] = [
  {
    name: t('汽车', 'Car'),
    shape: /^\p{Script=Han}[A-Z][A-HJ-NP-Z0-9]{5}$/u,
    colours: ['blue', 'yellow', 'black'],
    freeBy: null,
  },
  {
    name: t('小型新能源汽车', 'Small new energy car'),
    shape: /^\p{Script=Han}[A-Z][A-HJK][A-HJ-NP-Z0-9]\d{4}$/u,
    colours: ['green'],
    freeBy: null,
  },
  {
    name: t('大型新能源汽车', 'Large new energy car'),
    shape: /^\p{Script=Han}[A-Z]\d{5}[A-HJK]$/u,
    colours: ['yellowGreen'],
    freeBy: null,
  },
  {
    name: t('新能源汽车', 'New energy car'),
    shape: /^\p{Script=Han}[A-Z][A-HJ-NP-Z0-9]{6}$/u,
    colours: ['green', 'yellowGreen'],
    freeBy: null,
  },
  {
    name: t(
      '挂车、教练、警用、港澳、使领馆、试验、超限',
      'Trailer, school, police, border, consulate, trial',
    ),
    shape: /^\p{Script=Han}[A-Z][A-HJ-NP-Z0-9]{4}[挂学警港澳领使试超]$/u,
    colours: ['yellow', 'white', 'black'],
    freeBy: null,
  },
  { name: t('使馆', 'Embassy'), shape: /^(?:使\d{6}|\d{6}使)$/u, colours: ['black'], freeBy: null },
  {
    name: t('应急救援', 'Emergency rescue'),
    shape: /^(?:\p{Script=Han}(?:[A-Z]\d{4}|\d{5})应急|应急\p{Script=Han}\d{3}[A-Z])$/u,
    colours: ['white'],
    freeBy: t(
      '应急救援专用号牌,免收停车费(国办发〔2018〕114号)',
      'Emergency rescue plate, free of parking fees (State Council Office 2018 No. 114)',
    ),
  },
  {
    name: t('武警', 'Armed police'),
    shape: /^WJ(?:\p{Script=Han}|\d{2})?\d{4}[A-Z0-9]$/u,
    colours: ['white'],
    freeBy: null,
  },
  { name: t('军队', 'Military'), shape: /^[A-Z]{2}\d{5}$/u, colours: ['white'], freeBy: null },
  {
    name: t('民航', 'Civil aviation'),
    shape: /^民航[A-Z]\d{4}$/u,
    colours: ['green'],
    freeBy: null,
  },
]

/** Null: no known kind; old and foreign plates have other shapes. */
export const plateKindOf = (plate: string): PlateKind | null =>
  kinds.find(({ shape }) => shape.test(plate)) ?? null

const energyColours: readonly PlateColour[] = ['green', 'yellowGreen']

/** Whether a car has the plate of a new energy car by this colour. */
export const isEnergyColour = (colour: PlateColour): boolean => energyColours.includes(colour)

/** The colour as seen; if unknown, the only colour of this kind of plate, or that of new energy. */
export function colourOfPlate(plate: string | null, seen: PlateColour): PlateColour {
  if (seen !== 'unknown' || plate === null) return seen
  const { colours = [] } = plateKindOf(plate) ?? {}
  const isOne = colours.length === 1 || colours.every(isEnergyColour)
  return isOne ? (colours[0] ?? seen) : seen
}
