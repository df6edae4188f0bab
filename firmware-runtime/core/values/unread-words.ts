// Why bytes, a message or a document of a device cannot be used: a word with its arguments, in both languages.
// Names of members, frames and commands stay as they are; what a parser says is its own.
import { t, type BilingualText } from './fault-text.ts'

type Part = string | number

export const unreadSentences = {
  functionUnknown: (code: Part) => t(`功能码 ${code} 不认识`, `function ${code} is not known`),
  commandUnknown: (code: Part) => t(`命令 ${code} 不认识`, `command ${code} is not known`),
  endsBefore: (frame: Part, field: Part) =>
    t(`${frame} 在 ${field} 之前就结束了`, `${frame} ends before ${field}`),
  endsIn: (frame: Part, field: Part) => t(`${frame} 断在 ${field} 中`, `${frame} ends in ${field}`),
  bytesOver: (frame: Part, count: Part) =>
    t(`${frame} 多出 ${count} 字节`, `${frame} has ${count} bytes over`),
  pageOfLines: (frame: Part, count: Part) =>
    t(`${frame}: 一页有 ${count} 行`, `${frame}: a page of ${count} lines`),
  lineUnended: (frame: Part, line: Part) =>
    t(`${frame}: 第 ${line} 行没有结束`, `${frame}: line ${line} does not end`),

  takenFromLength: (count: Part) => t(`${count} 由长度推出`, `${count} taken from the length`),

  otherTopic: () => t('是另一个主题', 'another topic'),
  noJsonObject: () => t('不是 JSON 对象', 'no JSON object'),
  otherDevice: () => t('与主题中的设备不同', 'another device than its topic'),
  noSpaceState: () => t('没有车位状态', 'no state of a space'),
  notAReport: () => t('不是报告', 'not a report'),
  noDevicePayload: () => t('没有设备号或内容', 'no device or no payload'),
  notZeroOrOne: (member: Part) => t(`${member} 不是 0 或 1`, `${member} is not 0 or 1`),

  messageMisses: (member: Part) => t(`没有 ${member}`, `${member} is missing`),
  memberIs: (member: Part, value: Part) => t(`${member} 是 ${value}`, `${member} is ${value}`),
  memberTimes: (member: Part, count: Part) =>
    t(`${member} 出现 ${count} 次`, `${member} is there ${count} times`),
  holdsElements: (member: Part) => t(`${member} 内含元素`, `${member} holds elements`),
  tooManyElements: () => t('元素比相机会发的多', 'more elements than a camera sends'),
  tooManyCharacters: (count: Part) => t(`${count} 个字符`, `${count} characters`),
  doctypeDeclared: () => t('声明了文档类型', 'a document type is declared'),
  rootTwice: () => t('根元素不止一个', 'more than one root'),
  rootIsNot: (name: Part) => t(`根元素不是 ${name}`, `the root is not ${name}`),
  namesNoDevice: () =>
    t(
      'macAddress 和 ipAddress 都没有指明设备',
      'neither macAddress nor ipAddress names the device',
    ),
  notParsed: (why: Part) => t(`读不懂:${why}`, `not readable: ${why}`),
  partIsNeither: () => t('既不是文本也不是图片', 'neither a text nor a picture'),
  noEvents: () => t('文本中没有事件', 'no events in the text'),
  serialLength: (bytes: Part, said: Part) =>
    t(`串口数据有 ${bytes} 字节,声称 ${said}`, `serial bytes are ${bytes}, said to be ${said}`),
  answerUnread: () => t('应答读不懂', 'not read'),
  cellCut: (mode: Part) => t(`${mode} 不完整`, `${mode} is cut`),
  noSuchPlace: () => t('没有这样的位置', 'no such place'),
  fixWithoutTime: () => t('定位没有时间', 'a fix without its time'),
  refusedPushes: (sources: Part, paths: Part) =>
    t(`${sources} 个来源,${paths} 个路径`, `${sources} sources, ${paths} paths`),
} as const satisfies Readonly<Record<string, (...args: Part[]) => BilingualText>>
