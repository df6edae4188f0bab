// The table of product commands: those for a lot, a device or a site survey. Each is loaded when it is called;
// firmware-runtime/commands.ts adds the commands of the test harness.
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { Command, CommandEntry } from '#base/commands/command.ts'

const entry = (
  name: string,
  load: () => Promise<Command>,
  summary: BilingualText,
): CommandEntry => ({ name, summary, load })

/** Each act of this command calls one row of the call table. */
const ofRows = (name: string, summary: BilingualText): CommandEntry =>
  entry(name, async () => (await import('#base/desk/commands/acts.ts')).commandOf(name), summary)

export const productCommands: readonly CommandEntry[] = [
  entry('run', async () => (await import('./run.ts')).runCommand, {
    zh: '运行车道',
    en: 'the lane runtime of a data folder',
  }),
  entry('billing', async () => (await import('./billing.ts')).billingCommand, {
    zh: '停车计费,ETC 由别家的接入系统扣',
    en: "parking billing with another maker's ETC access system",
  }),
  entry('lot', async () => (await import('./lot.ts')).lotCommand, {
    zh: '建立、检查、描述停车场文件',
    en: 'make, check or describe the lot file',
  }),
  entry('secret', async () => (await import('./secret.ts')).secretCommand, {
    zh: '设备密码:写入、列出、删除',
    en: 'device passwords: set, list, remove',
  }),
  entry('people', async () => (await import('#lane/desk/commands/people.ts')).peopleCommand, {
    zh: '人员:添加、列出、换密码、换身份、停用、移除、解锁',
    en: 'people: add, list, change a PIN or a role, lock, remove, unlock',
  }),
  entry('lane', async () => (await import('#lane/desk/commands/lane.ts')).laneCommand, {
    zh: '车道:开闸、启用道闸、结清、查看',
    en: 'lanes: open, arm, settle, state',
  }),
  ofRows('stays', {
    zh: '待核对的停车记录、扣费和退款:查看、结束、核实、退还',
    en: 'stays, charges and refunds to check: list, close, settle, refund',
  }),
  entry('ledger', async () => (await import('#ledger/desk/commands/ledger.ts')).ledgerCommand, {
    zh: '查询、核对、导出、备份账本',
    en: 'query, verify, export or back up the ledger',
  }),
  entry('report', async () => (await import('./report.ts')).reportCommand, {
    zh: '报表:日、班次、月、费率、收费方式、异常',
    en: 'reports: day, shift, month, tariff, means, exceptions',
  }),
  entry('backup', async () => (await import('./backup.ts')).backupCommand, {
    zh: '恢复密钥、异地副本、换电脑后恢复',
    en: 'recovery key, copies at a second place, going on at a new machine',
  }),
  entry('platform', async () => (await import('./platform.ts')).platformCommand, {
    zh: '接入平台:申请、联调和报告、证书申请、导入证书和渠道、换发',
    en: 'join a platform: application, joint test and its report, certificates, channel',
  }),
  entry('list', async () => (await import('#ledger/desk/commands/list.ts')).listCommand, {
    zh: '状态名单:查看版本和时效、立即下载、用 U 盘导入',
    en: 'status list: version and age, fetched now, taken from a stick',
  }),
  entry('audit', async () => (await import('#ledger/desk/commands/audit.ts')).auditCommand, {
    zh: '核对操作审计',
    en: 'check the audit of acts',
  }),
  entry('queue', async () => (await import('./queue.ts')).queueCommand, {
    zh: '待上传记录:查看、补传、用 U 盘带出带回',
    en: 'unsent records: see, send, carry out and back by stick',
  }),
  entry('rehearse', async () => (await import('#lane/desk/commands/rehearse.ts')).rehearseCommand, {
    zh: '断网演练:切断平台、网络、相机、天线或时间几分钟并评分',
    en: 'outage rehearsal: cut platform, network, camera, antenna or time for minutes, and grade it',
  }),
  entry('events', async () => (await import('#lane/desk/commands/events.ts')).eventsCommand, {
    zh: '车道事件流',
    en: 'the event stream of the lanes',
  }),
  entry('tariff', async () => (await import('#money/desk/commands/tariff.ts')).tariffCommand, {
    zh: '费率:检查、计价、按账本试算、导入节假日',
    en: 'tariffs: check, price a stay, try on the ledger, import holidays',
  }),
  entry(
    'members',
    async () => (await import('#ledger/desk/commands/list-file.ts')).membersCommand,
    {
      zh: '月租车、白名单、应急车辆、访客:发放、收回、导入、导出',
      en: 'period passes, white list, emergency vehicles, visitors: issue, reverse, import, export',
    },
  ),
  entry(
    'coupons',
    async () => (await import('#ledger/desk/commands/list-file.ts')).couponsCommand,
    {
      zh: '优惠券:发放、用于一辆车、商户减免、退回、作废',
      en: 'coupons: issue, use for a car, validate by a merchant, give back, make void',
    },
  ),
  entry('inside', async () => (await import('#lane/desk/commands/inside.ts')).insideCommand, {
    zh: '场内车辆:列出、从别的系统导入、清点',
    en: 'cars inside: list, import from another system, recount',
  }),
  entry('points', async () => (await import('#ledger/desk/commands/list-file.ts')).pointsCommand, {
    zh: '会员积分:余额、明细、抵扣、从其他系统导入',
    en: 'points of members: balances, one statement, spending, import from another system',
  }),
  ofRows('arrears', {
    zh: '离场未付的欠费:查找、收取、列出、免除',
    en: 'what cars left unpaid: find, pay, list, waive',
  }),
  entry('receipt', async () => (await import('#money/desk/commands/receipt.ts')).receiptCommand, {
    zh: '收据:开出、离线核对、一天的总签名',
    en: 'receipts: give one, check one offline, join a day',
  }),
  entry('explain', async () => (await import('#lane/desk/commands/explain.ts')).explainCommand, {
    zh: '说明一次停车:为什么这个价、为什么人工,导出并核验争议文件',
    en: 'one car explained: why this price, why by hand; a file for a dispute, and its check',
  }),
  ofRows('call', {
    zh: '车道呼叫值班员:查看、呼叫、接听',
    en: 'a person is called at a lane: list, call, take',
  }),
  ofRows('day', {
    zh: '一天的账:今日收费、对账、交班清点、差异处理',
    en: 'the books of a day: takings, the gateway’s bill, the drawer, differences',
  }),
  entry('pay', async () => (await import('#money/desk/commands/pay.ts')).payCommand, {
    zh: '试用支付网关,输出接口描述',
    en: 'try a payment gateway, print its interface',
  }),
  entry('access', async () => (await import('./access.ts')).accessCommand, {
    zh: '别家计费系统的 ETC 接入:运行、接口描述、签名证书',
    en: 'ETC access for the billing system of another maker: run, its interface, its certificate',
  }),
  entry('rsu', async () => (await import('#devices/desk/commands/rsu.ts')).rsuCommand, {
    zh: '天线:查找、读写设置、调优、抓包、解码',
    en: 'antennas: find, settings, tuning, captures, decoding',
  }),
  entry(
    'device',
    async () => (await import('#devices/desk/commands/device.ts')).deviceCommand(productCommands),
    {
      zh: '设备:由谁使用、接管、归还、测试',
      en: 'devices: who holds them, take over, give back, test',
    },
  ),
  entry('find', async () => (await import('#devices/desk/commands/find.ts')).findCommand, {
    zh: '查找相机(ONVIF 和厂家自己的查找)和车道电脑 (mDNS)',
    en: 'find cameras (ONVIF and their makers’ own searches) and lane computers (mDNS)',
  }),
  entry('doctor', async () => (await import('./doctor.ts')).doctorCommand, {
    zh: '链路诊断:线上有什么、为何无声、怎么办',
    en: 'link doctor: what is on the wire, why it is silent, what to do',
  }),
  entry('support', async () => (await import('./support.ts')).supportCommand, {
    zh: '诊断包:生成、打开、问一辆车为什么付这么多',
    en: 'support file: made, opened, and asked why a car paid what it paid',
  }),
  entry('install', async () => (await import('./install.ts')).installCommand, {
    zh: '把车道装成本机服务:开机自启、不休眠',
    en: 'lanes as a service of this machine: begun with it, no sleep',
  }),
  entry('uninstall', async () => (await import('./install.ts')).uninstallCommand, {
    zh: '移除本机服务,数据不动',
    en: 'take the service away; data stays',
  }),
  entry('capture', async () => (await import('#devices/desk/commands/capture.ts')).captureCommand, {
    zh: '抓包:回放、转 pcapng',
    en: 'captures: replay, convert to pcapng',
  }),
  entry('profile', async () => (await import('#devices/desk/commands/profile.ts')).profileCommand, {
    zh: '设备资料:查看、检查、导入、签名、新建',
    en: 'device profiles: show, verify, import, sign, new',
  }),
  entry('survey', async () => (await import('#survey/desk/commands/survey.ts')).surveyCommand, {
    zh: '现场勘测:建立、测量(场强、链路、时钟、信号)、判定、报告、比较',
    en: 'site surveys: make, measure (field, link, clock, signal), judge, report, compare',
  }),
  entry(
    'acceptance',
    async () => (await import('#acceptance/desk/commands/acceptance.ts')).acceptanceCommand,
    {
      zh: '接入验收:附录 E 到 I 逐项运行、判定、证据',
      en: 'acceptance: items of appendices E to I run, judged, with evidence',
    },
  ),
  entry('papers', async () => (await import('#acceptance/desk/commands/papers.ts')).papersCommand, {
    zh: '验收文件:填写、附件、评审、演练、成套输出',
    en: 'papers of the acceptance: filled in, attached, reviewed, drills, as one document',
  }),
  entry(
    'evidence',
    async () => (await import('#acceptance/desk/commands/evidence.ts')).evidenceCommand,
    { zh: '勘测证据:生成、核验', en: 'evidence of a survey: make, verify' },
  ),
  entry(
    'passport',
    async () => (await import('#devices/desk/commands/passport.ts')).passportCommand,
    { zh: '车道档案:制作、核对、查看、比较', en: 'lane passports: make, verify, show, diff' },
  ),
  ofRows('reservation', {
    zh: '预约车位:今日预约、平台连接、检查表',
    en: 'reserved bays: today, the platform, the check list',
  }),
  ofRows('feed', {
    zh: '运营中心:配对数字、还没发的记录、重新配对',
    en: 'the centre of many lots: digits, rows still to come, pairing again',
  }),
  ofRows('inbox', { zh: '待办:要由人处理的事', en: 'what waits for a person' }),
  ofRows('spaces', { zh: '车位状态(地磁)', en: 'parking spaces as their sensors tell them' }),
  entry('place', async () => (await import('#lane/desk/commands/place.ts')).placeCommand, {
    zh: '识别桩和手持机:扣费、位置、查看',
    en: 'piles and handhelds: charge a car, report a position, state',
  }),
  entry('centre', async () => (await import('./centre.ts')).centreCommand, {
    zh: '运营中心:多个停车场的记录、配对和页面',
    en: 'the centre of many lots: their rows, pairing, pages',
  }),
  entry('update', async () => (await import('./update.ts')).updateCommand, {
    zh: '更新:信任谁、有什么、取来核对',
    en: 'updates: whom to trust, what there is, fetched and checked',
  }),
  entry('version', async () => (await import('./version.ts')).versionCommand, {
    zh: '程序的版本、构建号和账本结构',
    en: 'version, build and ledger schema of this program',
  }),
  entry('probe-server', async () => (await import('./probe-server.ts')).probeServerCommand, {
    zh: '链路测试的对端',
    en: 'the other end of link tests',
  }),
]
