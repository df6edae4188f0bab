// Faults of the platform that reserves bays. Rows of the table in faults.ts.
// These faults stop no lane and move no money.
import { t } from '../values/fault-text.ts'

export const reservationFaults = {
  'RESERVATION-01': {
    what: t('预约平台的密钥没有设置', 'The secret of the reservation platform is not set'),
    means: t(
      '不收预约,也不上报;车道照常运行',
      'No reservations are received and nothing is reported; the lanes keep running',
    ),
    todo: t(
      '用 etc-lane secret set 存入平台给的密钥,再重新启动',
      'Store the secret from the platform with etc-lane secret set, then restart',
    ),
  },
  'RESERVATION-02': {
    what: t('不是预约平台的密钥', 'This is not the secret of a reservation platform'),
    means: t('没有封存,原来的密钥还在用', 'Nothing was sealed; the earlier secret stays in use'),
    todo: t(
      '放入平台给的那一行:8 到 200 个字符,没有空格',
      'Enter the line from the platform: 8 to 200 characters without spaces',
    ),
  },
} as const
