// The table of product commands: those that serve a lot, a device or a survey of the field.
// Each is loaded when it is called; firmware-runtime/commands.ts joins them to those of the harness.
import type { CommandEntry } from './command.ts'

export const productCommands: readonly CommandEntry[] = [
  {
    name: 'run',
    summary: { zh: '运行车道', en: 'the lane runtime of a data folder' },
    load: async () => (await import('./run.ts')).runCommand,
  },
  {
    name: 'lot',
    summary: { zh: '建立、检查、描述停车场文件', en: 'make, check or describe the lot file' },
    load: async () => (await import('./lot.ts')).lotCommand,
  },
  {
    name: 'secret',
    summary: { zh: '设备密码:写入、列出、删除', en: 'device passwords: set, list, remove' },
    load: async () => (await import('./secret.ts')).secretCommand,
  },
  {
    name: 'people',
    summary: {
      zh: '人员:添加、列出、换密码、换身份、停用、移除、解锁',
      en: 'people: add, list, change a PIN or a role, lock, remove, unlock',
    },
    load: async () => (await import('./people.ts')).peopleCommand,
  },
  {
    name: 'lane',
    summary: { zh: '车道:开闸、启用道闸、结清、查看', en: 'lanes: open, arm, settle, state' },
    load: async () => (await import('./lane.ts')).laneCommand,
  },
  {
    name: 'stays',
    summary: {
      zh: '待核对的停车记录、扣费和退款:查看、结束、核实、退还',
      en: 'stays, charges and refunds to check: list, close, settle, refund',
    },
    load: async () => (await import('./stays.ts')).staysCommand,
  },
  {
    name: 'ledger',
    summary: {
      zh: '查询、核对、导出、备份账本',
      en: 'query, verify, export or back up the ledger',
    },
    load: async () => (await import('./ledger.ts')).ledgerCommand,
  },
  {
    name: 'report',
    summary: {
      zh: '报表:日、班次、月、费率、收费方式、异常',
      en: 'reports: day, shift, month, tariff, means, exceptions',
    },
    load: async () => (await import('./report.ts')).reportCommand,
  },
  {
    name: 'backup',
    summary: {
      zh: '恢复密钥、异地副本、换电脑后恢复',
      en: 'recovery key, copies at a second place, going on at a new machine',
    },
    load: async () => (await import('./backup.ts')).backupCommand,
  },
  {
    name: 'platform',
    summary: {
      zh: '接入平台:申请、联调和报告、证书申请、导入证书和渠道、换发',
      en: 'join a platform: application, joint test and its report, certificates, channel',
    },
    load: async () => (await import('./platform.ts')).platformCommand,
  },
  {
    name: 'list',
    summary: {
      zh: '状态名单:查看版本和时效、立即下载、用 U 盘导入',
      en: 'status list: version and age, fetched now, taken from a stick',
    },
    load: async () => (await import('./list.ts')).listCommand,
  },
  {
    name: 'audit',
    summary: { zh: '核对操作审计', en: 'check the audit of acts' },
    load: async () => (await import('./audit.ts')).auditCommand,
  },
  {
    name: 'queue',
    summary: {
      zh: '待上传记录:查看、补传、用 U 盘带出带回',
      en: 'unsent records: see, send, carry out and back by stick',
    },
    load: async () => (await import('./queue.ts')).queueCommand,
  },
  {
    name: 'rehearse',
    summary: {
      zh: '断网演练:切断平台、网络、相机、天线或时间几分钟并评分',
      en: 'outage rehearsal: cut platform, network, camera, antenna or time for minutes, and grade it',
    },
    load: async () => (await import('./rehearse.ts')).rehearseCommand,
  },
  {
    name: 'events',
    summary: { zh: '车道事件流', en: 'the event stream of the lanes' },
    load: async () => (await import('./events.ts')).eventsCommand,
  },
  {
    name: 'tariff',
    summary: {
      zh: '费率:检查、计价、按账本试算、导入节假日',
      en: 'tariffs: check, price a stay, try on the ledger, import holidays',
    },
    load: async () => (await import('./tariff.ts')).tariffCommand,
  },
  {
    name: 'members',
    summary: {
      zh: '月租车、白名单、应急车辆、访客:发放、收回、导入、导出',
      en: 'period passes, white list, emergency vehicles, visitors: issue, reverse, import, export',
    },
    load: async () => (await import('./members.ts')).membersCommand,
  },
  {
    name: 'coupons',
    summary: {
      zh: '优惠券:发放、用于一辆车、商户减免、退回、作废',
      en: 'coupons: issue, use for a car, validate by a merchant, give back, make void',
    },
    load: async () => (await import('./coupons.ts')).couponsCommand,
  },
  {
    name: 'inside',
    summary: {
      zh: '场内车辆:列出、从别的系统导入、清点',
      en: 'cars inside: list, import from another system, recount',
    },
    load: async () => (await import('./inside.ts')).insideCommand,
  },
  {
    name: 'points',
    summary: {
      zh: '会员积分:余额、明细、抵扣、从其他系统导入',
      en: 'points of members: balances, one statement, spending, import from another system',
    },
    load: async () => (await import('./points.ts')).pointsCommand,
  },
  {
    name: 'arrears',
    summary: { zh: '离场未付的欠费:列出、免除', en: 'what cars left unpaid: list, waive' },
    load: async () => (await import('./coupons.ts')).arrearsCommand,
  },
  {
    name: 'receipt',
    summary: {
      zh: '收据:开出、离线核对、一天的总签名',
      en: 'receipts: give one, check one offline, join a day',
    },
    load: async () => (await import('./receipt.ts')).receiptCommand,
  },
  {
    name: 'explain',
    summary: {
      zh: '说明一次停车:为什么这个价、为什么人工,导出并核验争议文件',
      en: 'one car explained: why this price, why by hand; a file for a dispute, and its check',
    },
    load: async () => (await import('./explain.ts')).explainCommand,
  },
  {
    name: 'call',
    summary: {
      zh: '车道呼叫值班员:查看、呼叫、接听',
      en: 'a person is called at a lane: list, call, take',
    },
    load: async () => (await import('./call.ts')).callCommand,
  },
  {
    name: 'day',
    summary: {
      zh: '一天的账:今日收费、对账、交班清点、差异处理',
      en: 'the books of a day: takings, the gateway’s bill, the drawer, differences',
    },
    load: async () => (await import('./day.ts')).dayCommand,
  },
  {
    name: 'pay',
    summary: { zh: '试用支付网关,输出接口描述', en: 'try a payment gateway, print its interface' },
    load: async () => (await import('./pay.ts')).payCommand,
  },
  {
    name: 'rsu',
    summary: {
      zh: '天线:查找、读写设置、调优、抓包、解码',
      en: 'antennas: find, settings, tuning, captures, decoding',
    },
    load: async () => (await import('./rsu.ts')).rsuCommand,
  },
  {
    name: 'device',
    summary: {
      zh: '设备:由谁使用、接管、归还、测试',
      en: 'devices: who holds them, take over, give back, test',
    },
    load: async () => (await import('./device.ts')).deviceCommand(productCommands),
  },
  {
    name: 'find',
    summary: {
      zh: '查找相机 (ONVIF、SADP、大华) 和车道电脑 (mDNS)',
      en: 'find cameras (ONVIF, SADP, Dahua) and lane computers (mDNS)',
    },
    load: async () => (await import('./find.ts')).findCommand,
  },
  {
    name: 'doctor',
    summary: {
      zh: '链路诊断:线上有什么、为何无声、怎么办',
      en: 'link doctor: what is on the wire, why it is silent, what to do',
    },
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  {
    name: 'install',
    summary: {
      zh: '把车道装成本机服务:开机自启、不休眠',
      en: 'lanes as a service of this machine: begun with it, no sleep',
    },
    load: async () => (await import('./install.ts')).installCommand,
  },
  {
    name: 'uninstall',
    summary: { zh: '移除本机服务,数据不动', en: 'take the service away; data stays' },
    load: async () => (await import('./install.ts')).uninstallCommand,
  },
  {
    name: 'capture',
    summary: { zh: '抓包:回放、转 pcapng', en: 'captures: replay, convert to pcapng' },
    load: async () => (await import('./capture.ts')).captureCommand,
  },
  {
    name: 'profile',
    summary: {
      zh: '设备资料:查看、检查、导入、签名、新建',
      en: 'device profiles: show, verify, import, sign, new',
    },
    load: async () => (await import('./profile.ts')).profileCommand,
  },
  {
    name: 'survey',
    summary: {
      zh: '现场勘测:建立、测量(场强、链路、时钟、信号)、判定、报告、比较',
      en: 'site surveys: make, measure (field, link, clock, signal), judge, report, compare',
    },
    load: async () => (await import('./survey.ts')).surveyCommand,
  },
  {
    name: 'acceptance',
    summary: {
      zh: '接入验收:附录 E 到 I 逐项运行、判定、证据',
      en: 'acceptance: items of appendices E to I run, judged, with evidence',
    },
    load: async () => (await import('./acceptance.ts')).acceptanceCommand,
  },
  {
    name: 'papers',
    summary: {
      zh: '验收文件:填写、附件、评审、演练、成套输出',
      en: 'papers of the acceptance: filled in, attached, reviewed, drills, as one document',
    },
    load: async () => (await import('./papers.ts')).papersCommand,
  },
  {
    name: 'evidence',
    summary: { zh: '勘测证据:生成、核验', en: 'evidence of a survey: make, verify' },
    load: async () => (await import('./evidence.ts')).evidenceCommand,
  },
  {
    name: 'passport',
    summary: {
      zh: '车道档案:制作、核对、查看、比较',
      en: 'lane passports: make, verify, show, diff',
    },
    load: async () => (await import('./passport.ts')).passportCommand,
  },
  {
    name: 'reservation',
    summary: {
      zh: '预约车位:今日预约、平台连接、检查表',
      en: 'reserved bays: today, the platform, the check list',
    },
    load: async () => (await import('./reservation.ts')).reservationCommand,
  },
  {
    name: 'spaces',
    summary: { zh: '车位状态(地磁)', en: 'parking spaces as their sensors tell them' },
    load: async () => (await import('./spaces.ts')).spacesCommand,
  },
  {
    name: 'place',
    summary: {
      zh: '识别桩和手持机:扣费、位置、查看',
      en: 'piles and handhelds: charge a car, report a position, state',
    },
    load: async () => (await import('./place.ts')).placeCommand,
  },
  {
    name: 'probe-server',
    summary: { zh: '链路测试的对端', en: 'the other end of link tests' },
    load: async () => (await import('./probe-server.ts')).probeServerCommand,
  },
]
