// Words of the frame: bars, notices, log, palette, help, system screen, faults.
// Units stand in the text beside their number.
import { byLaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import { deviceKinds } from '#base/pure/device-kinds/table.ts'
import { t } from '#base/pure/words/fault-text.ts'

export const app = { title: t('ETC 车道工作室', 'ETC Lane Studio') }

export const mode = {
  demo: t('演示', 'Demo'),
  rehearsal: t('演练', 'Rehearsal'),
  live: t('运行', 'Live'),
  workbench: t('工作台', 'Workbench'),
  unknown: t('未连接', 'Not connected'),
  trial: t('试运行 {seconds} 秒', 'Trial {seconds} s'),
  trialStarting: t('试运行 正在写入', 'Trial, writing'),
}

export const nav = {
  label: t('页面', 'Pages'),
  of: {
    booth: t('岗亭', 'Booth'),
    money: t('经营', 'Business'),
    devices: t('设备', 'Devices'),
    works: t('工程', 'Site work'),
    inbox: t('待办', 'To do'),
  },
}

export const top = {
  search: t('命令', 'Commands'),
  help: t('帮助', 'Help'),
  heard: t('{age}前有应答', 'answered {age} ago'),
  neverHeard: t('还没有应答', 'no answer yet'),
  noNews: t('无', 'none'),
  old: t('久无消息', 'silent for long'),
  up: t('在线', 'online'),
  down: t('失联', 'lost'),
  unready: t('不能工作', 'cannot work'),
  off: t('未配置', 'not configured'),
  clock: t('时钟 {offset}', 'clock {offset}'),
  why: {
    notReached: t('连不上', 'cannot be reached'),
    silent: t('没有应答', 'does not answer'),
    garbage: t(
      '有数据而不是该设备的报文:核对速率和型号(LINK-05)',
      'data arrives, but no frames of this device: check speed and model (LINK-05)',
    ),
    credentials: t('用户名或密码不被接受', 'user or password not accepted'),
    secretMissing: t('没有写入密码', 'password not set'),
    noDigest: t('没有启用 Digest 认证', 'Digest is switched off'),
    opensByItself: t('可能自行开闸', 'may open by itself'),
    notSupported: t('不支持所写的方式', 'method not supported'),
    wrongPath: t(
      '推送到旧地址:从「设备 · 查找」页复制完整地址填入相机(CAM-04)',
      'pushes to an old address: copy the full one from the find page into the camera (CAM-04)',
    ),
    pushRefused: t(
      '推来的内容读不出车牌(CAM-12)',
      'it pushes, but no plate can be read from what it sends (CAM-12)',
    ),
    asksPower: t(
      '首次接入:先填写功率,之后才读卡(SET-07)',
      'first contact: enter its power before it reads cards (SET-07)',
    ),
    simulated: t(
      '是模拟器,正式停车场不用它收费',
      'a simulator: a live car park does not charge with it',
    ),
    plateMissed: t('有车来而没有车牌', 'a car came, but no plate was read'),
    held: t('已被接管', 'taken over'),
    paperOut: t('缺纸', 'out of paper'),
    coverOpen: t('上盖开着', 'cover is open'),
    error: t('报故障', 'reports an error'),
    offline: t('脱机', 'is offline'),
    notKnown: t('状态读不到', 'state cannot be read'),
  },
  ...byLaneKind((kind) => deviceKinds[kind].lane.label),
  printer: t('打印机', 'Printer'),
  devices: t('设备状态 · {lane}', 'Devices · {lane}'),
  attendant: t('值班员', 'Attendant'),
  unnamed: t('未填姓名', 'no name yet'),
  demo: t('演示控制', 'Demo controls'),
  inside: t('场内 {inside} / {capacity} 辆', '{inside} / {capacity} inside'),
}

export const status = {
  label: t('状态栏', 'Status bar'),
  clock: t('时钟 {offset}', 'Clock {offset}'),
  clockUnknown: t('时钟未核对', 'Clock not checked'),
  unsent: t('待上传 {count} 条', '{count} to upload'),
  unsentOldest: t('待上传 {count} 条 (最早 {age})', '{count} to upload (oldest {age})'),
  exposure: t('未入账金额 {amount}', 'Not yet booked {amount}'),
  cut: t('演练:{what}已切断', 'Rehearsal: {what} is cut'),
  platform: t('平台', 'Platform'),
  network: t('网络', 'Network'),
  log: t('日志', 'Log'),
  is: {
    up: t('在线', 'online'),
    failing: t('应答失败', 'calls failing'),
    quiet: t('久未联系', 'no recent contact'),
    later: t('尚未接入', 'not joined yet'),
    down: t('失联', 'lost'),
    off: t('未配置', 'not configured'),
  },
  was: t('{age}前{state}', '{state} {age} ago'),
  answered: t('{age}前有应答', 'answered {age} ago'),
  neverAnswered: t('还没有应答', 'no answer yet'),
  poison: t('需人工 {count} 条', '{count} need a person'),
}

export const age = {
  s: t('{n} 秒', '{n} s'),
  min: t('{n} 分钟', '{n} min'),
  h: t('{n} 小时', '{n} h'),
  d: t('{n} 天', '{n} d'),
}

export const stay = t('{h} 小时 {min} 分', '{h} h {min} min')

export const stayShort = t('{min} 分钟', '{min} min')

export const runtime = {
  restarting: t(
    '车道停了,{seconds} 秒后自动重新启动',
    'The lanes stopped; they restart automatically in {seconds} s',
  ),
  starting: t(
    '正在启动车道,第一次约 10 秒(已 {seconds} 秒)',
    'Starting the lanes; a first start takes about 10 s ({seconds} s so far)',
  ),
  back: t('车道正在按账本恢复停下前的状态', 'The lanes are restoring their state from the ledger'),
  notFound: t(
    '这个停车场的车道没有在运行,启动后自动显示',
    'The lanes of this car park are not running; they appear here once they start',
  ),
  stale: t(
    '{seconds} 秒没有新数据,下面不是现在的状态',
    'No new data for {seconds} s; what is shown is not the present state',
  ),
}

export const system = {
  certificates: t('证书', 'Certificates'),
  certificateOf: t('平台与持有者', 'Platform and holder'),
  certificateNo: t('证书编号', 'Serial number'),
  lastDay: t('最后一天', 'Last day'),
  about: t('关于', 'About'),
  version: t('版本', 'Version'),
  schema: t('账本结构 {schema}', 'ledger schema {schema}'),
  lot: t('停车场', 'Car park'),
  charge: t('扣费方式', 'Charge mode'),
  chargeOf: { card: t('卡内扣费', 'on the card'), online: t('平台扣费', 'by the platform') },
  offline: t('离线策略', 'Offline policy'),
  offlineOf: {
    'other-payment': t('改为人工收费', 'other payment'),
    'settle-later': t('放行,事后追缴', 'let go, collect later'),
    'accept-within-caps': t('限额内离线扣费', 'charge offline within limits'),
  },
  clock: t('时钟', 'Clock'),
  business: t('业务时间', 'Business time'),
  offset: t('与平台相差', 'Difference from platform'),
  offsetLimit: t('限 ±30 s', 'limit ±30 s'),
  ntp: t('车道机网络校时 (NTP)', 'Time service of the lane computer'),
  ntpOf: {
    synchronised: t('已与时间服务器同步', 'synchronised with time server'),
    notSynchronised: t(
      '已开启,但未同步:请检查网络和时间服务器',
      'on, but not synchronised: check network and time server',
    ),
    off: t(
      '未开启:时钟走错时,只有平台或人能发现',
      'off: only the platform or a person can notice a wrong clock',
    ),
    notKnown: t('未知(系统没有 systemd 和 chrony)', 'unknown (no systemd, no chrony)'),
  },
  kept: t('授时核对', 'Clock check'),
  keptOf: {
    right: t('与授时源一致', 'agrees with its source'),
    step: t('已校正', 'corrected'),
    waits: t('等车道无车时校正', 'will be corrected when lanes are empty'),
    ask: t('需要人工校正', 'must be set by hand'),
    disagree: t('授时源互相矛盾,没有改动', 'sources contradict each other, nothing changed'),
    silent: t('授时源没有应答', 'no source answers'),
  },
  keptText: t('{verdict},相差 {offset},{server}', '{verdict}, off by {offset}, {server}'),
  keptAsk: t('要人校正', 'A person sets it'),
  keptHow: t(
    '在系统的日期和时间里打开自动对时,或按时间源改正',
    'Turn on automatic time in the date and time of the system, or set it by the time source',
  ),
  cameraClock: t('相机时钟 · {lane}', 'Camera clock · {lane}'),
  platform: t('平台地址', 'Platform address'),
  signIn: t('签到有效至', 'Signed in until'),
  signInNone: t('没有签到', 'not signed in'),
  chain: t('账本', 'Ledger and its proof'),
  headSeq: t('最新行号', 'Last row'),
  headHash: t('校验值', 'Check value'),
  repair: t('启动核对', 'Check at start'),
  repairOk: t('与账本头一致', 'matches the ledger head'),
  looks: t('显示', 'Display'),
  language: t('语言', 'Language'),
  theme: t('主题', 'Theme'),
  themeOf: {
    auto: t('跟随系统', 'as system'),
    light: t('浅色', 'light'),
    dark: t('深色', 'dark'),
    contrast: t('高对比', 'high contrast'),
    sun: t('阳光(户外,戴手套)', 'sun (outdoors, gloves)'),
  },
  today: t('今日', 'Today'),
  todayText: t('过车 {passages} 辆,ETC 实收 {amount}', '{passages} passages, {amount} paid by ETC'),
}

export const log = {
  title: t('日志', 'Log'),
  filter: t('筛选', 'Filter'),
  filterHint: t('车道、类型或内容', 'lane, type or content'),
  save: t('保存', 'Save'),
  close: t('关闭', 'Close'),
  empty: t(
    '还没有事件。放一辆演示车,或等待车辆到来。',
    'No events yet. Send a demo car, or wait for one.',
  ),
  noMatch: t('没有符合筛选的事件', 'No event matches the filter'),
  dropped: t(
    '有 {count} 条没有显示,完整事件见账本',
    '{count} events are not shown; the ledger has them all',
  ),
  keep: t('保留最近 {count} 条', 'the last {count} are kept'),
  type: {
    started: t('启动', 'started'),
    trigger: t('触发', 'trigger'),
    plateRead: t('识别车牌', 'plate read'),
    obuSeen: t('读到 OBU', 'OBU seen'),
    orderMade: t('生成订单', 'order made'),
    intentSynced: t('扣费前已记账', 'intent recorded'),
    debitSent: t('发出扣费', 'debit sent'),
    outcomeSynced: t('扣费结果已记账', 'outcome recorded'),
    barrierCommanded: t('命令抬杆', 'barrier commanded'),
    barrierOpen: t('杆已抬起', 'barrier open'),
    carLeft: t('车已离开', 'car left'),
    uploaded: t('已上传', 'uploaded'),
    settings: t('设备设置', 'settings'),
    held: t('设备接管', 'device taken over'),
    tested: t('设备测试', 'device tested'),
    fault: t('故障', 'fault'),
  },
}

export const palette = {
  title: t('查找', 'Find'),
  hint: t('车牌、金额、人、设备、设置、页面', 'Plate, amount, person, device, setting, page'),
  none: t('没有找到', 'Nothing found'),
  atLanes: t('要在车道页上,选中有车的车道', 'Only on the lane page, with a car in the chosen lane'),
  notHere: t('这一页没有这个操作', 'This page has no such act'),
  goto: t('打开:{screen}', 'Go to: {screen}'),
  theme: t('主题:{theme}', 'Theme: {theme}'),
  sounds: t('勘测时报读测点:{state}', 'Say survey points aloud: {state}'),
  alarm: t(
    '有车等待或设备失联时提示音:{state}',
    'Sound for a waiting car or a lost device: {state}',
  ),
  on: t('打开', 'on'),
  off: t('关闭', 'off'),
  language: t('语言:{language}', 'Language: {language}'),
  refresh: t('刷新', 'Refresh'),
  log: t('打开或关闭日志', 'Open or close the log'),
  help: t('按键一览', 'Keys'),
  demo: t('演示控制', 'Demo controls'),
}

export const fault = {
  copy: t('复制', 'Copy'),
  copied: t('已复制', 'Copied'),
  retry: t('重试', 'Try again'),
  field: t('字段 {field}', 'field {field}'),
  unknown: t('出现了未登记的错误', 'An unlisted error occurred'),
}

export const common = {
  none: t('—', '—'),
  loading: t('正在读取', 'Reading'),
  serial: t('串口 {at}', 'serial port {at}'),
  network: t('网络 {at}', 'network {at}'),
  close: t('关闭', 'Close'),
  yes: t('是', 'yes'),
  no: t('否', 'no'),
}
