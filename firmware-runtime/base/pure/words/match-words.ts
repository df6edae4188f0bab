// The parts of a score in words of both languages, for the board, the dialog and the page that explains a car.
// The reading comes first, the value of the car inside second.
import { t, type BilingualText } from './fault-text.ts'
import type { MatchPart, MatchWord } from '../plates/plate-match.ts'
import type { PlateColour } from '../plates/plate.ts'

export const plateColourWords: Readonly<Record<PlateColour, BilingualText>> = {
  blue: t('蓝牌', 'blue'),
  yellow: t('黄牌', 'yellow'),
  black: t('黑牌', 'black'),
  white: t('白牌', 'white'),
  green: t('绿牌', 'green'),
  yellowGreen: t('黄绿牌', 'yellow and green'),
  blueWhite: t('蓝白牌', 'blue and white'),
  unknown: t('颜色未知', 'colour not known'),
}

const words: Readonly<Record<MatchWord, BilingualText>> = {
  neverUsed: t(
    '第 {at} 位 {read}/{known}:车牌不用字母 I 和 O',
    'Character {at}, {read} for {known}: plates do not use I and O',
  ),
  alike: t(
    '第 {at} 位 {read}/{known}:极易认混',
    'Character {at}, {read} for {known}: very easily confused',
  ),
  province: t('省份 {read}/{known}:字形相近', 'Province {read} for {known}: similar shape'),
  similar: t(
    '第 {at} 位 {read}/{known}:有些相似',
    'Character {at}, {read} for {known}: somewhat similar',
  ),
  otherProvince: t('省份 {read}/{known}:不相似', 'Province {read} for {known}: not similar'),
  other: t('第 {at} 位 {read}/{known}:不相似', 'Character {at}, {read} for {known}: not similar'),
  energyLength: t(
    '绿牌有 8 位,第 {at} 位 {char} 有一次没有读到',
    'A green plate has 8 characters: {char}, character {at}, was missed once',
  ),
  missing: t('没有读到第 {at} 位 {char}', 'Character {at}, {char}, was not read'),
  extra: t('第 {at} 位多读了 {char}', 'Character {at}, {char}, was read in addition'),
  colour: t('颜色:现在 {read},入场时 {known}', 'Colour: {read} now, {known} at entry'),
  sure: t('相机很有把握:{percent}%', 'The camera is very sure: {percent} %'),
  fairlySure: t('相机较有把握:{percent}%', 'The camera is fairly sure: {percent} %'),
  confidenceUnknown: t('相机没有给出把握', 'The camera does not say how sure it is'),
  justCame: t('{seconds} 秒前才入场', 'It entered only {seconds} s ago'),
  longStay: t('已停 {hours} 小时', 'It has been here for {hours} h'),
  entryLater: t('入场时间比现在还晚', 'Its entry time is later than now'),
}

const filled = (text: string, { word, args }: MatchPart, language: keyof BilingualText): string =>
  text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = String(args[name] ?? '')
    return word === 'colour' ? (plateColourWords[value as PlateColour][language] ?? value) : value
  })

export function partText(part: MatchPart): BilingualText {
  const { zh, en } = words[part.word]
  return t(filled(zh, part, 'zh'), filled(en, part, 'en'))
}
