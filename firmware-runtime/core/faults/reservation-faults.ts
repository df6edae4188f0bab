// Faults of the platform that reserves bays. Rows of the table in faults.ts.
// These faults stop no lane and move no money.
import { t } from '../values/fault-text.ts'

export const reservationFaults = {
  'RESERVATION-01': {
    what: t('预约平台的密钥没有设置', 'The secret of the reservation platform is not set'),
    means: t(
      '不收预约,也不上报;车道照常运行',
      'No reservations come in and nothing is told; the lanes go on',
    ),
    todo: t(
      '用 etc-lane secret set 存入平台给的密钥,再重新启动',
      'Store the secret that the platform gave with etc-lane secret set, and start again',
    ),
  },
  'RESERVATION-02': {
    what: t('不是预约平台的密钥', 'This is no secret of a reservation platform'),
    means: t('没有封存,原来的密钥还在用', 'Nothing was sealed; the secret of before is kept'),
    todo: t(
      '放入平台给的那一行:8 到 200 个字符,没有空格',
      'Give the one line that the platform gave: 8 to 200 characters without blanks',
    ),
  },
} as const
