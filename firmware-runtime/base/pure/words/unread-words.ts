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
    t(`${frame} 多出 ${count} 字节`, `${frame} has ${count} bytes too many`),
  pageOfLines: (frame: Part, count: Part) =>
    t(`${frame}: 一页有 ${count} 行`, `${frame}: a page has ${count} lines`),
  lineUnended: (frame: Part, line: Part) =>
    t(`${frame}: 第 ${line} 行没有结束`, `${frame}: line ${line} does not end`),

  takenFromLength: (count: Part) => t(`${count} 由长度推出`, `${count} derived from the length`),

  otherTopic: () => t('是另一个主题', 'it is another topic'),
  noJsonObject: () => t('不是 JSON 对象', 'it is not a JSON object'),
  otherDevice: () => t('与主题中的设备不同', 'the device differs from the one in the topic'),
  noSpaceState: () => t('没有车位状态', 'there is no state of a parking space'),
  notAReport: () => t('不是报告', 'not a report'),
  noDevicePayload: () => t('没有设备号或内容', 'the device or the content is missing'),
  notZeroOrOne: (member: Part) => t(`${member} 不是 0 或 1`, `${member} is not 0 or 1`),

  messageMisses: (member: Part) => t(`没有 ${member}`, `${member} is missing`),
  memberIs: (member: Part, value: Part) => t(`${member} 是 ${value}`, `${member} is ${value}`),
  memberTimes: (member: Part, count: Part) =>
    t(`${member} 出现 ${count} 次`, `${member} appears ${count} times`),
  holdsElements: (member: Part) => t(`${member} 内含元素`, `${member} contains elements`),
  tooManyElements: () => t('元素比相机会发的多', 'it has more elements than a camera sends'),
  tooManyCharacters: (count: Part) => t(`${count} 个字符`, `${count} characters`),
  doctypeDeclared: () => t('声明了文档类型', 'a document type is declared'),
  rootTwice: () => t('根元素不止一个', 'there is more than one root element'),
  rootIsNot: (name: Part) => t(`根元素不是 ${name}`, `the root element is not ${name}`),
  namesNoDevice: () =>
    t(
      'macAddress 和 ipAddress 都没有指明设备',
      'neither macAddress nor ipAddress names the device',
    ),
  notParsed: (why: Part) => t(`读不懂:${why}`, `not readable: ${why}`),
  partIsNeither: () => t('既不是文本也不是图片', 'it is neither text nor a picture'),
  noEvents: () => t('文本中没有事件', 'there are no events in the text'),
  serialLength: (bytes: Part, said: Part) =>
    t(
      `串口数据有 ${bytes} 字节,声称 ${said}`,
      `the serial data has ${bytes} bytes, but ${said} are announced`,
    ),
  answerUnread: () => t('应答读不懂', 'the answer cannot be read'),
  cellCut: (mode: Part) => t(`${mode} 不完整`, `${mode} is incomplete`),
  noSuchPlace: () => t('没有这样的位置', 'there is no such position'),
  fixWithoutTime: () => t('定位没有时间', 'the fix has no time'),
  refusedPushes: (sources: Part, paths: Part) =>
    t(`${sources} 个来源,${paths} 个路径`, `${sources} sources, ${paths} paths`),
} as const satisfies Readonly<Record<string, (...args: Part[]) => BilingualText>>
