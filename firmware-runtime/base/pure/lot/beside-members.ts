// Rows of what stands beside the lanes and the machine of a lot: printers, scanners, sources of time, where copies go, and
// by what an authority knows the lot.
// Services that it is joined to are in destination-members.ts and service-members.ts.
import { hostKeyShape } from './copy-place.ts'
import { t } from '../words/fault-text.ts'
import type { Member, Members } from './member.ts'

const pathMax = 400
/** Shape of ids, also of lanes; excludes `constructor`, which every object of the language has. */
export const idShape = /^(?!constructor$)[a-z][a-z0-9-]{0,15}$/
const id = { kind: 'id', shape: idShape } as const
const link = { kind: 'link', min: 1, max: pathMax } as const

const onRecord = {
  kind: 'text',
  form: 'lot',
  min: 1,
  max: 60,
  optional: true,
  why: t(
    '写进接入申请、报表、验收和移交文件',
    'Goes into the application, reports, papers and hand-over',
  ),
} as const
/** By what an authority knows the lot (000 A.2.1). */
export const onRecordRows = {
  district: { ...onRecord, words: t('区县', 'District') },
  qualification: { ...onRecord, words: t('资质或备案号', 'Licence or record number') },
} as const satisfies Members

/** The link on a receipt to the invoice page of the operator: https, each of both placeholders once. */
export const invoicesRow = {
  kind: 'group',
  optional: true,
  words: t('开票', 'Invoices'),
  members: {
    url: {
      kind: 'url',
      max: 200,
      shape:
        /^https:\/\/[^/\s{}]+\/(?=.*\{receiptNo\})(?=.*\{check\})(?!.*\{receiptNo\}.*\{receiptNo\})(?!.*\{check\}.*\{check\})\S+$/,
      words: t('开票页面的网址', 'Address of the invoice page'),
      why: t(
        '印在收据上;{receiptNo} 换成收据号,{check} 换成校验码,各写一次',
        'Printed on receipts; {receiptNo} becomes the number of the receipt and {check} its check value, each written once',
      ),
    },
  },
} as const satisfies Member

export const printersRow = {
  kind: 'list',
  form: 'charge',
  max: 8,
  optional: true,
  words: t('收据打印机', 'Receipt printers'),
  of: {
    kind: 'group',
    words: t('打印机', 'printer'),
    members: {
      id: { ...id, words: t('打印机的名字', 'Printer name') },
      link: {
        ...link,
        words: t('打印机地址', 'Printer address'),
        why: t(
          'tcp://host:port、serial:PATH 或 usblp:PATH',
          'tcp://host:port, serial:PATH or usblp:PATH',
        ),
      },
      lanes: {
        kind: 'list',
        min: 1,
        max: 64,
        optional: true,
        words: t('打印机在这条车道', 'Printer located at'),
        why: t('没有:整个停车场用它', 'Absent: it serves the whole car park'),
        of: { ...id, words: t('打印机在这条车道', 'Printer located at') },
      },
      prints: {
        kind: 'choice',
        of: {
          asked: t('有人要才打', 'on request'),
          always: t('每辆付费的车,抬杆时打', 'for every car that paid, when the barrier opens'),
        },
        filled: 'asked',
        words: t('打印机什么时候打印', 'Printer prints'),
      },
      plate: {
        kind: 'choice',
        of: {
          whole: t('完整', 'whole'),
          masked: t('遮住一部分', 'masked'),
          none: t('不印', 'none'),
        },
        filled: 'whole',
        words: t('票上的车牌', 'Plate on the printed receipt'),
        why: t('二维码里总是有车牌', 'The QR code always contains the plate'),
      },
      drawer: {
        kind: 'choice',
        of: { pin2: t('接在 2 号插脚', 'at pin 2'), pin5: t('接在 5 号插脚', 'at pin 5') },
        optional: true,
        words: t('打印机的钱箱', 'Cash drawer at the printer'),
        why: t(
          '接着钱箱时:收现金会打开它',
          'If a cash drawer is connected, a cash payment opens it',
        ),
      },
    },
  },
} as const

export const scannersRow = {
  kind: 'list',
  form: 'charge',
  max: 32,
  optional: true,
  words: t('扫码器', 'Payment code scanners'),
  of: {
    kind: 'group',
    words: t('扫码器', 'scanner'),
    members: {
      id: { ...id, words: t('扫码器的名字', 'Scanner name') },
      link: {
        ...link,
        words: t('扫码器地址', 'Scanner address'),
        why: t(
          'tcp://host:port、serial:PATH、hid:VVVV:PPPP 或 evdev:PATH,知道型号的加 ?profile=VENDOR/MODEL',
          'tcp://host:port, serial:PATH, hid:VVVV:PPPP or evdev:PATH; add ?profile=VENDOR/MODEL if the model is known',
        ),
      },
      lane: {
        kind: 'lane',
        shape: idShape,
        typed: 16,
        words: t('扫码器在这个出口', 'Scanner at exit'),
      },
    },
  },
} as const

/** Boards at a road or a ramp that show free spaces (000 clause 6.3). */
export const boardsRow = {
  kind: 'list',
  max: 32,
  optional: true,
  words: t('余位诱导屏', 'Guidance boards'),
  why: t('显示空余车位', 'They show free spaces'),
  of: {
    kind: 'group',
    words: t('诱导屏', 'guidance board'),
    members: {
      id: { ...id, words: t('诱导屏的名字', 'Board name') },
      link: {
        ...link,
        words: t('诱导屏地址', 'Board address'),
        why: t(
          'tcp://host:port 或 serial:PATH,参数和车道显示屏一样',
          'tcp://host:port or serial:PATH, with the parameters of a display of a lane',
        ),
      },
      part: {
        kind: 'text',
        trim: true,
        min: 1,
        max: 60,
        optional: true,
        words: t('诱导屏显示哪个区域或路段', 'Area or street of the board'),
        why: t('没有:全场', 'Absent: the whole car park'),
      },
    },
  },
} as const

export const copiesRow = {
  kind: 'group',
  form: 'keep',
  optional: true,
  words: t('账本的副本', 'Copies of the ledger'),
  members: {
    to: {
      kind: 'folder',
      min: 1,
      max: pathMax,
      words: t('账本的副本放到', 'Copies of the ledger go to'),
      why: t(
        '另一块硬盘、U盘或网络盘上已有的文件夹,或 sftp://user@host:port/path',
        'An existing folder on another disk, a USB stick or a network drive, or sftp://user@host:port/path',
      ),
    },
    hostKey: {
      kind: 'text',
      shape: hostKeyShape,
      typed: 60,
      optional: true,
      words: t('存副本的服务器的主机密钥', 'Host key of the server for copies'),
      why: t('服务器才有,不能少', 'Only for a server, which must have one'),
    },
  },
} as const

export const timeRow = {
  kind: 'group',
  form: 'keep',
  optional: true,
  words: t('电脑时钟', 'Computer clock'),
  why: t('没有时间来源:只和平台的时间比', 'No time source: compared only with the platform'),
  members: {
    servers: {
      kind: 'list',
      min: 1,
      max: 4,
      optional: true,
      words: t('时间服务器', 'Time servers'),
      why: t(
        '用空格分开,最多 4 个:网络运营商给的名称,或局域网里的地址。每半小时对一次',
        'Separated by spaces, at most 4: names from the network provider, or addresses in the local network. Compared every half hour',
      ),
      of: {
        kind: 'text',
        shape: /^[A-Za-z0-9.-]{1,253}(:\d{1,5})?$/,
        typed: 260,
        words: t('时间服务器', 'Time server'),
      },
    },
    receiver: {
      ...link,
      optional: true,
      words: t('卫星授时接收机', 'Satellite time receiver'),
      why: t(
        '例如 serial:/dev/ttyUSB3。没有就留空',
        'For example serial:/dev/ttyUSB3. Leave empty if there is none',
      ),
    },
    mayStep: {
      kind: 'flag',
      optional: true,
      words: t('车道程序可以调整电脑时钟', 'The lane program may adjust the clock'),
      why: t(
        '只在没有车、相差不超过 30 秒、没有别的程序管时钟的时候调整。不选:只告诉人用什么命令调整',
        'Only with no car in a lane, by at most 30 s, and if no other program sets the clock. Off: a person is only shown the command',
      ),
    },
  },
} as const

/** Binds the past of the ledger from outside (docs/ledger-format.md). */
export const stampsRow = {
  kind: 'group',
  form: 'keep',
  optional: true,
  words: t('账本的时间戳', 'Time stamps of the ledger'),
  why: t(
    '没有:只有平台的答复能证明账本的过去',
    'Absent: only answers of a platform prove the past of the ledger',
  ),
  members: {
    url: {
      kind: 'url',
      max: pathMax,
      shape: /^https?:\/\/[^\s/@]+(\/[^\s]*)?$/,
      words: t('时间戳服务的地址', 'Address of the time-stamping service'),
      why: t(
        'RFC 3161;每天夜里给账本最新的一行取一个时间戳',
        'RFC 3161; each night the newest row of the ledger gets a time stamp',
      ),
    },
  },
} as const

export const areasRow = {
  kind: 'list',
  max: 16,
  optional: true,
  words: t('各区域的车位', 'Spaces by area'),
  why: t(
    '区域是入口车道通向的;没有:只公布全场的空余车位',
    'The areas that entry lanes lead into; absent: free spaces are published of the whole car park alone',
  ),
  of: {
    kind: 'group',
    words: t('区域', 'Area'),
    members: {
      name: {
        kind: 'text',
        trim: true,
        min: 1,
        max: 40,
        words: t('区域名称', 'Name of the area'),
        why: t('和入口车道里写的一样', 'As in the entry lanes'),
      },
      spaces: {
        kind: 'whole',
        min: 1,
        max: 100_000,
        words: t('区域的车位数', 'Spaces of the area'),
      },
    },
  },
} as const satisfies Member
