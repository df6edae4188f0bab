// Faults of bad input at the edges of a lot: a link with another protocol, a boom raised without a command, profile
// files of unknown signers. Rows of the table in faults.ts; codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const badInputFaults = {
  'LINK-05': {
    what: t(
      '线路上有数据,但不是该设备的报文',
      'Bytes arrive on the link, and none is a frame of this device',
    ),
    means: t(
      '该设备不可用,车道降级运行,不会向它发扣费或开闸',
      'That device is out, the lane runs degraded, it is asked for no money and no opening',
    ),
    todo: t(
      '核对速率、型号和接线:etc-lane doctor --link URL',
      'Check speed, model and wiring: etc-lane doctor --link URL',
    ),
  },
  'LINK-06': {
    what: t(
      '设备接受连接后又断开,没有收到一个字节',
      'The device accepted the connection and closed it, not one byte came',
    ),
    means: t('该设备不可用,车道降级运行', 'That device is out, the lane runs degraded'),
    todo: t(
      '检查设备是否已被另一台电脑占用、连接数是否已满、端口号是否正确:etc-lane doctor --link URL',
      'See whether another computer has the device, whether its connections are used up, and the port number: etc-lane doctor --link URL',
    ),
  },
  'BOOM-01': {
    what: t('道闸没有收到命令就抬起', 'The boom opened without a command'),
    means: t(
      '可能有车未付费离开;已写入账本,车道照常运行',
      'A car may have left unpaid; it is written in the ledger, the lane goes on',
    ),
    todo: t(
      '查看该时刻的录像,检查遥控器、手动按钮和控制器接线',
      'Look at the pictures of that moment; check remote control, push button and wiring',
    ),
  },
  'BOOM-02': {
    what: t('道闸控制板没有应答开闸命令', 'The board of the barrier did not answer the open'),
    means: t(
      '道闸没有动作,或不知道是否动作;车可能还在等,账本记为未成功',
      'The boom did not move, or nobody knows; a car may still wait; the ledger says failed',
    ),
    todo: t(
      '看道闸,必要时用遥控器或手动开闸;检查控制板电源和网线',
      'Look at the boom, open it by remote control or by hand; check power and cable of the board',
    ),
  },
  'BOOM-03': {
    what: t(
      '控制板已应答,但没有看到道闸抬起',
      'The board answered, and the boom was not seen open',
    ),
    means: t(
      '命令已送达,是否抬起没有位置信号证明;账本记为已下达',
      'The command arrived; no position input shows that the boom opened; the ledger says commanded',
    ),
    todo: t(
      '看道闸;没有接限位信号的道闸不会有这项证明',
      'Look at the boom; a gate without limit inputs never has this proof',
    ),
  },
  'PROFILE-23': {
    what: t('签名人不在受信任名单中', 'The signer is not among those this folder trusts'),
    means: t('该设备资料没有被采用,原有资料不变', 'It is not used, earlier profiles stay'),
    todo: t(
      '当面或电话核对指纹后,把签名人证书加入 keys/profile-signers.pem 再导入;不带 .sig 则按未签名导入',
      'Compare the fingerprint with the signer, add the certificate to keys/profile-signers.pem and import again; without its .sig it comes as unsigned',
    ),
  },
} as const satisfies Record<string, FaultRow>
