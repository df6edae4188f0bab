// What is said aloud when a point was recorded or taken back, as names of sounds: its number in walking
// order, digit by digit, and the word of its verdict. A pure function; number-sounds.ts plays the sounds.
import type { CellView, SurveyPage } from '#survey/calls/survey-views.ts'

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const
export const soundNames = [...digits, 'point', 'undone', 'pass', 'fail', 'free'] as const
export type SoundName = (typeof soundNames)[number]
export type Spoken = 'zh' | 'en'

const isDigit = (text: string): text is (typeof digits)[number] =>
  digits.some((digit) => digit === text)

/** For example 「二四七点」 or "point two four seven". */
function numberSaid(number: number, spoken: Spoken): readonly SoundName[] {
  const said = [...String(number)].filter(isDigit)
  return spoken === 'zh' ? [...said, 'point'] : ['point', ...said]
}

const cellsOf = ({ field }: SurveyPage): readonly CellView[] => field?.cells ?? []

/** Returns no sounds for another survey, no change, or several changed points (a file was imported). */
export function soundsOf(
  before: SurveyPage | null,
  now: SurveyPage | null,
  spoken: Spoken,
): readonly SoundName[] {
  if (before === null || now === null || before.name !== now.name) return []
  if (now.records <= before.records) return []
  const then = cellsOf(before)
  const changed = cellsOf(now).flatMap((cell, i) => {
    const was = then[i]
    const same = was?.levelDbm === cell.levelDbm && was.spreadDb === cell.spreadDb
    return was === undefined || same ? [] : [{ cell, number: i + 1 }]
  })
  const [one, ...more] = changed
  if (one === undefined || more.length > 0) return []
  const number = numberSaid(one.number, spoken)
  const { verdict } = one.cell
  if (verdict === 'marginal') return number
  return verdict === 'open' ? [...number, 'undone'] : [...number, verdict]
}
