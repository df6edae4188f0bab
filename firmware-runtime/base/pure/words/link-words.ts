// Why a link, a device or a connection is not in service: a word with its arguments, in both languages.
// A row, a capture or a view holds the word; what the system says of a socket or a port stays as it is.
import { t, type BilingualText } from './fault-text.ts'

type Part = string | number

/** What to do by the exception code (Modbus Application Protocol V1.1b3, section 7). */
const exceptionHelp: Readonly<Record<string, readonly [string, string]>> = {
  '1': [
    ':它没有数字输入功能,换带开关量输入的板',
    ': it has no such function; use a board with digital inputs',
  ],
  '2': [
    ':它没有这么多输入,核对型号和接线的输入号',
    ': it has fewer inputs; check the model and the input numbers of the wiring',
  ],
  '3': [':它不接受这个数目,核对型号', ': it does not take this number of inputs; check the model'],
  '4': [
    ':它自己报告故障,断电重启或更换',
    ': it reports a failure of its own; restart or replace it',
  ],
  '6': [':它一直忙,断开其他主机', ': it stays busy; disconnect other masters'],
}

export const linkSentences = {
  closedHere: () => t('车道一侧关闭', 'closed by the lane'),
  closedThere: () => t('设备一侧关闭', 'closed by the device'),
  closedByPeer: () => t('对端关闭', 'closed by the peer'),
  noConnection: (address: Part, ms: Part) =>
    t(`${ms} ms 内连不上 ${address}`, `no connection to ${address} within ${ms} ms`),
  readsNothing: () => t('设备不读取', 'the device does not read'),
  takesNoBytes: () => t('设备不接收字节', 'the device does not accept any bytes'),
  portAway: () => t('端口消失了', 'the port disappeared'),
  noSerialPorts: (why: Part) =>
    t(`本机不能使用串口:${why}`, `serial ports are not available here: ${why}`),
  typesOnLinux: () =>
    t('键盘式扫码枪只能在 Linux 上读取', 'keyboard scanners can be read on Linux only'),
  readerEnded: () => t('读取它的进程结束了', 'the process that reads it has ended'),
  passesNoBytes: () =>
    t('本车道的相机不转发字节', 'the camera of this lane does not pass on bytes'),
  subscriptionRefused: () => t('消息服务器拒绝订阅', 'the message broker refuses the subscription'),
  connectionClosed: () => t('连接已关闭', 'the connection is closed'),

  requestsUnanswered: (count: Part) =>
    t(`${count} 次请求没有应答`, `no answer to ${count} requests`),
  pollsUnanswered: (count: Part) => t(`${count} 次轮询没有应答`, `no answer to ${count} polls`),
  answersAsUnit: (told: Part, asked: Part) =>
    t(
      `对方以单元 ${told} 应答,问的是单元 ${asked}`,
      `it answers as unit ${told}, but unit ${asked} was queried`,
    ),
  answersAsTransaction: (told: Part, asked: Part) =>
    t(
      `对方以事务号 ${told} 应答,问的是 ${asked}`,
      `it answers as transaction ${told}, but ${asked} was sent`,
    ),
  answeredStrange: (bytes: Part) =>
    t(`有应答,但读不懂:${bytes}`, `it answered, but the answer was not understood: ${bytes}`),
  questionUnanswered: (what: Part) => t(`${what} 没有应答`, `no answer to ${what}`),
  questionRefused: (what: Part) => t(`${what} 被拒绝`, `${what} was refused`),
  refusedWith: (what: Part, result: Part) =>
    t(`${what} 被拒绝,结果 ${result}`, `${what} was refused with result ${result}`),
  noAnswerIn: (ms: Part) => t(`${ms} ms 内没有应答`, `no answer within ${ms} ms`),
  nothingIn: (ms: Part) => t(`${ms} ms 内什么也没有收到`, `nothing was received within ${ms} ms`),
  readAt: (cameraIso: Part, ourIso: Part) =>
    t(
      `相机的识别时间 ${cameraIso},本机时间 ${ourIso}`,
      `read at ${cameraIso} by the camera, ${ourIso} by this machine`,
    ),
  timeAbsent: () => t('相机没有报识别时间', 'the camera states no time'),
  timeNotUnderstood: (raw: Part) =>
    t(`读不懂相机的时间“${raw}”`, `the time of the camera was not understood: ${raw}`),
  noHeartbeatIn: (ms: Part) => t(`${ms} ms 内没有心跳`, `no heartbeat within ${ms} ms`),
  inputsUnanswered: () => t('输入没有应答', 'the inputs did not answer'),
  inputsRefused: () => t('输入被拒绝', 'the inputs were refused'),
  readsRefused: (code: Part) => {
    const [zh, en] = exceptionHelp[String(code)] ?? ['', '']
    return t(
      `控制板有应答,但每次读输入(功能 02)都以异常 ${code} 应答${zh}`,
      `the board answers, but refuses each reading of its inputs (function 02) with exception ${code}${en}`,
    )
  },
  heldBy: (names: Part) => t(`被 ${names} 占用`, `held by ${names}`),
  secondDebit: (id: Part) => t(`第二条 C6 被拒绝:${id}`, `the second C6 was refused: ${id}`),
  noPositionReport: () => t('没有位置报告', 'no position report'),
  noReceiverSentence: () => t('没有接收机的语句', 'no sentence from the receiver'),
  modemSilent: () => t('调制解调器没有应答', 'the modem does not answer'),
  boardSilent: () => t('显示屏没有应答', 'the display does not answer'),
  boardPassword: () => t('显示屏不接受密码', 'the display does not accept the password'),
  printerSilent: () => t('打印机没有应答', 'the printer does not answer'),
  printerAnswers: () => t('打印机应答了', 'the printer answers'),
  sensorsSilent: () => t('所有检测器都没有消息', 'no sensor sends messages'),
  spaceUnreported: () => t('没有收到车位的报告', 'no report from the parking spaces'),

  presetStayed: () =>
    t('相机收下了转动命令,但没有转', 'the camera took the command and did not turn'),
  presetElsewhere: () =>
    t(
      '相机转到了别处:预置位可能被改过',
      'the camera stands elsewhere than before: the preset may have been changed',
    ),
  presetSlow: () => t('相机没有按时转到', 'the camera did not arrive in time'),
  presetLeft: () => t('相机离开了预置位', 'the camera left its preset'),
  positionUnread: () => t('相机没有说出自己的位置', 'the camera states no position'),
  presetRefused: (answer: Part) =>
    t(`相机拒绝转到预置位:${answer}`, `the camera refused the preset: ${answer}`),
  credentialsRefused: () =>
    t('用户名或密码不被接受', 'the user name or the password is not accepted'),
  otherPassword: () => t('换了密码', 'the password was changed'),
  secretNotSet: (name: Part) => t(`密码 ${name} 没有设置`, `secret ${name} is not set`),
  secretMissing: () => t('密码没有设置', 'the secret is not set'),
  noDigestOffered: () => t('设备不提供 Digest', 'the device does not offer Digest authentication'),
  noPartsStream: () => t('应答不是分段的流', 'the answer is not a multipart stream'),
  answerOverlong: () => t('应答太长', 'the answer is too long'),
  streamEnded: () => t('流结束了', 'the stream ended'),
  streamGivenUp: () => t('放弃了', 'it was given up'),
  ctrlModUntold: () => t('没有说明 ctrlMod', 'ctrlMod is not reported'),
  ctrlModIs: (mode: Part) => t(`ctrlMod 是 ${mode}`, `ctrlMod is ${mode}`),
  ctrlModStatus: (status: Part) =>
    t(`没有说明 ctrlMod(HTTP ${status})`, `ctrlMod is not reported (HTTP ${status})`),
  openedByCamera: () =>
    t('一个事件说它自己开了闸', 'an event says that the camera itself opened the barrier'),
  pushWas: (head: Part) => t(`推来的请求:${head}`, `the request was: ${head}`),
  pushTooLarge: () => t('推来的内容太大', 'the pushed content is too large'),
  pushCut: () => t('推送中途断开', 'the push was cut off'),
  pushPacked: () => t('推来的内容是压缩的 (gzip)', 'the pushed content is compressed (gzip)'),
  pushNoText: () =>
    t('推来的内容里没有可读的文本', 'the pushed content has no text that can be read'),
  pushMethod: (method: Part) =>
    t(`请求方法是 ${method},应为 POST`, `the request method is ${method}, not POST`),
  pushPath: () => t('推送地址不存在', 'the push address does not exist'),
  pushSource: () => t('发送方不在名单内', 'the sender is not on the list'),
  pushOfBrowser: () =>
    t('请求来自网页,或写了别的主机名', 'the request comes from a web page or names another host'),
  pushExpect: () => t('请求的 Expect 不能满足', 'its Expect header cannot be met'),
  pushHeadTooLong: () => t('请求头太长', 'the header is too long'),
  pushTimedOut: () => t('请求没有按时发完', 'the request did not end in time'),
  pushNoHttp: (code: Part) => t(`不是合规的 HTTP (${code})`, `it is no valid HTTP (${code})`),
  pathNotFound: () => t('以 404 拒绝', 'refused with 404'),
  carWithoutPlate: () => t('有车来,没有车牌', 'a car came, but no plate'),
  charactersMissing: () => t('显示屏缺少一些字', 'the display lacks some characters'),
  failedTimes: (times: Part, why: Part) => t(`${why} (x${times})`, `${why} (x${times})`),

  noLines: () => t('对端发来的不是文本行', 'the peer does not send lines of text'),
  noProbeServer: () => t('应答的不是 probe-server', 'what answers there is not a probe-server'),
  clocksApart: (ms: Part) =>
    t(`两边时钟相差超过 ${ms} ms`, `the clocks differ by more than ${ms} ms`),
  noToken: () => t('没有收到令牌', 'no token was received'),
  notHttp: () => t('应答不是 HTTP', 'the answer is not HTTP'),
  closedUnanswered: () => t('没有应答就关闭了', 'the connection was closed without an answer'),
  testStopped: () => t('已停止', 'stopped'),
  stampedOutOfOrder: (what: Part) =>
    t(`时间戳 ${what} 不可能`, `the timestamp ${what} is impossible`),
  noResultInTime: () =>
    t('停止了,或没有按时得到结果', 'it was stopped, or there was no result in time'),
  receivedOfSent: (received: Part, sent: Part) =>
    t(`发出 ${sent},收到 ${received}`, `${received} received of ${sent} sent`),
  noConnectionIn: (ms: Part) => t(`${ms} ms 内没有连上`, `no connection within ${ms} ms`),
  pingSilent: () => t('ping 没有输出', 'ping printed nothing'),
  noAnswerYet: () => t('没有应答', 'no answer'),
} as const satisfies Readonly<Record<string, (...args: Part[]) => BilingualText>>
