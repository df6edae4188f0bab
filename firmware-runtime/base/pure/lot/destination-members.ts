// Rows of the platforms that a lot is joined to. Those of payment gateway, reservations and calls are in service-members.ts.
import { t, type BilingualText } from '../words/fault-text.ts'
import type { Members } from './member.ts'
import { standardSuite } from '../data/suite.ts'

/** Longest address, channel number and path that a form takes. */
export const [urlTyped, numberTyped, pathMax] = [200, 32, 400]
const httpsShape = /^https:\/\/[^/\s]+$/
const records = t('条', 'records')

const suite = {
  kind: 'choice',
  of: {
    GM: t('国密 (SM2、SM3、SM4)', 'National (SM2, SM3, SM4)'),
    RSA_AES: t('国际 (RSA、AES)', 'International (RSA, AES)'),
  },
  standard: standardSuite,
  optional: true,
  words: t('加密算法', 'Algorithms'),
  why: t(
    '平台的开通通知上有写,证书要用同一种',
    "Stated in the platform's letter. Certificates must be of the same kind",
  ),
} as const
/** The same for a platform and for another service. */
export const url = { kind: 'url', shape: httpsShape, typed: urlTyped } as const
export const appId = { kind: 'text', shape: /^[A-Za-z0-9]{1,32}$/, typed: numberTyped } as const
const province = {
  kind: 'text',
  shape: /^\d{2}$/,
  typed: 2,
  optional: true,
  words: t('按哪个省份的规则', 'Follows the rules of province'),
  why: t(
    '省份编码前两位;空着:停车场所在的省份。拓展平台总是停车场所在省份的',
    "First two digits of the province code; empty: the car park's province. The expansion platform always follows the car park's province",
  ),
} as const
const certDir = { kind: 'folder', min: 1, typed: pathMax, optional: true, asked: true } as const
const caFile = { kind: 'file', min: 1, typed: pathMax } as const
const certDirWhy = t(
  '里面有 client.pem、client.key.pem、platform.pem。每个平台用自己的文件夹。平台只用授权码时可以没有',
  'Contains client.pem, client.key.pem and platform.pem. Each platform has its own folder. Not needed if the platform uses only an authorisation code',
)
const caFileWhy = t('对方随证书一起给的 ca.pem', 'The ca.pem supplied with the certificates')
const letterWhy = t('对方发给您的开通函里', 'In their letter')
const urlWhy = t(
  '对方的开通函里,例如 https://park.example.com',
  'In their letter, for example https://park.example.com',
)

const titled = ({ zh, en }: BilingualText): BilingualText =>
  t(zh, en.slice(0, 1).toUpperCase() + en.slice(1))

/** A platform beside the expansion platform. */
const channelOf = ({ zh, en }: BilingualText) =>
  ({
    url: { ...url, words: t(`${zh}地址`, `Address of the ${en}`), why: urlWhy },
    caFile: {
      ...caFile,
      words: t(`${zh}根证书文件`, `Root certificate of the ${en}`),
      why: caFileWhy,
    },
    certDir: {
      ...certDir,
      words: t(`${zh}的证书文件夹`, `Certificates for the ${en}`),
      why: certDirWhy,
    },
    appId: { ...appId, words: t(`${zh}的渠道号`, `Channel number at the ${en}`), why: letterWhy },
    suite,
    province,
  }) as const

/** Members required for a platform: no certificate folder where an authorisation code alone identifies the lot. */
export const membersAsked = (members: Members, needs: readonly string[]): Members =>
  Object.fromEntries(
    Object.entries(members).filter(
      ([name]) => name !== 'certDir' || needs.includes('certificates'),
    ),
  )

/** The members of a connection that every lot fills in, and those that it fills in on request of the platform. */
export function membersByNeed(members: Members): {
  readonly usual: Members
  readonly onRequest: Members
} {
  const [onRequest, usual] = [true, false].map((is) =>
    Object.fromEntries(
      Object.entries(members).filter(([, row]) => (row.onRequest === true) === is),
    ),
  ) as [Members, Members]
  return { usual, onRequest }
}

/** Kinds of records beside charges (table G.1); each kind about cars has its hourly batch. */
const toldWords = {
  entry: t('入口交易', 'Entries'),
  'entry-plate': t('入口车牌识别', 'Plates at entries'),
  exit: t('出口交易', 'Exits'),
  'exit-plate': t('出口车牌识别', 'Plates at exits'),
  shift: t('班次', 'Shifts'),
  monitoring: t('运行监测', 'Running monitoring'),
} as const
export type ToldKind = keyof typeof toldWords

/** By the rows of table G.1: 9 to 14 are both's, 2 and 4 to 8 the operator's. */
export const toldTo = {
  platform: ['exit', 'exit-plate', 'monitoring'],
  operator: ['entry', 'entry-plate', 'exit', 'exit-plate', 'shift', 'monitoring'],
  etcOperator: [],
} as const satisfies Record<ChannelName, readonly ToldKind[]>

/** The keys of lot.json that each have a platform; the first is the expansion platform. */
export const channelNames = ['platform', 'operator', 'etcOperator'] as const
export type ChannelName = (typeof channelNames)[number]
/** By the words of table G.1; a short form of each, one for every page and paper. */
export const channelWords: Readonly<Record<ChannelName, BilingualText>> = {
  platform: t('拓展平台', 'expansion platform'),
  operator: t('运营服务商平台', "operator's platform"),
  etcOperator: t('ETC 运营商平台', "ETC operator's platform"),
}
/** The same as the title of a row or a group. */
export const channelTitles: typeof channelWords = {
  platform: titled(channelWords.platform),
  operator: titled(channelWords.operator),
  etcOperator: titled(channelWords.etcOperator),
}
const [, ...others] = channelNames
export const otherChannels = others
export type OtherChannel = (typeof otherChannels)[number]
export const isOtherChannel = (name: string): name is OtherChannel =>
  channelNames.indexOf(name as ChannelName) > 0

/** Members of a destination of records: at most 200 per second. */
const recordMembers = (told: readonly ToldKind[]) =>
  ({
    records: {
      kind: 'list',
      max: told.length,
      optional: true,
      onRequest: true,
      words: t('上传哪些记录', 'Records to upload'),
      why: t(
        '没有说的:表 G.1 给它的全部。平台不收的一种,到下次启动前不再上传',
        'Absent: all that table G.1 assigns to it. A kind that the platform refuses is not uploaded again until the next start',
      ),
      of: {
        kind: 'choice',
        of: Object.fromEntries(
          told.map((kind) => [kind, toldWords[kind]]),
        ) as unknown as typeof toldWords,
        words: t('一种记录', 'Kind of record'),
      },
    },
    pacePerMin: {
      kind: 'whole',
      min: 1,
      max: 12_000,
      unit: records,
      optional: true,
      onRequest: true,
      words: t('积压记录每分钟上传', 'Backlog uploads per minute'),
      why: t(
        '断网后补传的速度,平台另有要求时填。空着是 90 条。车在等的扣费总是先走',
        'Upload rate after an outage; fill in only if the platform asks for another rate. Empty: 90. A charge for a waiting car always goes first',
      ),
    },
    encryptVehicleIds: {
      kind: 'flag',
      optional: true,
      onRequest: true,
      words: t('车牌、卡号和 OBU 号加密上传', 'Encrypt plates, card and OBU numbers'),
      why: t(
        '平台要求时才勾选;没有说的按省份的规则',
        'Only if the platform requires it; absent: by the rules of the province',
      ),
    },
  }) as const

/** Where charges go. */
export const platformRow = {
  kind: 'group',
  form: 'charge',
  orNull: true,
  or: { later: t('以后接入', 'to be joined later') },
  words: t('拓展平台', 'Platform'),
  why: t(
    'later:还没有接入,记录先存在本机;null:不上传,也不扣卡',
    '`later`: not joined yet, records are kept on this computer; null: no uploads, and no cards are debited',
  ),
  members: {
    url: { ...url, words: t('平台地址', 'Address of the platform'), why: urlWhy },
    caFile: { ...caFile, words: t('平台根证书文件', 'Platform root certificate'), why: caFileWhy },
    certDir: { ...certDir, words: t('证书文件夹', 'Certificate folder'), why: certDirWhy },
    appId: { ...appId, words: t('渠道号', 'Channel number'), why: letterWhy },
    suite,
    interface: {
      kind: 'choice',
      of: { access: t('ETC 接入系统', 'ETC access system') },
      optional: true,
      onRequest: true,
      words: t('对方是', 'The other side is'),
      why: t(
        '平台:空着。别家的 ETC 接入系统:它读 OBU 并扣费,本机只发订单,车道不配天线(第 5.1 条 a、b)',
        "A platform: leave empty. Another maker's ETC access system: it reads OBUs and charges the orders sent to it, and the lanes have no antenna (5.1 a, b)",
      ),
    },
    ...recordMembers(toldTo.platform),
    twoStep: {
      kind: 'flag',
      optional: true,
      onRequest: true,
      words: t('扣费先申请、后确认', 'Apply for charges first, then confirm'),
      why: t(
        '平台要求消费申请和确认时才勾选;没有说的按省份的规则',
        'Only if the platform requires it; absent: by the rules of the province',
      ),
    },
    fileCipher: {
      kind: 'choice',
      of: {
        'SM4-GCM': t('SM4-GCM', 'SM4-GCM'),
        'SM4-CBC': t('SM4-CBC 加 HMAC-SM3', 'SM4-CBC with HMAC-SM3'),
      },
      optional: true,
      onRequest: true,
      words: t('加密文件用哪种算法', 'Cipher of encrypted files'),
      why: t(
        '平台只收 SM4-CBC 时才选;只用于国密',
        'Only if the platform accepts nothing but SM4-CBC; only for the national algorithms',
      ),
    },
    filesFrom: {
      kind: 'whole',
      min: 1,
      max: 1_000_000,
      unit: records,
      optional: true,
      onRequest: true,
      words: t('积压满多少条改用加密文件', 'Use encrypted files from a backlog of'),
      why: t(
        '平台收文件时才填。空着就只在有人要求时用文件',
        'Only if the platform accepts files. Empty: files are used only on request',
      ),
    },
  },
} as const

/** Platforms beside the expansion platform (table G.1). */
export const destinationRows = {
  operator: {
    kind: 'group',
    form: 'charge',
    optional: true,
    words: channelTitles.operator,
    why: t(
      '入口和出口交易、牌识、小时批次、班次、运行监测(表 G.1 第 2、4 至 14 行)。停车场有运营服务商时才要',
      'Entries, exits, plates, hourly batches, shifts and operation monitoring (table G.1, rows 2 and 4 to 14). Needed only if the car park has an operator',
    ),
    members: { ...channelOf(channelWords.operator), ...recordMembers(toldTo.operator) },
  },
  etcOperator: {
    kind: 'group',
    form: 'charge',
    optional: true,
    words: channelTitles.etcOperator,
    why: t(
      '大额和断网限额由它规定,两车之间生效(表 G.1 第 3 行)',
      'Sets large amounts and offline caps; they take effect between two cars (table G.1, row 3)',
    ),
    members: channelOf(channelWords.etcOperator),
  },
  configVersion: {
    kind: 'text',
    shape: /^[A-Za-z0-9._-]{1,64}$/,
    optional: true,
    words: t('ETC 运营商运行配置的版本', "Version of the ETC operator's configuration"),
    why: t('程序取入后自己写', 'Written by the program after a download'),
  },
} as const
