// Words of the lane board: drawing, steps, car, reasons, demo controls.
// What a driver reads comes from the runtime instead.
import { t } from '#base/pure/words/fault-text.ts'
import { plateColourWords } from '#base/pure/words/match-words.ts'
import { shownReasons } from '#base/pure/words/manual-reason.ts'

export const lane = {
  none: t('没有车道', 'No lanes'),
  noneWhy: t(
    '车道启动后,这里会画出每条车道、本车和设备状态。',
    'Once the lanes are running, each is drawn here with its car and device states.',
  ),
  idle: t('空闲,等待车辆', 'Idle, waiting for a car'),
  entry: t('入口', 'Entry'),
  exit: t('出口', 'Exit'),
  openedAlone: t(
    '{time} 道闸没有收到命令就抬起:查看该时刻的录像,检查遥控器和手动按钮(BOOM-01)',
    '{time}: the boom opened without a command. Check the video of that moment, the remote control and the push button (BOOM-01)',
  ),
  leftUp: t(
    '{time} 起道闸开着,不会自己落下,车可能未付费离开:确认杆下和杆前后没有人和车,再用道闸自带的遥控器或按钮落杆',
    'Since {time} the boom is up and does not come down by itself; cars may leave unpaid. Make sure that no person and no car is under it or beside it, then lower it by its own remote control or button',
  ),
  switchTo: t('放大显示', 'Enlarge'),
  side: t('侧视', 'Side'),
  plan: t('俯视', 'Above'),
  drawn: {
    boom: t(':道闸{state}', ': barrier {state}'),
    arrive: t(',触发地感{state}', ', arrival loop {state}'),
    under: t(',防砸地感{state}', ', loop under the barrier {state}'),
  },
  loopArrive: t('触发地感', 'Arrival loop'),
  loopUnder: t('防砸地感', 'Barrier loop'),
  zone: t('通信区域 3.2 m', 'Zone 3.2 m'),
  booth: t('岗亭', 'Booth'),
  boothWaits: t('岗亭：等待处理的车辆', 'Booth: cars waiting for help'),
  boothTake: t('处理', 'Attend'),
  holder: {
    none: t('双向车道,空闲', 'two-way lane, free'),
    entry: t('双向车道,入场中', 'two-way lane, car entering'),
    exit: t('双向车道,出场中', 'two-way lane, car leaving'),
  },
  beside: {
    entry: t('相邻入口车道', 'entry lane beside it'),
    exit: t('相邻出口车道', 'exit lane beside it'),
  },
  antenna: t('天线', 'Antenna'),
  searching: t('正在搜索 OBU', 'searching for an OBU'),
  camera: t('相机', 'Camera'),
  loop: { on: t('有车', 'car on it'), off: t('无车', 'clear'), unknown: t('未知', 'unknown') },
  boom: {
    unknown: t('位置未知', 'unknown'),
    closed: t('关', 'closed'),
    opening: t('正在开', 'opening'),
    open: t('开', 'open'),
    closing: t('正在关', 'closing'),
    stopped: t('停在中途', 'stopped'),
    heldOpen: t('常开', 'held open'),
    fault: t('故障', 'fault'),
  },
  state: {
    idle: t('空闲', 'Idle'),
    reading: t('识别车牌', 'Reading the plate'),
    searching: t('搜索 OBU', 'Searching for the OBU'),
    debiting: t('正在扣费', 'Charging'),
    suspect: t('核对扣费结果', 'Checking the charge'),
    asking: t('询问平台', 'Asking the platform'),
    charging: t('平台扣费中', 'Platform is charging'),
    waiting: t('等待确认', 'Waiting for the result'),
    manual: t('需要人工', 'Needs a person'),
    opening: t('抬杆放行', 'Letting the car through'),
    told: t('已下达开闸,未见道闸抬起', 'Open command sent, boom not seen up'),
    notOpened: t('道闸没有抬起', 'The boom did not open'),
    rising: t('正在抬杆', 'Boom going up'),
    noEtc: t('ETC 设备故障', 'ETC equipment out of order'),
  },
}

export const step = {
  label: t('过车步骤', 'Steps of this passage'),
  trigger: t('触发', 'Trigger'),
  plate: t('车牌', 'Plate'),
  obu: t('OBU', 'OBU'),
  order: t('订单', 'Order'),
  charge: t('扣费', 'Charge'),
  barrier: t('抬杆', 'Barrier'),
  ms: t('{ms} ms', '{ms} ms'),
  idle: t('未到', 'not yet'),
  busy: t('进行中', 'busy'),
  done: t('完成', 'done'),
  failed: t('未成功', 'failed'),
}

export const car = {
  label: t('本车', 'This car'),
  none: t('车道上没有车', 'No car in the lane'),
  noneWhy: t(
    '车辆压上触发地感后,这里显示车牌照片、金额和扣费经过。',
    'When a car reaches the arrival loop, its photo, amount and charge appear here.',
  ),
  sendOne: t('放一辆演示车', 'Send a demo car'),
  noPlate: t('未识别', 'not read'),
  unusual: t(
    '少见的车牌,请核对有没有多写或漏写:{plates}',
    'unusual plates; check for a missing or extra character: {plates}',
  ),
  raw: t('相机原始结果 {plate}', 'camera read {plate}'),
  colour: plateColourWords,
  photo: t('车牌照片', 'Photo of the plate'),
  noPhoto: t('没有照片', 'No photo'),
  entered: t('入场 {time}', 'In at {time}'),
  stayed: t('停留 {stay}', 'stayed {stay}'),
  amount: t('应收', 'Amount'),
  due: t('待收 {amount}', '{amount} due'),
  why: t('计价明细', 'Why this amount'),
  noAmount: t('未计价', 'not priced'),
  etc: t('ETC', 'ETC'),
  obu: t('OBU 号', 'OBU'),
  card: t('卡号', 'Card'),
  balance: t('余额 {amount}', 'balance {amount}'),
  credit: t('记账卡', 'credit card'),
  stored: t('储值卡', 'stored-value card'),
  noObu: t('未读到', 'not read'),
  scan: t('扫码支付 {amount}', 'Scan to pay {amount}'),
  codeRuns: t(
    '付款码正在扣款,请车主留意手机',
    'The payment code is being charged: ask the driver to watch the phone',
  ),
  codeFailed: t(
    '付款码没有付成,请刷新后再扫或改用其他方式',
    'The payment code failed: scan a refreshed code, or use another means',
  ),
  codeUnknown: t(
    '付款码还没有结果,可能已付:先等网关应答,不要当作未付',
    'No result for the payment code yet; it may have been paid: wait for the gateway, do not treat it as unpaid',
  ),
  noScanner: t(
    '扫码器没有连上:付款码在值班台扫,或改用其他方式',
    'The scanner is not connected: scan the code at the desk, or use another means',
  ),
  codeComing: t('正在向支付网关要二维码', 'Requesting a QR code from the payment gateway'),
  paySilent: t(
    '支付网关自 {time} 起没有应答:没有新二维码,请用其他方式收费',
    'The payment gateway has not answered since {time}: no new QR code; use another means',
  ),
  driver: t('屏显', 'Display'),
  driverEmpty: t('(空白)', '(blank)'),
  driverSending: t('正在发送', 'sending'),
  driverSilent: t(
    '显示屏无应答,司机看不到',
    'The display does not answer; the driver cannot see it',
  ),
  driverRefused: t(
    '显示屏拒绝显示,司机看不到',
    'The display refused this; the driver cannot see it',
  ),
  detail: t('过车经过', 'Timeline'),
  manual: t('需要人工:{reason}', 'Needs a person: {reason}'),
  inDoubt: t(
    '{plate} 在重启前已付费,未见离开:是它就纠正车牌,不是就另行收费',
    '{plate} paid before a restart and was not seen leaving. If it is this car, correct the plate; if not, take payment',
  ),
}

export const clock = {
  cause: {
    jump: t(
      '本机时钟发生跳变,各车道暂停自动计价',
      "This computer's clock jumped: all lanes pause automatic pricing",
    ),
    behindLedger: t(
      '本机时钟早于账本最后一条记录,各车道暂停自动计价',
      'The clock is earlier than the last ledger row: all lanes pause automatic pricing',
    ),
    aheadOfLedger: t(
      '本机时钟比账本最后一条记录晚 31 天以上,确认之前各车道暂停自动计价',
      'The clock is more than 31 days after the last ledger row: all lanes pause automatic pricing until it is confirmed',
    ),
    neverSet: t(
      '本机时钟没有校准,各车道暂停自动计价',
      'The clock was never set: all lanes pause automatic pricing',
    ),
    differs: t(
      '本机时钟与平台时间不符,各车道暂停自动计价',
      "The clock differs from the platform's time: all lanes pause automatic pricing",
    ),
    entryLater: t(
      '入场或缴费时间晚于现在,不能计价',
      'The entry or payment time is later than now, so there is no price',
    ),
    entryUnsure: t(
      '入场时间是在时钟不可信时记下的,不能计价',
      'The entry was recorded while the clock was in doubt, so there is no price',
    ),
  },
  both: t('本机时钟 {read},对照时间 {other}', 'This computer: {read}; reference time: {other}'),
  one: t('本机时钟 {read},没有可对照的时间', 'This computer: {read}; no reference time'),
  means: t(
    '车辆逐一人工核对金额。时钟校准后,平台确认或负责人核对后自动恢复计价。',
    'A person checks the amount for each car. Set the clock: once the platform or an owner confirms it, automatic pricing resumes.',
  ),
  confirm: t('时钟已核对', 'The clock is right'),
  confirmWhat: t(
    '请先与准确的时钟对照,校准本机时钟后再确认。确认后各车道按本机时钟计价。',
    "First compare it with an accurate clock and set it. After you confirm, all lanes price by this computer's clock.",
  ),
}

export const reason = {
  ...shownReasons,
  notOpened: t('可以放行,但道闸没有抬起', 'cleared to pass, but the boom did not open'),
}

export const end = {
  entry: t('入场', 'entered'),
  etc: t('ETC 已扣费', 'paid by ETC'),
  other: t('人工收费', 'other payment'),
  free: t('免费放行', 'free'),
  later: t('事后追缴', 'to be collected'),
  emergency: t('人工放行', 'opened by hand'),
  open: t('未结束', 'not ended'),
  inside: t('在场内', 'inside'),
}

export const strip = {
  shift: t('本班 现金 {cash} · 其他 {other}', 'This shift: cash {cash}, other {other}'),
  day: t('今日 现金 {cash} · 其他 {other}', 'Today: cash {cash}, other {other}'),
  free: t('空位 {free} / {capacity}', '{free} of {capacity} spaces free'),
  waiting: t('等待 {count} 辆', 'Cars waiting: {count}'),
  inbox: t('待办 {count} 件', 'To do: {count}'),
}

export const last = {
  car: t('上一辆 · {time}', 'Last car · {time}'),
  label: t('最近过车', 'Last passages'),
  empty: t('还没有车离开', 'No car has left yet'),
  emptyWhy: t(
    '每辆离开的车在这里占一行,点开可看全过程。',
    'Each car that leaves is listed here; open it to see everything that happened.',
  ),
  time: t('时间', 'Time'),
  lane: t('车道', 'Lane'),
  plate: t('车牌', 'Plate'),
  end: t('结果', 'Result'),
  amount: t('实收', 'Taken'),
  of: t('应收 {amount}', 'due {amount}'),
  took: t('用时', 'Took'),
  seconds: t('{s} s', '{s} s'),
}

export const demo = {
  title: t('演示控制', 'Demo controls'),
  note: t(
    '演示停车场:真实程序、真实账本,设备和平台由模拟器代替。碰不到任何真实设备。',
    'A demo lot: the real program and a real ledger, with simulators as devices and platform. No real device can be touched.',
  ),
  cars: t('放一辆车', 'Send a car'),
  etc: t('ETC 车辆', 'With ETC'),
  noEtc: t('没有 OBU', 'Without OBU'),
  emptyCard: t('卡内余额不足', 'Empty card'),
  sent: t('{plate} 驶向 {lane}', '{plate} drives to {lane}'),
  comes: t('来一辆车停下', 'A car takes a space'),
  leaves: t('停得最久的车开走', 'The car that stood longest leaves'),
  come: t(
    '{plate} 停进泊位,20 秒以后开始计时',
    '{plate} takes a space; its stay begins after 20 s',
  ),
  left: t('{plate} 开走', '{plate} leaves'),
  traffic: t('自动车流', 'Automatic traffic'),
  trafficWhy: t('按停车场一天的规律来车', 'Cars come as on a normal day'),
  network: t('网络连通', 'Network'),
  networkWhy: t(
    '关闭后平台不可达,车辆按离线策略放行',
    'Off: the platform is unreachable; cars leave under the offline policy',
  ),
  rsuSilent: t('{lane} 天线不应答', 'Silent antenna, {lane}'),
  rsuSilentWhy: {
    lane: t(
      '天线不再应答,车道改用其他方式收费',
      'The antenna stops answering; the lane switches to other payment',
    ),
    gantry: t(
      '天线不再应答,开过的车不扣费,欠的钱留在欠费里',
      'The antenna stops answering; cars that pass are not charged, and what they owe stays in the arrears',
    ),
    reader: t(
      '天线不再应答,泊位上的车读不到 OBU',
      'The antenna stops answering; the OBUs of cars in their spaces are not read',
    ),
  },
  power: t('断电再启动', 'Power cut'),
  powerWhy: t(
    '立即停掉车道,重新启动后按账本恢复',
    'Stops the lanes at once; after the restart their state is restored from the ledger',
  ),
  powerDo: t('立即断电', 'Cut the power'),
  on: t('开', 'on'),
  off: t('关', 'off'),
}
