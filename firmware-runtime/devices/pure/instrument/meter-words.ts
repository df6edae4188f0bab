// Why an instrument does not measure, or its profile gives no driver: words with arguments, in both languages. Models,
// commands and figures stay unchanged.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'

type Part = string | number

export const meterWords = {
  notUnderstood: (what: Part, bytes: Part) =>
    t(`${what} 的应答读不懂:${bytes}`, `the answer to ${what} was not understood: ${bytes}`),
  linkDown: () => t('链路断开', 'the link is down'),
  endsAt: (model: Part, mhz: Part) => t(`${model} 只到 ${mhz} MHz`, `${model} ends at ${mhz} MHz`),
  setLower: (want: Part, got: Part) =>
    t(`要 ${want} MHz,设成了 ${got} MHz`, `${want} MHz was asked for, ${got} MHz is set`),
  insteadOf: (got: Part, want: Part) => t(`是 ${got},不是 ${want}`, `${got} instead of ${want}`),
  beyondRange: (said: Part) => t(`${said}:超出量程`, `${said}: beyond its range`),
  peakAt: (mhz: Part) => t(`峰值在 ${mhz} MHz`, `a peak at ${mhz} MHz`),
  rangeCut: (from: Part, to: Part) =>
    t(`范围被改为 ${from} 到 ${to} MHz`, `the range was cut to ${from} to ${to} MHz`),
  noScale: (command: Part) => t(`${command} 与任何刻度都不符`, `${command} agrees with no scale`),

  printable: () => t('应为可打印 ASCII', 'texts of printable ASCII'),
  printableUpTo: (max: Part) =>
    t(`应为可打印 ASCII,最多 ${max} 个字符`, `printable ASCII, at most ${max} characters`),
  notLike: (given: Part, shape: Part) =>
    t(`${given} 应写作 "${shape}"`, `${given} is not like "${shape}"`),
  unknownName: (given: Part) =>
    t(`${given} 里有不认识的名字`, `${given} names something not known`),
  needed: () => t('驱动需要这一项', 'the driver needs it'),
  oneOf: (words: Part) => t(`只能是 ${words}`, `one of ${words}`),
  orTrace: () => t('要有它或 trace', 'or trace is needed'),
  lastIsQuery: () => t('最后一条命令须是查询', 'its last command is a query'),
  wholeFrom: (min: Part, max: Part) =>
    t(`${min} 到 ${max} 的整数`, `a whole number from ${min} to ${max}`),
  levelDbm: () => t('电平,单位 dBm', 'a level in dBm'),
} as const satisfies Readonly<Record<string, (...args: Part[]) => BilingualText>>
