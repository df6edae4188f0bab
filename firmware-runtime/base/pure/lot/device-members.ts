// Declarations of the devices of a lane in the device form, and of whose orders they serve: a row added here appears in the lot file, the draft, the form
// and the list of changes.
import { laneLinkMembers } from '../device-kinds/lane-kinds.ts'
import { t } from '../words/fault-text.ts'
import type { Members } from './member.ts'
import { partnerIdShape } from './published-members.ts'

export const laneDeviceMembers = {
  ...laneLinkMembers,
  cameraTimeless: {
    kind: 'flag',
    form: 'devices',
    optional: true,
    onRequest: true,
    words: t(
      '相机从不报时间,收到即算当时',
      'camera never states a time: a reading is of its arrival',
    ),
    why: t(
      '只对从不报识别时间的相机品牌有效;网络中断后补发的旧车牌也会被当成现在的车。没有:这样的读数不抬杆',
      'Only for a make that never states the time of a reading. An old plate that it sends late counts as a car of now. Absent: such a reading opens nothing',
    ),
  },
  psams: {
    kind: 'list',
    flag: 'psam TERMINAL',
    form: 'devices',
    min: 1,
    max: 8,
    optional: true,
    words: t('PSAM 终端号', 'PSAM terminal'),
    why: t(
      '发行方授权的,天线不报 PSAM 时用',
      'Authorised by the issuer; used if the antenna does not report its PSAM',
    ),
    of: {
      kind: 'text',
      shape: /^[0-9A-F]{12}$/,
      typed: 12,
      words: t('PSAM 终端号', 'PSAM terminal'),
    },
  },
  ordersFrom: {
    kind: 'text',
    form: 'devices',
    shape: partnerIdShape,
    optional: true,
    words: t('订单来自计费系统', 'orders from the billing system'),
    why: t(
      '别家的停车计费系统给这条车道送订单,车道只有天线;没有:本机计费',
      'A parking billing system of another maker sends the orders of this lane, which has an antenna alone; absent: priced here',
    ),
  },
} as const satisfies Members
