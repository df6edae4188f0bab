// Notes of the runtime about answers, starts and contacts: a word with its arguments, in both languages.
// The arguments in a row have this order; the last one takes the rest of the text.
import { t, type BilingualText } from './fault-text.ts'

type Part = string | number

/** Filters that stop a record before it goes up (devices/pure/etc/quality-filters.ts). */
const filterWords: Readonly<Record<string, readonly [string, string]>> = {
  repeat: ['同一张卡 5 分钟内重复扣费', 'the card was charged twice within 5 minutes'],
  expired: ['卡在扣费时已过期', 'the card had expired when it was charged'],
  blacklisted: ['卡或标签在状态名单上', 'the card or its tag is on the status list'],
  network: ['卡网络号不在可用网络里', 'the network of the card is not accepted'],
}

/** Why a platform does not take a record as it is (P6, classes 2 and 4). */
const refusalWords: Readonly<Record<string, readonly [string, string]>> = {
  type: ['类型不对', 'wrong type'],
  length: ['长度不对', 'wrong length'],
  threshold: ['超出阈值', 'beyond a threshold'],
  range: ['超出范围', 'out of range'],
  characters: ['有不允许的字符', 'characters that are not allowed'],
  missingField: ['缺少字段', 'a field is missing'],
}

const certificateWords = (whose: Part): readonly [string, string] =>
  whose === 'client' ? ['本方证书', 'our certificate'] : ['平台证书', 'platform certificate']

export const noteSentences = {
  memberRefused: (code: Part, meaning: Part, member: Part) => {
    const [zh, en] = refusalWords[String(meaning)] ?? [meaning, meaning]
    return t(
      `平台不收:${member} ${zh}(应答码 ${code})`,
      `the platform refuses ${member}: ${en} (code ${code})`,
    )
  },
  wrongFileName: (part: Part, value: Part) =>
    t(
      `FILE-06 文件名的 ${part} 不对:${value}`,
      `FILE-06 ${part} of the file name is wrong: ${value}`,
    ),
  noWholeAnswer: (ms: Part) =>
    t(`${Number(ms) / 1000} 秒没有完整的回答`, `no complete answer within ${Number(ms) / 1000} s`),
  answerEncoded: (_encoding: Part) =>
    t('应答编码不支持', 'answer in an encoding that is not supported'),
  answerTooLong: (_bytes: Part) => t('应答过长', 'answer too long'),
  redirected: (status: Part) => t(`被转到别处(HTTP ${status})`, `redirected (HTTP ${status})`),
  answerIsPage: () =>
    t('应答是网页,不是对方的回执', 'the answer is a web page, not that of the service'),
  answerDenies: (said: Part) => t(`对方没有收下:${said}`, `it was not taken: ${said}`),
  answerStatus: (status: Part) => t(`HTTP 状态 ${status}`, `HTTP status ${status}`),
  answerDoubted: (what: Part, status: Part) =>
    t(`${what},HTTP 状态 ${status}`, `${what} (HTTP ${status})`),
  platformCode: (code: Part) => t(`平台应答码 ${code}`, `platform says ${code}`),
  otherPlatform: (appId: Part, url: Part) =>
    t(
      `平台换过了:这笔可能已在原来的平台(${appId},${url}),先在那里核实`,
      `the platform was changed: the previous platform (${appId}, ${url}) may have this record; check there first`,
    ),
  otherContent: () =>
    t('平台上同一单号的内容与本机不同', 'the platform has different content under this number'),
  numberDone: (outboxId: Part) =>
    outboxId === '-'
      ? t(
          '由人结束:平台上这个编号已有记录',
          'ended by a person: the platform already has a record of this number',
        )
      : t(
          `由人结束:平台已收下同一编号的记录 ${outboxId}`,
          `ended by a person: the platform has record ${outboxId} of the same number`,
        ),
  aboutNothing: () =>
    t(
      '平台没有反馈所指的扣费,本机也已无待传的',
      'the platform does not have the charge that the feedback is about, and no upload of it is waiting here',
    ),
  otherNumber: (number: Part) =>
    t(`应答是另一单号 ${number} 的`, `the answer belongs to another number, ${number}`),
  otherAmount: (member: Part, theirs: Part, ours: Part) =>
    t(
      `应答的${member}为 ${theirs} 分,本机为 ${ours} 分`,
      `${member} in the answer is ${theirs} fen, here it is ${ours} fen`,
    ),
  filterStops: (filter: Part, clause: Part) => {
    const [zh, en] = filterWords[String(filter)] ?? [filter, filter]
    return t(`未上传:${zh} (${clause})`, `not uploaded: ${en} (${clause})`)
  },
  memberMissing: (member: Part) => t(`应答缺少${member}`, `the answer has no ${member}`),
  chargeStatus: (state: Part) =>
    t(`应答的扣费状态 ${state} 未约定`, `charge state ${state} in the answer is not a defined one`),
  refundStatus: (state: Part) =>
    t(
      `应答的退费状态 ${state} 不能确认结果`,
      `refund state ${state} in the answer does not confirm a result`,
    ),
  contradicts: (one: Part, other: Part) =>
    t(`应答自相矛盾:${one} 和 ${other}`, `the answer contradicts itself: ${one} and ${other}`),
  bodyNotJson: () => t('应答已签名,但内容无法解析', 'the answer is signed but cannot be read'),
  noCode: (code: Part) =>
    t(`应答没有应答码,只有 ${code}`, `the answer has no answer code, only ${code}`),
  unknownCode: (code: Part) => t(`应答码 ${code} 未列出`, `answer code ${code} is not listed`),
  statusWithoutCode: (status: Part) =>
    t(`HTTP 状态 ${status},没有应答码`, `HTTP status ${status}, without an answer code`),
  statusWithSuccess: (status: Part) =>
    t(
      `HTTP 状态 ${status},应答码却是成功`,
      `HTTP status ${status}, but the answer code says success`,
    ),
  statusWithError: (status: Part) =>
    t(
      `HTTP 状态 ${status},应答码却是错误`,
      `HTTP status ${status}, but the answer code says error`,
    ),
  wentBackIn: () => t('退回场内,另一辆车来到', 'the car went back inside and another car came'),
  offTheLoops: () =>
    t(
      '线圈上无车:退回场内或未见离开',
      'no car is on the loops: it went back inside or left unseen',
    ),
  allRowsRead: (rows: Part, why: Part) =>
    t(
      `读了全部 ${rows} 行账本,启动缓存${why}`,
      `all ${rows} ledger rows were read, start cache ${why}`,
    ),
  rowsMisfit: (_problem: Part) => t('与账本不符', 'does not match the ledger'),
  cacheRead: (row: Part, rows: Part) =>
    t(
      `从缓存第 ${row} 行接着读 ${rows} 行`,
      `the start cache covers row ${row}; ${rows} later rows were read`,
    ),
  cacheNotKept: (_why: Part) => t('启动缓存没有保存', 'the start cache was not saved'),
  contactCopied: () =>
    t('首次接触:天线自报的值', 'first contact: values that the antenna reported'),
  contactOther: () =>
    t(
      '接触时天线的值与本机上次写入的不同',
      'at contact the antenna had other values than this computer last wrote',
    ),
  contactWrote: (power: Part) =>
    t(
      `首次接触:写入功率 ${power} 档,之前未知`,
      `first contact: power step ${power} was written; the earlier one is not known`,
    ),
  contactAdopted: (changes: Part) =>
    t(`首次接触:采用天线的 ${changes}`, `first contact: ${changes} taken from the antenna`),
  contactAsks: () => t('首次接触:要由人填写功率', 'first contact: a person must enter the power'),
  contactUnknown: () => t('(首次接触,之前未知)', '(first contact, earlier value not known)'),
  countedBefore: (from: Part, to: Part) =>
    t(`固件 ${from} → ${to}:换算前的值`, `firmware ${from} → ${to}: values before the conversion`),
  versionBefore: (from: Part, to: Part) =>
    t(
      `天线的版本由 ${from} 变为 ${to}:之前的设置`,
      `version of the antenna ${from} → ${to}: settings before`,
    ),
  versionAfter: (from: Part, to: Part) =>
    t(
      `天线的版本由 ${from} 变为 ${to}:之后的设置`,
      `version of the antenna ${from} → ${to}: settings after`,
    ),
  recounted: (from: Part, to: Part, changes: Part) =>
    t(`固件 ${from} → ${to} 换算:${changes}`, `firmware ${from} → ${to}, converted: ${changes}`),
  certificateRefused: (serial: Part, from: Part, to: Part, clock: Part, signed: Part) =>
    t(
      `${serial}: ${from} - ${to}; 本机时间 ${clock}; 签于 ${signed}`,
      `${serial}: ${from} - ${to}; time here ${clock}; signed ${signed}`,
    ),
  certificateHeld: (whose: Part, serial: Part, from: Part, to: Part, clock: Part) =>
    t(
      `${certificateWords(whose)[0]} ${serial}: ${from} - ${to}; 本机时间 ${clock}`,
      `${certificateWords(whose)[1]} ${serial}: ${from} - ${to}; time here ${clock}`,
    ),
  platformBill: () => t('平台账单', 'the bill of the platform'),
  paidTwice: () => t('重复付款', 'paid twice'),
  firstCarTest: () => t('首车测试', 'first car test'),
  firstContact: () => t('首次接触', 'first contact'),
  measuredFor: (aim: Part, why: Part) => t(`实测:${aim} ${why}`, `measured: ${aim} ${why}`),
  undoProven: (stepId: Part) =>
    t(`撤回 ${stepId}:这些值以前已证实`, `undo of ${stepId}: these values were proven earlier`),
  rowsTellNothing: () =>
    t('账本没有记录所需的内容', 'the ledger does not contain what the record needs'),
  paidUnsent: () => t('已付款但没有上传行', 'the stay was paid, but it has no upload row'),
  pointTwiceInFile: () => t('文件中该点不止一次', 'the file contains this point more than once'),
  turnMissing: () => t('缺少前一步', 'the step before it is missing'),
  notProven: (seq: Part) =>
    t(
      `未证实:损坏文件中的记录 ${seq} 不接在前一条之后`,
      `not proven: record ${seq} of the damaged file does not follow the one before it`,
    ),
  speedHex: (baud: Part, hex: Part) => t(`${baud} 波特,${hex}`, `${baud} baud, ${hex}`),
  sampleHex: (hex: Part) => t(`字节 ${hex}`, `bytes ${hex}`),
  heardBytes: (bytes: Part, framed: Part, zeros: Part) =>
    t(
      `${bytes} 字节,成帧 ${framed},NUL ${zeros}`,
      `${bytes} bytes, ${framed} framed, ${zeros} NUL`,
    ),
  heardHex: (bytes: Part, framed: Part, zeros: Part, hex: Part) =>
    t(
      `${bytes} 字节,成帧 ${framed},NUL ${zeros}: ${hex}`,
      `${bytes} bytes, ${framed} framed, ${zeros} NUL: ${hex}`,
    ),
} as const satisfies Readonly<Record<string, (...args: Part[]) => BilingualText>>
