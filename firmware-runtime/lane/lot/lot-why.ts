// Texts for refusals of a lot file that a schema cannot express, by name. Shared by the set-up forms, lot check and the
// start.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'

export const lotWhy = {
  kindsAddUp: (sum: number) =>
    t(
      `各类车位之和是 ${sum},应等于 capacity`,
      `the spaces of all kinds add up to ${sum}; the sum must equal capacity`,
    ),
  countsNone: t(
    '没有入口车道,也没有车位检测器,空余车位无从得知',
    'without entry lanes and watched spaces nothing is known of free spaces',
  ),
  noSuchArea: t('没有入口车道通向这个区域', 'no entry lane leads into this area'),
  areaTwice: t('写了两次', 'it stands twice'),
  areasWithin: (capacity: number) =>
    t(
      `各区域之和不能多于全场的 ${capacity} 个`,
      `the areas together have at most the ${capacity} spaces of the car park`,
    ),
  noAddress: (host: string): BilingualText =>
    t(`${host} 不可能是网络地址`, `${host} cannot be a network address`),
  copyPlace: t(
    'sftp://user@host:port/path,不写密码',
    'sftp://user@host:port/path, without a password',
  ),
  copyHostKey: t(
    '服务器主机密钥的 SHA256:…,只用于服务器',
    "SHA256:… of the server's host key; used only for a server",
  ),
  demoTakesNoMoney: t('演示停车场不收钱', 'a demo lot takes no money'),
  noCameraToPass: t('车道没有转送数据的相机', 'the lane has no camera that passes on bytes'),
  noSimulated: t('正式停车场不用模拟设备', 'a production lot does not use simulated devices'),
  spaceTaken: t('那个车位已有检测器', 'that space has a sensor'),
  noNetwork: t('演示停车场不用网络', 'a demo lot does not use the network'),
  noBarrier: t('车道没有可接线的道闸', 'the lane has no barrier to which it could be wired'),
  inputTwice: t('一个输入不能有两种作用', 'one input cannot have two roles'),
  noHardware: t('演示停车场不碰真实设备', 'a demo lot does not use real devices'),
  capsAreOfCard: t(
    'accept-within-caps 只用于 card 扣费方式',
    'accept-within-caps is only for charge mode card',
  ),
  onlineNeedsPlatform: t(
    'online 扣费方式须有平台,扣费由平台决定',
    'charge mode online needs a platform: the platform decides the charge',
  ),
  accessReadsObus: t(
    '对方的 ETC 接入系统自己读 OBU,本车道不配天线',
    "the other maker's ETC access system reads the OBUs; the lane has no antenna",
  ),
  accessOfEnclosed: t(
    '只有出口收费的停车场能用对方的 ETC 接入系统',
    "only a car park that charges at its exits can use another maker's ETC access system",
  ),
  isDemo: t(
    'mode 是 demo,演示停车场不碰真实设备',
    'mode is demo, and a demo lot does not use real devices',
  ),
}
