// Codes and event types: system 0 and 1, general 1001 to 1006, business from 2001, ours from 5000 (P32, P33).
// The seed says that its Annex C has them and not what they are: every number here is assumed.
import type { CommandAnswer, UpFact } from '#base/pure/rows/reservation-row.ts'
import type { Doubt } from '../../../ports/reservation.ts'

export const codes: Readonly<Record<CommandAnswer | Doubt, number>> = {
  done: 0,
  signature: 1001,
  time: 1002,
  nonce: 1003,
  permission: 1004,
  format: 1005,
  rate: 1006,
  noBay: 2001,
  orderMissing: 2002,
  alreadyCancelled: 2003,
  otherVehicle: 2004,
  outsideTime: 2005,
  overstayed: 2006,
  alreadyUsed: 5001,
  expired: 5002,
  otherContent: 5003,
  shareMissing: 5004,
}

export const answerWords: Readonly<Record<CommandAnswer | Doubt, string>> = {
  done: '成功',
  signature: '签名不正确',
  time: '时间戳超出范围',
  nonce: '随机数重复',
  permission: '无权操作',
  format: '格式不正确',
  rate: '请求过于频繁',
  noBay: '无可用车位',
  orderMissing: '订单不存在',
  alreadyCancelled: '订单已取消',
  otherVehicle: '车辆不匹配',
  outsideTime: '不在允许时段',
  overstayed: '已超时停放',
  alreadyUsed: '车辆已入场',
  expired: '命令已过期',
  otherContent: '同一编号内容不同',
  shareMissing: '共享时段不存在',
}

/** The member that an answer is about, as a JSON pointer into the message or its data. */
export const answerFields: Readonly<Partial<Record<CommandAnswer | Doubt, string>>> = {
  signature: '/sign',
  time: '/timestamp',
  nonce: '/nonce',
  permission: '/parkCode',
  orderMissing: '/orderNo',
  alreadyCancelled: '/orderNo',
  otherVehicle: '/plateNo',
  outsideTime: '/endTime',
  overstayed: '/orderNo',
  alreadyUsed: '/orderNo',
  expired: '/expireAt',
  otherContent: '/cmdId',
  shareMissing: '/shareNo',
}

const reservationTypes = {
  made: 5,
  changed: 6,
  cancelled: 7,
  used: 8,
  overdue: 9,
  overstayed: 10,
} as const

/** Null: reported as an order, not as an event. */
export function eventTypeOf(fact: UpFact): number | null {
  switch (fact.kind) {
    case 'entry':
      return 1
    case 'exit':
      return 2
    case 'bay':
      return fact.occupied ? 3 : 4
    case 'reservation':
      return reservationTypes[fact.what]
    case 'saturation':
      return 11
    case 'flow':
      return 12
    case 'device':
      return fact.up ? 14 : 13
    case 'list':
      return 15
    case 'income':
      return null
  }
}
