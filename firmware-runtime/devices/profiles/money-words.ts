// Why a profile may not say this about money: words with arguments, in both languages. Fields, frames, codes and
// figures stay unchanged.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { MoneyState } from '../pure/etc/rsu.ts'

type Part = string | number

const costs: Readonly<Record<MoneyState, BilingualText>> = {
  paid: t('失败会当作已缴费开闸', 'a failure would open the barrier as if it were paid'),
  unpaid: t('可能已扣的钱会再收一次', 'money that may already be charged would be collected again'),
  unknown: t('', ''),
}
const states: Readonly<Record<MoneyState, string>> = {
  paid: '已扣款',
  unpaid: '未扣款',
  unknown: '不明',
}

export const moneyWords = {
  successPays: (code: Part) =>
    t(
      `${code} 是唯一的成功码:须写 paid,否则每辆已缴费的车都要等,或缴两次`,
      `${code} is the only success code: it must be paid, or every paid car would wait or pay twice`,
    ),
  notListed: (base: Part, says: MoneyState) =>
    t(`${base} 没有列出它:${costs[says].zh}`, `${base} does not list it: ${costs[says].en}`),
  knownAs: (base: Part, known: MoneyState, says: MoneyState) =>
    t(
      `${base} 里它是${states[known]}(${known}):${costs[says].zh}`,
      `in ${base} it is ${known}: ${costs[says].en}`,
    ),
  onlyAntenna: () =>
    t('只有天线的驱动由码得出金额', 'only the driver of an antenna derives money from a code'),

  layout: (at: Part, bytes: Part, kind: Part) =>
    t(`${at} 起 ${bytes} 字节 ${kind}`, `${at}, ${bytes} bytes ${kind}`),
  readsAs: (base: Part, layout: BilingualText) =>
    t(`${base} 读作 ${layout.zh}`, `${base} reads it as ${layout.en}`),
  hasAt: (form: Part, layout: BilingualText) =>
    t(`${form} 里它在 ${layout.zh}`, `in ${form} it is at ${layout.en}`),
  resultOneByte: (list: Part) => t(`结果是 ${list} 的一个字节`, `a result is one byte of ${list}`),
  wholeFen: () =>
    t(
      '金额是整数分,只有 FFFFFFFF 表示没有',
      'an amount is whole fen, and only FFFFFFFF means none',
    ),
  notReadBack: () => t('写出后读不回来', 'it does not read back as it was written'),
  exampleNoMoney: () => t('它的示例里没有金额', 'its example contains no amount'),
  debitHas: () => t('扣款帧要有每一项', 'a debit frame must have each of these'),
  withoutNamed: (lacks: Part, name: Part) =>
    t(`没有 ${lacks} 的帧形要叫 ${name}`, `a frame form without ${lacks} must be named ${name}`),
  oneLength: () => t('关系金额的帧只有一个长度', 'a frame about money can have only one length'),
  wordIs: (word: Part, code: Part, base: Part) =>
    t(`${base} 里 ${word} 是 ${code}`, `in ${base}, ${word} is ${code}`),
  readsCardAfter: (base: Part, codes: Part) =>
    t(`${base} 在 ${codes || '无'} 之后读卡`, `${base} reads a card after ${codes || 'none'}`),
  laneModes: (entry: Part, exit: Part, base: Part) =>
    t(
      `${base} 里 entry 是 ${entry},exit 是 ${exit}:这是扣款与 EF04 的先后`,
      `in ${base}, entry is ${entry} and exit is ${exit}: this is the order of the debit and EF04`,
    ),
  noPlaceForSetting: () =>
    t('设置不能写在关系金额的帧里', 'a setting must not be in a frame about money'),
  longerRefused: () => t('更长的金额帧要拒绝', 'a longer frame about money must be refused'),
  inForm: (frame: Part, form: Part, { zh, en }: BilingualText) =>
    t(`${frame} ${form}: ${zh}`, `${frame} ${form}: ${en}`),
} as const satisfies Readonly<Record<string, (...args: never[]) => BilingualText>>
