// Texts of priced lines. Version 1 tariff files give the same texts.
// Every line is in both languages; a plan of one band does not name it.
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { fenText, type Fen } from '#base/pure/values/fen.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { TariffBand, TariffStep } from './tariff.ts'

export const nonCommercialText: BilingualText = {
  zh: '非经营性停车场,不收费',
  en: 'Non-commercial lot, no charge',
}

export const freeText = (minutes: number): BilingualText => ({
  zh: `免费时段 ${minutes} 分钟`,
  en: `Free ${minutes} min`,
})

export const tailText = (minutes: number): BilingualText => ({
  zh: `不足 ${minutes} 分钟不计`,
  en: `Up to ${minutes} min not counted`,
})

/** `minutes`: what is left of the free time of the day. */
export const freeLeftText = (minutes: number): BilingualText => ({
  zh: `当天免费时长剩余 ${minutes} 分钟`,
  en: `Free time of the day: ${minutes} min left`,
})

export const notWholeText = (minutes: number): BilingualText => ({
  zh: `不满 ${minutes} 分钟不收`,
  en: `Less than ${minutes} min not charged`,
})

export const overstayText: BilingualText = {
  zh: '付费后超时,从此重新计费',
  en: 'Overstay after paying: charged anew from here',
}

const firstText = (min: number, times = ''): BilingualText => ({
  zh: `首时段 ${min} 分钟${times}`,
  en: `First ${min} min${times}`,
})

/** Text of a flat price for the stay, independent of the band in which it begins. */
export const flatText = (min: number): BilingualText => firstText(min)

const nameOf = ({ name, from, to }: TariffBand): BilingualText =>
  name ?? { zh: `${from}-${to}`, en: `${from}-${to}` }

/** Puts the name of the band in front of its line, where there are several bands. */
function inBand(band: TariffBand, isOnly: boolean, text: BilingualText): BilingualText {
  if (isOnly) return text
  const name = nameOf(band)
  return { zh: `${name.zh} ${text.zh}`, en: `${name.en}: ${text.en}` }
}

export const visitText = (band: TariffBand, isOnly: boolean): BilingualText =>
  inBand(band, isOnly, { zh: '按次', en: 'Per visit' })

interface Periods {
  /** Index of the step within its band. */
  readonly index: number
  readonly count: number
}

export function periodText(
  band: TariffBand,
  steps: readonly TariffStep[],
  { index, count, min }: Periods & Pick<TariffStep, 'min'>,
  isOnly: boolean,
): BilingualText {
  if (steps.length === 1)
    return inBand(band, isOnly, {
      zh: `每 ${min} 分钟 × ${count}`,
      en: `Every ${min} min × ${count}`,
    })
  if (index > 0)
    return inBand(band, isOnly, {
      zh: `续时段 ${min} 分钟 × ${count}`,
      en: `Further ${min} min × ${count}`,
    })
  return inBand(band, isOnly, firstText(min, count === 1 ? '' : ` × ${count}`))
}

const dateOf = (atMs: InstantMs): string => isoOf(atMs).slice(0, 10)

export const capTexts = {
  run: (band: TariffBand, startMs: InstantMs): BilingualText => {
    const name = nameOf(band)
    return { zh: `${dateOf(startMs)} ${name.zh} 封顶`, en: `Cap of ${name.en} ${dateOf(startMs)}` }
  },
  day: (startMs: InstantMs, beforeFen: Fen): BilingualText => {
    const date = dateOf(startMs)
    if (beforeFen === 0) return { zh: `${date} 当日封顶`, en: `Daily cap ${date}` }
    const fen = fenText(beforeFen)
    return {
      zh: `${date} 当日封顶(此前各次已计 ${fen})`,
      en: `Daily cap ${date} (${fen} by earlier stays)`,
    }
  },
  day24h: (number: number): BilingualText => ({
    zh: `第 ${number} 个 24 小时封顶`,
    en: `Cap of 24-hour day ${number}`,
  }),
  stay: (): BilingualText => ({ zh: '本次停车封顶', en: 'Cap of the stay' }),
}
