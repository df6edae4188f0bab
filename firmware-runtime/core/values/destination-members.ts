// Rows of the services that a lot is joined to: platforms, payment gateway, reservations, and who is told of a call.
// Those of devices beside its lanes are in beside-members.ts.
import { secretNameShape } from './secret-rules.ts'
import { t } from './fault-text.ts'
import type { Members } from './member.ts'
import { standardSuite } from './suite.ts'

/** Longest address, channel number and path that a form takes. */
const [urlTyped, numberTyped, pathMax] = [200, 32, 400]
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
    'As the letter from the platform says. Certificates must be of the same kind',
  ),
} as const
/** What two connections have alike. */
const url = { kind: 'url', shape: httpsShape, typed: urlTyped } as const
const appId = { kind: 'text', shape: /^[A-Za-z0-9]{1,32}$/, typed: numberTyped } as const
const province = {
  kind: 'text',
  shape: /^\d{2}$/,
  typed: 2,
  optional: true,
  words: t('按哪个省份的规则', 'Province whose rules it follows'),
  why: t(
    '省份编码前两位;空着:停车场所在的省份。拓展平台总是停车场所在省份的',
    'First two digits of its code; empty: that of the lot, which the expansion platform always follows',
  ),
} as const
const certDir = { kind: 'folder', min: 1, typed: pathMax, optional: true, asked: true } as const
const caFile = { kind: 'file', min: 1, typed: pathMax } as const
const certDirWhy = t(
  '里面有 client.pem、client.key.pem、platform.pem。每个平台用自己的文件夹。平台只用授权码时可以没有',
  'With client.pem, client.key.pem and platform.pem in it. Each platform has a folder of its own. May be missing where the platform takes an authorisation code alone',
)
const caFileWhy = t('对方随证书一起给的 ca.pem', 'The ca.pem that came with the certificates')
const letterWhy = t('对方发给您的开通函里', 'In their letter')
const urlWhy = t(
  '对方的开通函里,例如 https://park.example.com',
  'In their letter, for example https://park.example.com',
)

/** A platform beside the expansion platform. */
const channelOf = (zh: string, en: string) =>
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

/** What is asked of a platform: no folder of certificates where an authorisation code alone proves the lot to it. */
export const membersAsked = (members: Members, needs: readonly string[]): Members =>
  Object.fromEntries(
    Object.entries(members).filter(
      ([name]) => name !== 'certDir' || needs.includes('certificates'),
    ),
  )

/** What a platform may be told of beside charges (table G.1); of a car each has its hourly batch. */
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
const [, ...others] = channelNames
export const otherChannels = others
export type OtherChannel = (typeof otherChannels)[number]
export const isOtherChannel = (name: string): name is OtherChannel =>
  channelNames.indexOf(name as ChannelName) > 0

/** Of one that records go to: 200 a second at most. */
const recordMembers = (told: readonly ToldKind[]) =>
  ({
    records: {
      kind: 'list',
      max: told.length,
      optional: true,
      words: t('上传哪些记录', 'Records that it is told of'),
      why: t(
        '没有说的:表 G.1 给它的全部。平台不收的一种,到下次启动前不再上传',
        'Absent: all that table G.1 gives it. One that it does not take is not sent before the next start',
      ),
      of: {
        kind: 'choice',
        of: Object.fromEntries(
          told.map((kind) => [kind, toldWords[kind]]),
        ) as unknown as typeof toldWords,
        words: t('一种记录', 'Kind of records'),
      },
    },
    pacePerMin: {
      kind: 'whole',
      min: 1,
      max: 12_000,
      unit: records,
      optional: true,
      words: t('积压记录每分钟上传', 'Backlog goes up a minute'),
      why: t(
        '断网后补传的速度,平台另有要求时填。空着是 90 条。车在等的扣费总是先走',
        'How fast records follow after a cut, where the platform asks for another pace. Empty: 90. A charge that a car waits for goes first',
      ),
    },
    encryptVehicleIds: {
      kind: 'flag',
      optional: true,
      words: t('车牌、卡号和 OBU 号加密上传', 'Plates, card and OBU numbers go encrypted'),
      why: t(
        '平台要求时才勾选;没有说的按省份的规则',
        'Only where the platform asks for it; as the province says where it is not there',
      ),
    },
  }) as const

/** Where charges go. */
export const platformRow = {
  kind: 'group',
  form: 'charge',
  orNull: true,
  or: { later: t('以后接入', 'joined later') },
  words: t('拓展平台', 'Platform'),
  why: t(
    'later:还没有接入,记录先存在本机;null:不上传,也不扣卡',
    '`later`: not joined yet, records wait on this machine; null: they go nowhere, and no card is charged',
  ),
  members: {
    url: { ...url, words: t('平台地址', 'Address of the platform'), why: urlWhy },
    caFile: {
      ...caFile,
      words: t('平台根证书文件', 'Root certificate of the platform'),
      why: caFileWhy,
    },
    certDir: { ...certDir, words: t('证书文件夹', 'Folder of certificates'), why: certDirWhy },
    appId: { ...appId, words: t('渠道号', 'Channel number'), why: letterWhy },
    suite,
    ...recordMembers(toldTo.platform),
    twoStep: {
      kind: 'flag',
      optional: true,
      words: t('扣费先申请、后确认', 'Charges are applied for, then confirmed'),
      why: t(
        '平台要求消费申请和确认时才勾选;没有说的按省份的规则',
        'Only where the platform asks for it; as the province says where it is not there',
      ),
    },
    filesFrom: {
      kind: 'whole',
      min: 1,
      max: 1_000_000,
      unit: records,
      optional: true,
      words: t('积压满多少条改用加密文件', 'Backlog goes in sealed files from'),
      why: t(
        '平台收文件时才填。空着就只在有人要求时用文件',
        'Where the platform takes files. Empty: only when somebody says so',
      ),
    },
  },
} as const

/** Beside the expansion platform (table G.1). */
export const destinationRows = {
  operator: {
    kind: 'group',
    form: 'charge',
    optional: true,
    words: t('运营商平台', "Platform of the lot's operator"),
    why: t(
      '入口和出口交易、牌识、小时批次、班次、运行监测(表 G.1 第 2、4 至 14 行)。停车场有运营服务商时才要',
      'Entries, exits, plates, hourly batches, shifts and running monitoring (table G.1, rows 2 and 4 to 14). Where somebody operates the car park',
    ),
    members: {
      ...channelOf('运营商平台', "operator's platform"),
      ...recordMembers(toldTo.operator),
    },
  },
  etcOperator: {
    kind: 'group',
    form: 'charge',
    optional: true,
    words: t('ETC 运营商平台', 'Platform of the ETC operator'),
    why: t(
      '大额和断网限额由它规定,两车之间生效(表 G.1 第 3 行)',
      'It rules large amounts and caps without network, taken over between cars (table G.1, row 3)',
    ),
    members: channelOf('ETC 运营商平台', "ETC operator's platform"),
  },
  configVersion: {
    kind: 'text',
    shape: /^[A-Za-z0-9._-]{1,64}$/,
    optional: true,
    words: t('ETC 运营商运行配置的版本', "Version of the ETC operator's configuration"),
    why: t('程序取入后自己写', 'The one that was taken last; the program writes it'),
  },
} as const

/** The authority of a service; null: those of this machine. */
const ownCa = { kind: 'file', min: 1, max: pathMax, orNull: true } as const
const ownCaWhy = t(
  '对方用自己的证书时才要;留空:用这台电脑认可的证书机构',
  'Only where they have an authority of their own; empty: those that this machine knows',
)
const secret = { kind: 'secret', shape: secretNameShape, typed: numberTyped } as const
const secretWhy = t('封存在这台电脑上', 'It is sealed to this machine')

export const gatewayRow = {
  kind: 'group',
  form: 'charge',
  optional: true,
  words: t('扫码支付网关', 'Gateway for payment by code'),
  members: {
    url: {
      ...url,
      words: t('网关地址', 'Address of the gateway'),
      why: t(
        '收单机构的开户资料里,例如 https://pay.example.com',
        'On the papers of the acquirer, for example https://pay.example.com',
      ),
    },
    caFile: {
      ...ownCa,
      words: t('网关根证书文件', 'Root certificate of the gateway'),
      why: ownCaWhy,
    },
    merchantNo: {
      kind: 'text',
      shape: /^[A-Za-z0-9_-]{1,64}$/,
      typed: 64,
      words: t('商户号', 'Number of the merchant'),
    },
    secret: {
      ...secret,
      words: t('网关密钥的名称', 'Name of the key of the gateway'),
      why: secretWhy,
    },
  },
} as const

export const helpRow = {
  kind: 'group',
  optional: true,
  words: t('呼叫人', 'The call of a person'),
  members: {
    hook: {
      kind: 'group',
      optional: true,
      words: t('呼叫时通知', 'Who is told of a call'),
      members: {
        url: {
          kind: 'url',
          max: pathMax,
          shape: /^https?:\/\/[^\s/@]+(\/[^\s]*)?$/,
          words: t('呼叫时通知的地址', 'Address that is told of a call'),
          why: t('每次呼叫收到一个 POST', 'It gets a POST for each call'),
        },
        caFile: {
          ...ownCa,
          filled: null,
          words: t('呼叫通知的根证书文件', 'Root certificate of who is told'),
          why: ownCaWhy,
        },
        secret: {
          ...secret,
          words: t('呼叫通知密钥的名称', 'Name of the key of the call'),
          why: t(
            '签名用,由 `etc-lane secret set --name NAME` 封存',
            'It signs; `etc-lane secret set --name NAME` seals it',
          ),
        },
      },
    },
    afterSec: {
      kind: 'whole',
      min: 10,
      max: 3600,
      unit: t('秒', 's'),
      optional: true,
      words: t('等人多久自动呼叫', 'A waiting car calls after'),
      why: t('没有:只在看板上显示', 'Absent: it only stands on the board'),
    },
    buttons: {
      kind: 'list',
      min: 1,
      max: 32,
      optional: true,
      words: t('呼叫按钮', 'Buttons of drivers'),
      of: {
        kind: 'group',
        words: t('呼叫按钮', 'Button'),
        members: {
          lane: { kind: 'lane', max: 16, words: t('呼叫按钮所在的车道', 'Lane of a call button') },
          link: {
            kind: 'link',
            min: 1,
            max: pathMax,
            words: t('呼叫按钮的接线', 'Where a call button is wired'),
            why: t(
              '它自己的板卡,写作 tcp://host:port?di=2',
              'A board of its own, as tcp://host:port?di=2',
            ),
          },
        },
      },
    },
  },
} as const

const paperWhy = t('平台的接入资料里', 'On the papers of the platform')
export const reservationRow = {
  kind: 'group',
  form: 'charge',
  optional: true,
  words: t('预约平台', 'Platform for reservations'),
  why: t(
    '平台卖一段时间的车位:预约的车来得了,没有预约的车可能要等',
    'It sells bays for a time: a reserved car gets in, another one may have to wait',
  ),
  members: {
    broker: {
      kind: 'url',
      shape: /^mqtts?:\/\/[^\s/@:]+:\d{1,5}$/,
      typed: urlTyped,
      words: t('预约平台 MQTT 地址', 'MQTT address for reservations'),
      why: t(
        '平台的接入资料里,例如 mqtts://park.example.com:8883;mqtt: 只在本机',
        'On the papers of the platform, for example mqtts://park.example.com:8883; mqtt: on this machine alone',
      ),
    },
    url: {
      ...url,
      optional: true,
      words: t('预约平台 HTTPS 地址', 'HTTPS address for reservations'),
      why: t(
        '消息服务连不上时用。没有就留空:消息等它恢复',
        'For while the broker is out of reach. Empty: messages wait for it',
      ),
    },
    caFile: {
      ...ownCa,
      words: t('预约平台根证书文件', 'Root certificate for reservations'),
      why: ownCaWhy,
    },
    appId: {
      kind: 'text',
      shape: /^[A-Za-z0-9-]{1,32}$/,
      typed: numberTyped,
      words: t('预约平台的渠道号', 'Channel number for reservations'),
      why: paperWhy,
    },
    parkCode: {
      ...appId,
      words: t('预约平台的停车场编码', 'Code of the lot for reservations'),
      why: t(
        '平台给停车场的编码,不一定是停车场编号',
        'As the platform calls it, which may be another than the number of the car park',
      ),
    },
    secret: {
      ...secret,
      words: t('预约平台密钥的名称', 'Name of the key for reservations'),
      why: secretWhy,
    },
    spaces: {
      kind: 'whole',
      min: 0,
      max: 100_000,
      words: t('平台最多可预约的车位', 'Bays that may be reserved'),
      why: t(
        '不超过停车场的车位数。共享的车位另按时段计',
        'At most those of the car park. Shared bays are counted by their own times',
      ),
    },
  },
} as const
