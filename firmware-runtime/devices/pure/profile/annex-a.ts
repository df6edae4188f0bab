// Tables A.1 to A.3 of DBJT45/T 065-2024 as data: each row as printed, and the rule that judges it.
// Comparison signs stay as printed. Where a sign reads the wrong way round, `odd` says so.
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { DeviceKind } from './kinds.ts'

/** A number, or an inclusive range. */
export type Span = { readonly min: number; readonly max: number }

export type StandardRule =
  /** Shown by a test report: the limits are in another standard, which is not public. */
  | { readonly compare: 'conforms'; readonly standard: string }
  /** The feature is present. */
  | { readonly compare: 'has' }
  | {
      readonly compare: 'atLeast' | 'atMost' | 'moreThan' | 'lessThan'
      readonly limit: number
      readonly unit: string
    }
  /** The value, or its whole range, lies inside. */
  | { readonly compare: 'within'; readonly span: Span; readonly unit: string }
  /** The range of the value includes all of this one. */
  | { readonly compare: 'covers'; readonly span: Span; readonly unit: string }
  /** Each value lies in one of the bands. */
  | { readonly compare: 'bands'; readonly bands: readonly Span[]; readonly unit: string }
  | { readonly compare: 'anyOf' | 'allOf'; readonly of: readonly string[] }
  /** At least one, with any name. */
  | { readonly compare: 'some' }

export interface StandardRow {
  readonly table: 'A.1' | 'A.2' | 'A.3'
  readonly row: string
  /** The parameter as printed, and in English. */
  readonly title: BilingualText
  /** The specification as printed. */
  readonly printed: string
  readonly rule: StandardRule
  /** A note on an oddity of the printed rule, shown with the verdict. */
  readonly odd?: BilingualText
}

type Table = StandardRow['table']

const row = (
  table: Table,
  id: string,
  zh: string,
  en: string,
  printed: string,
  rule: StandardRule,
  odd?: BilingualText,
): StandardRow => ({
  table,
  row: id,
  title: { zh, en },
  printed,
  rule,
  ...(odd === undefined ? {} : { odd }),
})

const conforms = (standard: string): StandardRule => ({ compare: 'conforms', standard })

/** The ten radio rows, the same for antenna, pile and handheld. */
function radioRows(table: Table): readonly StandardRow[] {
  const names: readonly (readonly [string, string, string])[] = [
    ['carrier-frequency', '载波频率', 'Carrier frequency'],
    ['occupied-bandwidth', '占用带宽', 'Occupied bandwidth'],
    ['eirp', '等效全向辐射功率', 'Equivalent isotropic radiated power'],
    ['adjacent-channel-leakage', '邻道泄漏功率比', 'Adjacent channel leakage power ratio'],
    ['half-power-width-horizontal', '天线半功率波瓣宽度 水平面', 'Half-power width, horizontal'],
    ['half-power-width-vertical', '天线半功率波瓣宽度 垂直面', 'Half-power width, vertical'],
    ['polarisation', '天线极化', 'Antenna polarisation'],
    ['bit-rate', '位速率', 'Bit rate'],
    ['bit-clock-accuracy', '位时钟精度', 'Accuracy of the bit clock'],
    ['receive-sensitivity', '接收灵敏度', 'Receive sensitivity'],
  ]
  const printed = '符合GB/T 20851.1的要求'
  return names.map(([id, zh, en]) => row(table, id, zh, en, printed, conforms('GB/T 20851.1')))
}

const interfacesRead: BilingualText = {
  zh: '原文列举后有“等”字,按至少具备所列之一判定',
  en: 'The list ends in "and so on": read as at least one of those named',
}

/** Interfaces and environment, the same for antenna and pile. */
const unitRows = (table: Table): readonly StandardRow[] => [
  row(
    table,
    'interfaces',
    '通信接口',
    'Communication interfaces',
    '提供RS232/RS485、以太网等通信接口',
    { compare: 'anyOf', of: ['RS232', 'RS485', 'Ethernet'] },
    interfacesRead,
  ),
  row(table, 'psam-slot', '其它接口', 'Other interfaces', '应具备PSAM卡插槽', { compare: 'has' }),
  row(table, 'vibration', '振动', 'Vibration', '符合GB/T 2423.10的要求', conforms('GB/T 2423.10')),
  row(table, 'shock', '冲击', 'Shock', '符合GB/T 2423.5的要求', conforms('GB/T 2423.5')),
  row(table, 'salt-mist', '盐雾', 'Salt mist', '符合GB/T 2423.18的要求', conforms('GB/T 2423.18')),
  row(table, 'lightning', '雷击', 'Lightning', '应具备抗雷击设计', { compare: 'has' }),
]

const handheldRows: readonly StandardRow[] = [
  ...radioRows('A.3'),
  row(
    'A.3',
    'wired-interfaces',
    '有线通信接口',
    'Wired interfaces',
    '提供USB2.0接口、Micro-SIM卡插槽、TF卡插槽*1',
    { compare: 'allOf', of: ['USB2.0', 'Micro-SIM', 'TF'] },
  ),
  row('A.3', 'psam-seat', 'PSAM 卡', 'PSAM card', '应提供内嵌 PSAM 卡座', { compare: 'has' }),
]

const radarRows: readonly StandardRow[] = [
  row(
    'A.2',
    'frequency',
    '发射频率',
    'Transmit frequency',
    '选用 24 GHz、60 GHz 和 92 GHz~95 GHz 频段',
    {
      compare: 'bands',
      bands: [
        { min: 24, max: 24 },
        { min: 60, max: 60 },
        { min: 92, max: 95 },
      ],
      unit: 'GHz',
    },
    {
      zh: '24 GHz、60 GHz 按标称频段比较;常见的 76~81 GHz 频段不在表内',
      en: '24 and 60 GHz are compared as nominal bands; the usual 76 to 81 GHz is not in the table',
    },
  ),
  row('A.2', 'interfaces', '通信接口', 'Communication interface', '提供 RS485 接口或其他通信接口', {
    compare: 'some',
  }),
  row(
    'A.2',
    'range',
    '测距范围',
    'Measuring range',
    '≤50 m',
    { compare: 'atMost', limit: 50, unit: 'm' },
    {
      zh: '按原文“≤”判定:量程超过 50 m 的雷达不符合',
      en: 'Judged as printed: a radar that reaches beyond 50 m does not meet the row',
    },
  ),
  row(
    'A.2',
    'range-accuracy',
    '测距精度',
    'Range accuracy',
    '≥0.28 m',
    { compare: 'atLeast', limit: 0.28, unit: 'm' },
    {
      zh: '原文为“≥”,按字面误差越小越不符合,疑为“≤”之误;按原文判定并注明',
      en: 'Printed with ≥, so that a smaller error fails; probably meant ≤. Judged as printed',
    },
  ),
  row('A.2', 'range-resolution', '距离测量分辨率', 'Range resolution', '≤0.56 m', {
    compare: 'atMost',
    limit: 0.56,
    unit: 'm',
  }),
  row(
    'A.2',
    'angle-accuracy',
    '测角精度',
    'Angle accuracy',
    '≥1 deg',
    { compare: 'atLeast', limit: 1, unit: 'deg' },
    {
      zh: '原文为“≥”,按字面误差越小越不符合,疑为“≤”之误;按原文判定并注明',
      en: 'Printed with ≥, so that a smaller error fails; probably meant ≤. Judged as printed',
    },
  ),
  row('A.2', 'targets', '可检测目标数', 'Detectable targets', '≥4 个目标', {
    compare: 'atLeast',
    limit: 4,
    unit: 'targets',
  }),
]

interface CameraFigures {
  readonly pixels: readonly ['atLeast' | 'moreThan', number, string, BilingualText?]
  readonly lines: readonly [number, string, BilingualText]
  readonly compression: string
  readonly ratePercent: number
}

function cameraRows({
  pixels,
  lines,
  compression,
  ratePercent,
}: CameraFigures): readonly StandardRow[] {
  const [compare, limit, printedPixels, oddPixels] = pixels
  const [lineLimit, printedLines, oddLines] = lines
  return [
    row(
      'A.3',
      'sensor',
      '图像传感器',
      'Image sensor',
      printedPixels,
      { compare, limit, unit: 'pixels' },
      oddPixels,
    ),
    row(
      'A.3',
      'resolution',
      '分辨率',
      'Resolution',
      printedLines,
      { compare: 'moreThan', limit: lineLimit, unit: 'lines' },
      oddLines,
    ),
    row('A.3', 'compression', '压缩标准', 'Compression', compression, {
      compare: 'anyOf',
      of: ['H.264', 'H.265', 'MJPEG'],
    }),
    row('A.3', 'recognition', '识别率', 'Recognition rate', `≥${ratePercent}%`, {
      compare: 'atLeast',
      limit: ratePercent,
      unit: '%',
    }),
  ]
}

const above720: BilingualText = {
  zh: '原文为“>”:恰为 720P 的摄像机不符合',
  en: 'Printed with >: a camera of exactly 720 lines does not meet the row',
}
const above1080: BilingualText = {
  zh: '原文为“>”:恰为 1 080P 的摄像机不符合,而 1 080P 的传感器约 207 万像素,符合上一行',
  en: 'Printed with >: exactly 1080 lines fail here, while their 2.07 million pixels meet the row above',
}
const moreThan130: BilingualText = {
  zh: '巡检车为“>130 W”,路侧摄像机为“≥130 W”',
  en: 'Printed with > for the patrol car and with ≥ for the roadside camera',
}

const roadsideRows = cameraRows({
  pixels: ['atLeast', 1_300_000, '像素 ≥130 W'],
  lines: [720, '>720 P', above720],
  compression: 'H.264、H.265 或 MJPEG',
  ratePercent: 99,
})
const highRows = cameraRows({
  pixels: ['moreThan', 2_000_000, '像素 >200 W'],
  lines: [1080, '>1 080 P', above1080],
  compression: 'H.264 或 H.265 或 MJPEG',
  ratePercent: 98,
})
const patrolRows = cameraRows({
  pixels: ['moreThan', 1_300_000, '像素>130 W', moreThan130],
  lines: [720, '>720 P', above720],
  compression: 'H.264、H.265 或 MJPEG',
  ratePercent: 99,
})

const geomagneticRows: readonly StandardRow[] = [
  row('A.3', 'mounting', '安装方式', 'Mounting', '埋地式或地贴式', {
    compare: 'anyOf',
    of: ['buried', 'surface'],
  }),
  row(
    'A.3',
    'detection',
    '检测模式',
    'Detection',
    '磁场、毫米波雷达、光感等检测方式',
    { compare: 'anyOf', of: ['magnetic', 'millimetre-wave radar', 'light'] },
    interfacesRead,
  ),
  row('A.3', 'network', '通讯类型', 'Network', 'NB-IoT、4G Cat. 1 或 LoRa-WAN', {
    compare: 'anyOf',
    of: ['NB-IoT', '4G Cat.1', 'LoRaWAN'],
  }),
]

const timeRows: readonly StandardRow[] = [
  row(
    'A.3',
    'beidou-server',
    '授时设备',
    'Time server of the platform',
    'ETC 拓展平台宜配备北斗授时服务器',
    { compare: 'has' },
    { zh: '原文为“宜”', en: 'Printed as a recommendation' },
  ),
  row(
    'A.3',
    'sync-interval',
    '授时设备',
    'Time between two synchronisations',
    'ETC 接入系统每半小时同步一次时间',
    { compare: 'atMost', limit: 30, unit: 'min' },
    {
      zh: '原文为“每半小时一次”,按不超过 30 min 判定',
      en: 'Printed as once each half hour: read as at most 30 minutes',
    },
  ),
]

const islandRows: readonly StandardRow[] = [
  row('A.3', 'width', '宽度', 'Width', '0.6 m~1.5 m', {
    compare: 'within',
    span: { min: 0.6, max: 1.5 },
    unit: 'm',
  }),
  row('A.3', 'length', '长度', 'Length', '≥3 m', { compare: 'atLeast', limit: 3, unit: 'm' }),
  row('A.3', 'height', '高度', 'Height', '≥15 cm', { compare: 'atLeast', limit: 15, unit: 'cm' }),
]

const loopRows: readonly StandardRow[] = [
  row('A.3', 'temperature', '工作温度', 'Working temperature', '-20 °C~+65 °C', {
    compare: 'covers',
    span: { min: -20, max: 65 },
    unit: '°C',
  }),
  row('A.3', 'frequency', '工作频率', 'Working frequency', '20 kHz~170 kHz', {
    compare: 'within',
    span: { min: 20, max: 170 },
    unit: 'kHz',
  }),
  row('A.3', 'response', '反应时间', 'Response time', '<100 ms', {
    compare: 'lessThan',
    limit: 100,
    unit: 'ms',
  }),
  row('A.3', 'inductance', '线圈电感量', 'Inductance of the coil', '100 uH~300 uH', {
    compare: 'within',
    span: { min: 100, max: 300 },
    unit: 'µH',
  }),
]

/** Every row of the annex for each kind; an empty list where the annex has no table for it. */
export const annexA: { readonly [kind in DeviceKind]: readonly StandardRow[] } = {
  rsu: [...radioRows('A.1'), ...unitRows('A.1')],
  'roadside-camera': roadsideRows,
  'high-camera': highRows,
  barrier: [],
  display: [],
  loop: loopRows,
  radar: radarRows,
  geomagnetic: geomagneticRows,
  'etc-pile': [...radioRows('A.3'), ...unitRows('A.3')],
  handheld: handheldRows,
  'patrol-car': patrolRows,
  'time-server': timeRows,
  'safety-island': islandRows,
  // 6.11 points to GB/T 15566.11; the annex has no row for signs.
  sign: [],
  instrument: [],
  modem: [],
  scanner: [],
  printer: [],
}
