// Words of setting up a lot: its rows, forms, and who knows an answer that the owner does not have.
// Verdicts come from the runtime with their own words.
import { byLaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import { deviceKinds } from '#base/pure/device-kinds/table.ts'
import { t } from '#base/pure/words/fault-text.ts'

import { destinations } from './words-destinations.ts'
import { joining } from './words-joining.ts'
import { running } from './words-running.ts'
import { setupBeside } from './words-beside.ts'
import { streets } from './words-streets.ts'
import { tried } from './words-tried.ts'

export const pick = { choose: t('选择…', 'Choose…') }

export const date = {
  need: t('写成 {like}', 'Enter it as {like}'),
  keys: t(
    '上下方向键:后一天、前一天;Alt+↓:打开日历',
    'Arrow up and down: next day, previous day; Alt+↓: calendar',
  ),
  open: t('打开日历', 'Open the calendar'),
  before: t('上个月', 'Previous month'),
  after: t('下个月', 'Next month'),
  ends: {
    monthEnd: t('到月底', "Until month's end"),
    oneMonth: t('一个月', 'One month'),
    oneYear: t('一年', 'One year'),
  },
  spans: {
    week: t('本周', 'This week'),
    month: t('本月', 'This month'),
    lastMonth: t('上月', 'Last month'),
  },
}

export const number = { need: t('写成{unit} {min} 到 {max}', 'Enter {min} to {max} {unit}') }

export const setup = {
  rows: t('开通步骤', 'Set-up steps'),
  saved: t(
    '改动随时保存,可以停下再来',
    'Changes are saved as you make them; you can stop and come back at any time',
  ),
  undo: t('撤销上一步', 'Undo last step'),
  next: t('下一步:{row}', 'Next: {row}'),
  back: t('还缺:{row}', 'Still missing: {row}'),
  look: t('查看并开通', 'Review and start'),
  take: t('就用这些', 'Use these'),
  is: {
    notStarted: t('未开始', 'not started'),
    open: t('待补', 'to be filled in'),
    failed: t('不通过', 'failed'),
    proposed: t('按建议', 'as proposed'),
    set: t('已填', 'filled in'),
    filled: t('已填,未测试', 'filled in, not tested'),
    passed: t('已通过', 'passed'),
  },
  row: {
    lot: t('停车场和车道', 'Car park and lanes'),
    devices: t('各车道设备', 'Devices of each lane'),
    tariff: t('收费标准', 'Tariff'),
    charge: t('扣费方式和平台', 'ETC charging and platform'),
    offline: t('断网时怎么办', 'Without network'),
    people: t('人员和密码', 'People and passwords'),
    firstCar: t('勘测和首车试验', 'Survey and first car'),
    keep: t('服务、备份和移交', 'Service, backup, hand-over'),
  },
  lot: {
    name: t('停车场名称', 'Name of the car park'),
    lotId: t('停车场编号', 'Car park number'),
    lotIdWho: t(
      '拓展平台发给您的开通函里;1 到 8 位字母和数字。开始收费后不能再改',
      'In the letter from the expansion platform; 1 to 8 letters and digits. Cannot be changed once charging begins',
    ),
    spaces: t('车位数', 'Spaces'),
    spacesWhy: t(
      '三类之和是车位总数;车道只数总数,不知道哪类还空着',
      'The sum is the capacity; lanes count only the total, not which kind is free',
    ),
    ordinary: t('普通', 'ordinary'),
    charging: t('充电', 'charging'),
    special: t('专用', 'special'),
    region: t('地区', 'Region'),
    province: t('省份', 'Province'),
    city: t('市代码', 'city code'),
    cityWho: t(
      '省份列出的是已有规则的省份;市代码是行政区划代码的第 3、4 位,例如南宁 01',
      'Only provinces with built-in rules are listed; the city code is digits 3 and 4 of the region code, such as 01 for Nanning',
    ),
    trade: t('经营性质', 'Business'),
    commercial: t('经营性(收费)', 'commercial (charges)'),
    filed: t('备案的非经营性(不收费)', 'registered as non-commercial (free)'),
    onRecord: t(
      '车位分类、区县和资质写进接入申请、报表、验收和移交文件',
      'Space kinds, district and licence go into the application, reports, papers and hand-over',
    ),
    lanes: t(
      '车道:在图下选择,有几条加几条',
      'Lanes: choose below the drawings; add one for each lane',
    ),
    entry: t('入口', 'Entry'),
    exit: t('出口', 'Exit'),
    add: t('加一条', 'Add a lane'),
    remove: t('移除', 'Remove'),
    laneName: t('车道名称', 'Name of the lane'),
  },
  compare: {
    title: t('与另一个省份比较', 'Compare with another province'),
    with: t('比较的省份', 'Province'),
    lot: t('停车场 {lot} 迁过去要做的', 'What car park {lot} must do to move there'),
    counts: t(
      '相同 {same} 条,不同 {changed} 条,新增 {added} 条,没有 {dropped} 条',
      '{same} the same, {changed} different, {added} new, {dropped} missing',
    ),
    rule: t('规则', 'Rule'),
    none: t('没有', 'none'),
    groups: {
      standard: t('标准', 'Standard'),
      interface: t('接口', 'Interface'),
      code: t('响应码', 'Code'),
      filter: t('过滤', 'Filter'),
      network: t('卡网络', 'Card networks'),
      timing: t('时间', 'Time'),
      chargeMode: t('扣费方式', 'Charging'),
      credential: t('凭证', 'Credential'),
      step: t('接入步骤', 'Joining'),
    },
  },
  devices: {
    noLanes: t('先在第 1 行加车道', 'Add lanes in row 1 first'),
    why: t(
      '天线插上后可以先搜索,搜到的地址在输入框里选。',
      'Plug in the antenna and search: addresses found can be chosen in the input field.',
    ),
    find: t('去查找设备', 'Find devices'),
    addTo: t('加到 {lane} · {device}', 'Add to {lane} · {device}'),
    toLot: t('加到车道…', 'Add to a lane…'),
    toLotPrinter: t('加为收据打印机…', 'Add as receipt printer…'),
    lot: t('停车场', 'Car park'),
    added: t('已加到开通草稿', 'Added to the car park draft'),
    beside: {
      printer: t('收据打印机', 'receipt printer'),
      scanner: t('付款码扫码器', 'payment code scanner'),
    },
    back: t('回到开通', 'Back to the set-up'),
    pick: t('从找到的设备里选', 'Choose a found device'),
    seekUsb: t('查找 USB 设备', 'Search USB'),
    noneOnUsb: {
      printer: t('这台电脑的 USB 上没有找到打印机', "No printer was found on this computer's USB"),
      scanner: t('这台电脑的 USB 上没有找到扫码器', "No scanner was found on this computer's USB"),
    },
    later: t('以后再填', 'later'),
    cameraHow: t('相机怎样把车牌交给车道', 'How the camera sends plates to the lane'),
    push: {
      hikvision: t('海康相机推送到本机', 'Hikvision camera pushes here'),
      vzicom: t('臻识相机推送到本机', 'Vzicom camera pushes here'),
    },
    other: t('读取相机(右边写地址)', 'Read the camera (address on the right)'),
    signIn: {
      hikvision: t('登录海康相机读取', 'Sign in to a Hikvision camera'),
      dahua: t('登录大华相机读取', 'Sign in to a Dahua camera'),
    },
    account: {
      at: t('相机地址', 'Camera address'),
      atWhy: t(
        '例如 192.168.1.64;端口不是 80 时写 192.168.1.64:8080',
        'For example 192.168.1.64; if the port is not 80, 192.168.1.64:8080',
      ),
      user: t('相机账号', 'Camera account'),
      password: t('相机密码', 'Camera password'),
      passwordWhy: t(
        '封存在这台电脑上,不再显示,也不写进任何文件。先填地址,再封存密码,然后测试',
        'Sealed on this computer, not shown again, not written to any file. Enter the address first, then seal the password, then test',
      ),
      is: {
        set: t('密码已封存在这台电脑上', 'The password is sealed on this computer'),
        absent: t('还没有密码:相机不能登录', 'No password yet: cannot sign in to the camera'),
      },
    },
    test: t('现在测试', 'Test now'),
    busy: t('正在测试 {link}', 'Testing {link}'),
    may: t('可以没有', 'optional'),
    asks: t('必装({clause})', 'required ({clause})'),
    like: byLaneKind((kind) => deviceKinds[kind].lane.like),
    power: t('天线功率(档)', 'Antenna power (step)'),
    powerWhy: t(
      '安装时定下的档位。不知道就空着:天线报功率就照用,不报就在第一次写入之前问',
      'The step that was set at installation. Leave it empty if it is not known: the power that the antenna reports is kept; if it reports none, the lane asks before it first writes',
    ),
    psams: t('PSAM 终端号', 'PSAM terminals'),
    psamsWho: t(
      '发行方的授权书里,12 位;天线能自己报出来时不用填',
      "In the issuer's letter, 12 digits; not needed if the antenna reports it",
    ),
    pushTo: t('在相机里填这个推送地址:', 'Enter this push address in the camera:'),
    intake: t('设备推送到本机', 'Devices push to this computer'),
    card: t('网卡', 'Network card'),
    port: t('端口', 'Port'),
    cameras: t('允许推送的设备 IP', 'IP of devices that may push'),
    camerasWhy: t(
      '只收这些 IP 的推送,几个就用空格分开',
      'Only pushes from these IPs are accepted; separate them with spaces',
    ),
  },
  ...tried,
  siting: {
    title: t('安装位置', 'Where devices stand'),
    pass: t('{count} 项符合', '{count} pass'),
    fail: t('{count} 项不通过', '{count} fail'),
    unknown: t('{count} 项未知', '{count} unknown'),
    is: { pass: t('符合', 'pass'), fail: t('不通过', 'failed'), unknown: t('未知', 'unknown') },
    how: t(
      '沿车道的距离从道闸量起,来车方向为正;横向从安全岛一侧的车道边量起。没有测量的留空。',
      'Along: from the boom towards arriving cars. Across: from the lane edge at the island. Leave empty what was not measured.',
    ),
    howOpen: t(
      '填写在现场量到、数到和看到的；没有核对的留空。',
      'Enter what was measured, counted and seen on site. Leave empty what was not checked.',
    ),
    notChecked: t('没有核对', 'not checked'),
    yes: t('是', 'yes'),
    no: t('不是', 'no'),
    street: t('{name}的设备', 'Devices of {name}'),
    clauses: t('条款与判定', 'Clauses and verdicts'),
    deviation: t('不照做的原因', 'Reason for deviating'),
    deviationWhy: t(
      '条款写“宜”的可以说明原因后不照做,写入停车场档案;写“应”的必须改正',
      'You may deviate from a "should" clause with a reason, which is kept in the car park file; a "must" clause has to be met',
    ),
  },
  tariff: {
    stays: t(
      '开始收费以后,收费标准不在这里改:改动从将来的时刻起生效,已有的车按原来的算。',
      'Once charging has begun, the tariff is not changed here: a change takes effect at a future time, and cars already inside keep their prices.',
    ),
    saturday: t(
      '周六停 2 小时 10 分的车付 {amount},因为:{why}',
      'A car parked 2 h 10 min on Saturday pays {amount}, because: {why}',
    ),
    noPrice: t(
      '改正下面标出的地方后,这里显示一次停车付多少',
      'Correct the items marked below to see the price of a stay here',
    ),
    yuan: t('元', 'yuan'),
  },
  charge: {
    join: t(
      '接入平台:申请、证书、渠道文件',
      'Joining a platform: application, certificates, channel file',
    ),
    onRequest: t('平台要求时才填', 'Only where the platform asks for it'),
    how: t('ETC 怎样扣费', 'How ETC is charged'),
    card: t('在车道直接扣卡', 'From the card, in the lane'),
    cardWhy: t(
      '天线当场扣卡里的钱,记录随后上传。网络断了还能按限额扣',
      'The antenna debits the card at once; records are uploaded later. Without network it still debits within the caps',
    ),
    online: t('由平台扣费', 'By the platform'),
    onlineWhy: t(
      '每一笔由平台决定。没有网络就不能扣 ETC',
      'The platform decides each charge. Without network, ETC cannot charge',
    ),
    fixed: t(
      '布局 {layout} 只能由平台扣费:泊位上读到的 OBU,车离开后由平台扣(8.1.2)',
      'Layout {layout} leaves no choice: the platform charges the OBU that was read at the space, after the car has left (8.1.2)',
    ),
    platform: t('拓展平台', 'Expansion platform'),
    later: t('以后再接入', 'Join later'),
    laterWhy: t(
      '扣费记录先存在本机,接入后按时间顺序上传。由平台扣费时不能选',
      'Records are kept on this computer and uploaded oldest first. Not possible if the platform charges',
    ),
    now: t('已经拿到平台资料', 'Platform papers at hand'),
    large: t('大额扣费', 'Large amounts'),
  },
  offline: {
    how: t('断网时车怎样离场', 'How cars leave without network'),
    'other-payment': t(
      '不放行 ETC 车,改由人收费。没有未入账的金额',
      'ETC cars are not let out; a person takes payment. No money is at risk',
    ),
    'settle-later': t(
      '先放行,联网后追缴。有收不回的可能',
      'Let out and collected later. Some may never be paid',
    ),
    'accept-within-caps': t(
      '在下面的限额内扣卡放行,联网后上传',
      'The card is debited within the caps below and uploaded later',
    ),
    notOnline: t(
      '由平台扣费时不能选:没有网络平台不能决定',
      'Not possible if the platform charges: without network it cannot decide',
    ),
    count: t('最多', 'At most'),
    cars: t('辆', 'cars'),
    total: t('合计不超过', 'Total at most'),
    perCharge: t('每笔不超过', 'Each at most'),
    days: t('最长', 'For at most'),
    dayUnit: t('天', 'days'),
  },
  firstCar: {
    after: t(
      '车道启动后,在“{page}”页做“{test}”:一辆真车进、出、付、退各一次。',
      'Once the lanes run, do "{test}" on the page "{page}": one real car enters, leaves, pays and gets a refund.',
    ),
  },
  keep: {
    service: t('电脑重启以后', 'After a computer restart'),
    is: {
      none: t(
        '车道没有装成系统服务。电脑重启后,要有人打开这个窗口,车道才启动;关掉窗口,车道在后台继续。',
        'The lanes are not installed as a system service. After a restart, someone must open this window to start them; if it is closed, they keep running in the background.',
      ),
      stopped: t('系统服务装好了,但没有在运行。', 'The service is installed but not running.'),
      running: t(
        '系统服务在运行:电脑重启后车道自己启动,关掉这个窗口不影响车道。',
        'The service is running: lanes start by themselves after a restart, and closing this window does not affect them.',
      ),
      unknown: t(
        '这个系统上看不到服务的状态。',
        'The service state cannot be seen on this system.',
      ),
    },
    serviceThen: t(
      '开通以后,“待办”里有一个按钮把车道装成服务。',
      'After the set-up, To do has a button that makes the lanes a service.',
    ),
    install: t('装成服务', 'Install the service'),
    copies: t('电脑坏了以后', 'If the computer fails'),
    to: t('副本的文件夹', 'Folder for copies'),
    photos: t('照片和备份', 'Photos and backups'),
    toWhy: t(
      '另一块硬盘、U盘或网络盘上已有的文件夹。每一刻钟写一份加密的副本。留空:副本只在这台电脑上',
      'An existing folder on another disk, a USB stick or a network drive. An encrypted copy is written every 15 minutes. Empty: copies stay on this computer',
    ),
    key: t(
      '打开副本要恢复密钥:车道启动后在“工程”的“副本”里制作一次,打印保存。没有恢复密钥之前不写副本。',
      'Opening copies needs a recovery key: once the lanes run, make and print it under "Copies" in "Site work". No copies are written until then.',
    ),
    handover: t('移交文件', 'Hand-over'),
    handoverWhy: t(
      '交给接手的人:停车场、车道和设备、收费标准、扣费方式、断网限额、人员(没有密码)、安装位置、勘测、待办,两个人签字。',
      'For your successor: car park, lanes and devices, tariff, charging, offline caps, people (no passwords), mounting positions, surveys, open tasks, and two signatures.',
    ),
    make: t('保存移交文件', 'Save the hand-over'),
    made: t('已保存 {file}', 'Saved {file}'),
  },
  ...joining,
  ...destinations,
  ...setupBeside,
  streets,
  running,
  begin: {
    title: t('写入并启动', 'Write and start'),
    power: {
      given: t(
        '{lane}:天线不报功率时,第一次连上就写入 {power} 档;它原来的功率会被覆盖,找不回来',
        '{lane}: if the antenna reports no power, step {power} is written at the first contact; its earlier power is overwritten and lost',
      ),
      asked: t(
        '{lane}:天线报功率就照用;不报就先问,有人定下来之前不写入、不扣费',
        '{lane}: the power that the antenna reports is kept; if it reports none, the lane asks, and writes and charges nothing until a person decides',
      ),
      simulated: t(
        '{lane}:天线是模拟的,写入常用的功率',
        '{lane}: the antenna is simulated; its usual power is written',
      ),
    },
    production: t(
      '这是正式停车场。写入后车道立即启动。',
      'This is a real car park. Its lanes start as soon as it is written.',
    ),
    demo: t(
      '设备全部是本机的模拟器,所以写成演练用的停车场。换成真实设备前不会收真实的钱。',
      'All devices are simulators on this computer, so it is written as a rehearsal car park. It takes no real money until real devices are entered.',
    ),
    edit: t('改', 'Change'),
    usual: t('没有改过的常用值', 'Usual values left unchanged'),
    diff: t('{count} 项', '{count} values'),
    same: t('没有改动:停车场就是这样。', 'No changes: the car park is already set up like this.'),
    none: t('没有', 'none'),
    back: t('撤回上一次写入', 'Undo the last write'),
    noVersion: t(
      '这个停车场不是在这里写入的,没有上一版。',
      'This car park was not written here; there is no earlier version.',
    ),
    last: t('现在的停车场由 {by} 写入,{at}。', 'Now in force: written by {by}, {at}.'),
    to: t('撤回到 {at} 写入的那一版', 'Go back to the version of {at}'),
    reverted: t(
      '已撤回。车道没有启动:从菜单回到开始页,打开停车场。',
      'Undone. The lanes are not running: go to the start page from the menu and open the car park.',
    ),
    toNone: t('撤回:这里重新没有停车场', 'Undo: no car park here'),
    do: t('写入并启动车道', 'Write and start the lanes'),
    done: t('已写入,车道正在启动…', 'Written. The lanes are starting…'),
  },
}
