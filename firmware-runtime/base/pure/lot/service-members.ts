// Rows of the services that a lot is joined to beside its platforms: payment gateway, reservations, and where calls go.
// Those of devices beside its lanes are in beside-members.ts.
import { appId, numberTyped, pathMax, url, urlTyped } from './destination-members.ts'
import { t } from '../words/fault-text.ts'
import { secretNameShape } from '../data/secret-rules.ts'

/** The authority of a service; null: those of this machine. */
const ownCa = { kind: 'file', min: 1, max: pathMax, orNull: true } as const
const ownCaWhy = t(
  '对方用自己的证书时才要;留空:用这台电脑认可的证书机构',
  'Only if the other side uses its own certificates; empty: authorities trusted by this computer',
)
const secret = { kind: 'secret', shape: secretNameShape, typed: numberTyped } as const
const secretWhy = t('封存在这台电脑上', 'Sealed on this computer')

export const gatewayRow = {
  kind: 'group',
  form: 'charge',
  optional: true,
  words: t('扫码支付网关', 'Gateway for payment by code'),
  members: {
    url: {
      ...url,
      words: t('网关地址', 'Gateway address'),
      why: t(
        '收单机构的开户资料里,例如 https://pay.example.com',
        "In the acquirer's account papers, for example https://pay.example.com",
      ),
    },
    caFile: { ...ownCa, words: t('网关根证书文件', 'Gateway root certificate'), why: ownCaWhy },
    merchantNo: {
      kind: 'text',
      shape: /^[A-Za-z0-9_-]{1,64}$/,
      typed: 64,
      words: t('商户号', 'Merchant number'),
    },
    secret: { ...secret, words: t('网关密钥的名称', 'Name of the gateway key'), why: secretWhy },
  },
} as const

export const helpRow = {
  kind: 'group',
  optional: true,
  words: t('呼叫人', 'Calls for the attendant'),
  members: {
    hook: {
      kind: 'group',
      optional: true,
      words: t('呼叫时通知', 'Notification of calls'),
      members: {
        url: {
          kind: 'url',
          max: pathMax,
          shape: /^https?:\/\/[^\s/@]+(\/[^\s]*)?$/,
          words: t('呼叫时通知的地址', 'Address for call notifications'),
          why: t(
            '每次呼叫收到一个 POST,拖了五分钟的急事也收到一个',
            'Receives a POST for each call, and for what waits urgently for five minutes',
          ),
        },
        caFile: {
          ...ownCa,
          filled: null,
          words: t('呼叫通知的根证书文件', 'Root certificate for call notifications'),
          why: ownCaWhy,
        },
        secret: {
          ...secret,
          words: t('呼叫通知密钥的名称', 'Name of the call notification key'),
          why: t(
            '签名用;密钥由技术支持封存在这台电脑上',
            'Used for signing; support staff seal the key on this computer',
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
      words: t('等人多久自动呼叫', 'Waiting car calls after'),
      why: t('没有:只在看板上显示', 'Absent: only shown on the board'),
    },
    buttons: {
      kind: 'list',
      min: 1,
      max: 32,
      optional: true,
      words: t('呼叫按钮', 'Call buttons'),
      of: {
        kind: 'group',
        words: t('呼叫按钮', 'Call button'),
        members: {
          lane: { kind: 'lane', max: 16, words: t('呼叫按钮所在的车道', 'Lane of a call button') },
          link: {
            kind: 'link',
            min: 1,
            max: pathMax,
            words: t('呼叫按钮的接线', 'Wiring of a call button'),
            why: t(
              '它自己的板卡,写作 tcp://host:port?di=2',
              'On its own board, as tcp://host:port?di=2',
            ),
          },
        },
      },
    },
  },
} as const

const paperWhy = t('平台的接入资料里', "In the platform's access papers")
export const reservationRow = {
  kind: 'group',
  form: 'charge',
  optional: true,
  words: t('预约平台', 'Reservation platform'),
  why: t(
    '平台卖一段时间的车位:预约的车来得了,没有预约的车可能要等',
    'It sells bays for a period: a car with a reservation gets in, others may have to wait',
  ),
  members: {
    broker: {
      kind: 'url',
      shape: /^mqtts?:\/\/[^\s/@:]+:\d{1,5}$/,
      typed: urlTyped,
      words: t('预约平台 MQTT 地址', 'MQTT address for reservations'),
      why: t(
        '平台的接入资料里,例如 mqtts://park.example.com:8883;mqtt: 只在本机',
        "In the platform's access papers, for example mqtts://park.example.com:8883; mqtt: only on this computer",
      ),
    },
    url: {
      ...url,
      optional: true,
      words: t('预约平台 HTTPS 地址', 'HTTPS address for reservations'),
      why: t(
        '消息服务连不上时用。没有就留空:消息等它恢复',
        'Used when the message service cannot be reached. Empty: messages wait until it is back',
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
      words: t('预约平台的停车场编码', 'Car park code for reservations'),
      why: t(
        '平台给停车场的编码,不一定是停车场编号',
        'Given to the car park by the platform; may differ from the car park number',
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
      words: t('平台最多可预约的车位', 'Most bays that can be reserved'),
      why: t(
        '不超过停车场的车位数。共享的车位另按时段计',
        'At most the number of spaces of the car park. Shared bays are counted separately by their periods',
      ),
    },
  },
} as const

/** The centre of many lots, which the lot sends its rows to (docs/centre.md). */
export const centreRow = {
  kind: 'group',
  form: 'charge',
  optional: true,
  words: t('运营中心', 'Centre of many car parks'),
  why: t(
    '管多个停车场的运营方有它:账本的每一条都签名发给它。配对时比对六位数字,不用证书文件',
    'Of an operator of many car parks: every row of the ledger is sent to it, signed. Paired by comparing six digits, without certificate files',
  ),
  members: {
    url: {
      kind: 'url',
      shape: /^https:\/\/[^/\s@?#]+$/,
      typed: urlTyped,
      words: t('运营中心地址', 'Address of the centre'),
      why: t(
        '运营中心的人给的,例如 https://centre.example.com:8443',
        'From the people of the centre, for example https://centre.example.com:8443',
      ),
    },
  },
} as const
