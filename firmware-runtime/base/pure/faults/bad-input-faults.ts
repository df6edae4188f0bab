// Faults of bad input at the edges of a lot: a link with another protocol, a boom raised without a command, profile
// files of unknown signers. Rows of the table in faults.ts; codes are never reused.
import { t, type FaultRow } from '../words/fault-text.ts'

export const badInputFaults = {
  'LINK-05': {
    what: t(
      '线路上有数据,但不是该设备的报文',
      'Data arrives on the link, but no frame of this device',
    ),
    means: t(
      '该设备不可用,车道降级运行,不会向它发扣费或开闸',
      'The device is unavailable and the lane runs degraded; it gets no charge or open commands',
    ),
    todo: t(
      '核对速率、型号和接线,再在“查找设备”里测试一次',
      'Check the speed, the model and the wiring, then test it again (Find devices)',
    ),
    command: 'doctor --link URL',
  },
  'LINK-06': {
    what: t(
      '设备接受连接后又断开,没有收到一个字节',
      'The device accepted the connection and closed it without sending a byte',
    ),
    means: t('该设备不可用,车道降级运行', 'The device is unavailable; the lane runs degraded'),
    todo: t(
      '检查设备是否已被另一台电脑占用、连接数是否已满、端口号是否正确',
      'Check whether another computer holds the device, whether its connection limit is reached, and the port number',
    ),
    command: 'doctor --link URL',
  },
  'BOOM-01': {
    what: t('道闸没有收到命令就抬起', 'The barrier opened without a command'),
    means: t(
      '可能有车未付费离开;已写入账本,车道照常运行',
      'A car may have left without paying; the ledger records it and the lane keeps running',
    ),
    todo: t(
      '查看该时刻的录像,检查遥控器、手动按钮和控制器接线',
      'Look at the video of that moment; check the remote control, the push button and the controller wiring',
    ),
  },
  'BOOM-02': {
    what: t('道闸控制板没有应答开闸命令', 'The barrier controller did not answer the open command'),
    means: t(
      '道闸没有动作,或不知道是否动作;车可能还在等,账本记为未成功',
      'The barrier did not move, or its position is unknown; a car may still be waiting; the ledger says failed',
    ),
    todo: t(
      '看道闸,必要时用遥控器或手动开闸;检查控制板电源和网线',
      'Look at the barrier and open it by remote control or by hand if needed; check the power and network cable of the controller',
    ),
  },
  'BOOM-03': {
    what: t(
      '控制板已应答,但没有看到道闸抬起',
      'The controller answered, but the barrier was not seen to open',
    ),
    means: t(
      '命令已送达,是否抬起没有位置信号证明;账本记为已下达',
      'The command arrived, but no position signal shows that the barrier opened; the ledger says commanded',
    ),
    todo: t(
      '看道闸;没有接限位信号的道闸不会有这项证明',
      'Look at the barrier; a barrier without limit switches can never give this proof',
    ),
  },
  'PROFILE-23': {
    what: t('签名人不在受信任名单中', 'The signer is not on the trusted list'),
    means: t(
      '该设备资料没有被采用,原有资料不变',
      'The profile is not used; the earlier profiles stay in use',
    ),
    todo: t(
      '当面或电话核对指纹后,把签名人证书加入 keys/profile-signers.pem 再导入;不带 .sig 则按未签名导入',
      'Compare the fingerprint with the signer in person or by phone, add the certificate to keys/profile-signers.pem and import again; without the .sig it is imported as unsigned',
    ),
  },
} as const satisfies Record<string, FaultRow>
