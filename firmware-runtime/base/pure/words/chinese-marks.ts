// Chinese sentences with Chinese marks: the catalogues, profiles and fault tables are typed with , ; : ( )
// and a reader of Chinese expects ，；：（）. Done where words are shown; what a person types as it stands is left.
import type { BilingualText } from './fault-text.ts'

const han = '[\\u3400-\\u9fff“”《》（）]'
const marks: Readonly<Record<string, string>> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '!': '！',
  '?': '？',
}

/** Links and their patterns: `tcp://主机:端口` is typed with that colon. */
const asItStands = /((?:\w+:\/\/|serial:)[^\s,;。、)]*|(?:主机|地址):端口)/
const pair = new RegExp(`(^|.)\\(([^()]*)\\)`, 'gu')
const isHan = new RegExp(han, 'u')
const mark = new RegExp(`(?<=${han}) ?([,;:!?]) ?|([,;:!?]) ?(?=${han})`, 'gu')

/** `读数 (dBm)` keeps its unit; words in brackets, and brackets right after a word, become Chinese. */
const bracket = (all: string, before: string, inside: string): string =>
  isHan.test(inside) || isHan.test(before) ? `${before === ' ' ? '' : before}（${inside}）` : all

export function chineseMarks(text: string): string {
  if (!isHan.test(text)) return text
  return text
    .split(asItStands)
    .map((part, i) =>
      i % 2 === 1
        ? part
        : part
            .replace(pair, bracket)
            .replace(
              mark,
              (_all, after?: string, before?: string) => marks[after ?? before ?? ''] ?? '',
            ),
    )
    .join('')
}

/** A text in one language, as it is shown. */
export const shownIn = (text: BilingualText, language: 'zh' | 'en'): string =>
  language === 'zh' ? chineseMarks(text.zh) : text.en
