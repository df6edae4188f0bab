// The receipt printer, which stands beside the lanes under an id of its own.
import { t } from '../words/fault-text.ts'
import { defineDeviceKind } from './kind.ts'

export const printer = defineDeviceKind({
  frames: {
    place: 6,
    label: t('收据打印机', 'Receipt printer'),
    noSend: t(
      '打印机的指令由出收据时发送,这里只看不发。',
      'Printer commands are sent with receipts; here you can only view them.',
    ),
  },
})
