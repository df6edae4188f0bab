// Faults of device profiles that would change what becomes of money: a code list that says more than is
// known, and a frame table that reads amount, result or proof elsewhere. Rows of the table in faults.ts.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

const means = t(
  '该设备资料没有被采用,原有资料不变;否则失败可能被记成已扣,或同一笔钱被扣两次',
  'The profile is not used and the earlier ones stay in use; otherwise a failure could be recorded as paid, or the same money charged twice',
)

export const profileMoneyFaults = {
  'PROFILE-24': {
    what: t('结果代码的钱的状态没有依据', 'A result code gives a money state without evidence'),
    means,
    todo: t(
      '改成 unknown;内置代码表已知的按内置的写,未列出的代码要有实抓示例(B4、C6 和结果)证明',
      'Write unknown; a code in the built-in list keeps its state, and an unlisted one must be proven by a captured example (B4, C6 and result)',
    ),
  },
  'PROFILE-25': {
    what: t(
      '帧表会从别处读写金额、余额、结果或交易证明',
      'The frame table would read or write the amount, balance, result or proof at another place',
    ),
    means,
    todo: t(
      '按所示字段核对偏移、长度、类型和代码表,与内置帧表一致',
      'Make the offset, length, type and code list of the field shown match the built-in table',
    ),
  },
} as const satisfies Record<string, FaultRow>
