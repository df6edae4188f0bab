// Rows of the published interface to the billing systems of other makers (docs/billing-interface.md).
import { t } from '../words/fault-text.ts'
import type { Member } from './member.ts'

const pathMax = 400
/** Shape of the id of a billing system, in `partners` and wherever a lane names one. */
export const partnerIdShape = /^[A-Za-z0-9]{1,32}$/
const file = { kind: 'file', min: 1, max: pathMax } as const

/** What a partner may do; each right is a group of operations. */
const rightWords = {
  orders: t('订单', 'orders'),
  members: t('月租和名单', 'members'),
  invoices: t('收据和发票', 'receipts and invoices'),
  spaces: t('空余车位', 'free spaces'),
} as const
export type PartnerRight = keyof typeof rightWords

export const publishedRow = {
  kind: 'group',
  form: 'charge',
  optional: true,
  words: t('计费系统接口', 'Interface to billing systems'),
  why: t(
    '别的厂家的停车计费系统由此使用 ETC 接入系统;没有:不开放',
    'Parking billing systems of other makers use the ETC access system through it; absent: it is closed',
  ),
  members: {
    host: {
      kind: 'ipv4',
      words: t('计费系统接口的网卡', 'Network card of the billing interface'),
      why: t('127.0.0.1:只在这台电脑上', '127.0.0.1: only on this computer'),
    },
    port: {
      kind: 'whole',
      min: 1024,
      max: 65_535,
      words: t('计费系统接口的端口', 'Port of the billing interface'),
    },
    keyFile: {
      ...file,
      optional: true,
      words: t('接口的 HTTPS 私钥文件', 'HTTPS key of the billing interface'),
      why: t('不只在这台电脑上时要有', 'Needed beyond this computer'),
    },
    certFile: {
      ...file,
      optional: true,
      words: t('接口的 HTTPS 证书文件', 'HTTPS certificate of the billing interface'),
    },
    certDir: {
      kind: 'folder',
      min: 1,
      max: pathMax,
      words: t(
        '接口签名证书的文件夹',
        'Folder of the signing certificate of the billing interface',
      ),
      why: t('里面有 client.pem 和它的私钥', 'Contains client.pem and its key'),
    },
    web: {
      kind: 'flag',
      optional: true,
      words: t('网页公布空余车位', 'Free spaces on a web page'),
      why: t(
        '谁都可以看:/free-spaces 是网页,/free-spaces.json 是数据;没有车牌',
        'For everybody: the page /free-spaces, and its numbers as /free-spaces.json; without plates',
      ),
    },
    partners: {
      kind: 'list',
      min: 1,
      max: 16,
      words: t('可以使用接口的计费系统', 'Billing systems that may use the interface'),
      of: {
        kind: 'group',
        words: t('计费系统', 'Billing system'),
        members: {
          id: {
            kind: 'text',
            shape: partnerIdShape,
            words: t('计费系统的编号', 'Id of the billing system'),
            why: t('请求里的 appid', '`appid` of its requests'),
          },
          certFile: {
            ...file,
            words: t('计费系统的证书文件', 'Certificate of the billing system'),
            why: t('换证书时可以有两张', 'May hold two during a change'),
          },
          webhook: {
            kind: 'group',
            optional: true,
            words: t('计费系统的推送地址', 'Webhook of the billing system'),
            why: t(
              '事件推送到这里;没有:由对方来取',
              'Events are sent to it; absent: the other system fetches them',
            ),
            members: {
              url: {
                kind: 'text',
                shape: /^https?:\/\/[^\s#]{1,300}$/,
                max: 300,
                words: t('推送的网址', 'Address of the webhook'),
              },
              caFile: {
                ...file,
                optional: true,
                words: t('推送地址的根证书文件', 'Root certificate of the webhook'),
                why: t(
                  '对方用自己的证书时才要;没有:用这台电脑认可的证书机构',
                  'Only if the other side uses its own certificates; absent: authorities trusted by this computer',
                ),
              },
            },
          },
          rights: {
            kind: 'list',
            max: 8,
            words: t('计费系统的权限', 'Rights of the billing system'),
            of: {
              kind: 'choice',
              of: rightWords,
              words: t('计费系统的权限', 'Right of the billing system'),
            },
          },
        },
      },
    },
  },
} as const satisfies Member
