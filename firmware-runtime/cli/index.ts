// The table of product commands: those for a lot, a device or a site survey. Each is loaded when it is called;
// firmware-runtime/commands.ts adds the commands of the test harness.
import { t, type BilingualText } from '../core/values/fault-text.ts'
import type { Command, CommandEntry } from './command.ts'

/** Without `load`: each of its acts calls one row of the call table. */
const entry = (
  name: string,
  summary: BilingualText,
  load = async (): Promise<Command> => (await import('./acts.ts')).commandOf(name),
): CommandEntry => ({ name, summary, load })

export const productCommands: readonly CommandEntry[] = [
  entry(
    'run',
    t('运行车道', 'the lane runtime of a data folder'),
    async () => (await import('./run.ts')).runCommand,
  ),
  entry(
    'lot',
    t('建立、检查、描述停车场文件', 'make, check or describe the lot file'),
    async () => (await import('./lot.ts')).lotCommand,
  ),
  entry(
    'secret',
    t('设备密码:写入、列出、删除', 'device passwords: set, list, remove'),
    async () => (await import('./secret.ts')).secretCommand,
  ),
  entry(
    'people',
    t(
      '人员:添加、列出、换密码、换身份、停用、移除、解锁',
      'people: add, list, change a PIN or a role, lock, remove, unlock',
    ),
    async () => (await import('./people.ts')).peopleCommand,
  ),
  entry(
    'lane',
    t('车道:开闸、启用道闸、结清、查看', 'lanes: open, arm, settle, state'),
    async () => (await import('./lane.ts')).laneCommand,
  ),
  entry(
    'stays',
    t(
      '待核对的停车记录、扣费和退款:查看、结束、核实、退还',
      'stays, charges and refunds to check: list, close, settle, refund',
    ),
  ),
  entry(
    'ledger',
    t('查询、核对、导出、备份账本', 'query, verify, export or back up the ledger'),
    async () => (await import('./ledger.ts')).ledgerCommand,
  ),
  entry(
    'report',
    t(
      '报表:日、班次、月、费率、收费方式、异常',
      'reports: day, shift, month, tariff, means, exceptions',
    ),
    async () => (await import('./report.ts')).reportCommand,
  ),
  entry(
    'backup',
    t(
      '恢复密钥、异地副本、换电脑后恢复',
      'recovery key, copies at a second place, going on at a new machine',
    ),
    async () => (await import('./backup.ts')).backupCommand,
  ),
  entry(
    'platform',
    t(
      '接入平台:申请、联调和报告、证书申请、导入证书和渠道、换发',
      'join a platform: application, joint test and its report, certificates, channel',
    ),
    async () => (await import('./platform.ts')).platformCommand,
  ),
  entry(
    'list',
    t(
      '状态名单:查看版本和时效、立即下载、用 U 盘导入',
      'status list: version and age, fetched now, taken from a stick',
    ),
    async () => (await import('./list.ts')).listCommand,
  ),
  entry(
    'audit',
    t('核对操作审计', 'check the audit of acts'),
    async () => (await import('./audit.ts')).auditCommand,
  ),
  entry(
    'queue',
    t(
      '待上传记录:查看、补传、用 U 盘带出带回',
      'unsent records: see, send, carry out and back by stick',
    ),
    async () => (await import('./queue.ts')).queueCommand,
  ),
  entry(
    'rehearse',
    t(
      '断网演练:切断平台、网络、相机、天线或时间几分钟并评分',
      'outage rehearsal: cut platform, network, camera, antenna or time for minutes, and grade it',
    ),
    async () => (await import('./rehearse.ts')).rehearseCommand,
  ),
  entry(
    'events',
    t('车道事件流', 'the event stream of the lanes'),
    async () => (await import('./events.ts')).eventsCommand,
  ),
  entry(
    'tariff',
    t(
      '费率:检查、计价、按账本试算、导入节假日',
      'tariffs: check, price a stay, try on the ledger, import holidays',
    ),
    async () => (await import('./tariff.ts')).tariffCommand,
  ),
  entry(
    'members',
    t(
      '月租车、白名单、应急车辆、访客:发放、收回、导入、导出',
      'period passes, white list, emergency vehicles, visitors: issue, reverse, import, export',
    ),
    async () => (await import('./list-file.ts')).membersCommand,
  ),
  entry(
    'coupons',
    t(
      '优惠券:发放、用于一辆车、商户减免、退回、作废',
      'coupons: issue, use for a car, validate by a merchant, give back, make void',
    ),
    async () => (await import('./list-file.ts')).couponsCommand,
  ),
  entry(
    'inside',
    t(
      '场内车辆:列出、从别的系统导入、清点',
      'cars inside: list, import from another system, recount',
    ),
    async () => (await import('./inside.ts')).insideCommand,
  ),
  entry(
    'points',
    t(
      '会员积分:余额、明细、抵扣、从其他系统导入',
      'points of members: balances, one statement, spending, import from another system',
    ),
    async () => (await import('./list-file.ts')).pointsCommand,
  ),
  entry(
    'arrears',
    t('离场未付的欠费:查找、收取、列出、免除', 'what cars left unpaid: find, pay, list, waive'),
  ),
  entry(
    'receipt',
    t('收据:开出、离线核对、一天的总签名', 'receipts: give one, check one offline, join a day'),
    async () => (await import('./receipt.ts')).receiptCommand,
  ),
  entry(
    'explain',
    t(
      '说明一次停车:为什么这个价、为什么人工,导出并核验争议文件',
      'one car explained: why this price, why by hand; a file for a dispute, and its check',
    ),
    async () => (await import('./explain.ts')).explainCommand,
  ),
  entry(
    'call',
    t('车道呼叫值班员:查看、呼叫、接听', 'a person is called at a lane: list, call, take'),
  ),
  entry(
    'day',
    t(
      '一天的账:今日收费、对账、交班清点、差异处理',
      'the books of a day: takings, the gateway’s bill, the drawer, differences',
    ),
  ),
  entry(
    'pay',
    t('试用支付网关,输出接口描述', 'try a payment gateway, print its interface'),
    async () => (await import('./pay.ts')).payCommand,
  ),
  entry(
    'rsu',
    t(
      '天线:查找、读写设置、调优、抓包、解码',
      'antennas: find, settings, tuning, captures, decoding',
    ),
    async () => (await import('./rsu.ts')).rsuCommand,
  ),
  entry(
    'device',
    t('设备:由谁使用、接管、归还、测试', 'devices: who holds them, take over, give back, test'),
    async () => (await import('./device.ts')).deviceCommand(productCommands),
  ),
  entry(
    'find',
    t(
      '查找相机(ONVIF 和厂家自己的查找)和车道电脑 (mDNS)',
      'find cameras (ONVIF and their makers’ own searches) and lane computers (mDNS)',
    ),
    async () => (await import('./find.ts')).findCommand,
  ),
  entry(
    'doctor',
    t(
      '链路诊断:线上有什么、为何无声、怎么办',
      'link doctor: what is on the wire, why it is silent, what to do',
    ),
    async () => (await import('./doctor.ts')).doctorCommand,
  ),
  entry(
    'install',
    t(
      '把车道装成本机服务:开机自启、不休眠',
      'lanes as a service of this machine: begun with it, no sleep',
    ),
    async () => (await import('./install.ts')).installCommand,
  ),
  entry(
    'uninstall',
    t('移除本机服务,数据不动', 'take the service away; data stays'),
    async () => (await import('./install.ts')).uninstallCommand,
  ),
  entry(
    'capture',
    t('抓包:回放、转 pcapng', 'captures: replay, convert to pcapng'),
    async () => (await import('./capture.ts')).captureCommand,
  ),
  entry(
    'profile',
    t('设备资料:查看、检查、导入、签名、新建', 'device profiles: show, verify, import, sign, new'),
    async () => (await import('./profile.ts')).profileCommand,
  ),
  entry(
    'survey',
    t(
      '现场勘测:建立、测量(场强、链路、时钟、信号)、判定、报告、比较',
      'site surveys: make, measure (field, link, clock, signal), judge, report, compare',
    ),
    async () => (await import('./survey.ts')).surveyCommand,
  ),
  entry(
    'acceptance',
    t(
      '接入验收:附录 E 到 I 逐项运行、判定、证据',
      'acceptance: items of appendices E to I run, judged, with evidence',
    ),
    async () => (await import('./acceptance.ts')).acceptanceCommand,
  ),
  entry(
    'papers',
    t(
      '验收文件:填写、附件、评审、演练、成套输出',
      'papers of the acceptance: filled in, attached, reviewed, drills, as one document',
    ),
    async () => (await import('./papers.ts')).papersCommand,
  ),
  entry(
    'evidence',
    t('勘测证据:生成、核验', 'evidence of a survey: make, verify'),
    async () => (await import('./evidence.ts')).evidenceCommand,
  ),
  entry(
    'passport',
    t('车道档案:制作、核对、查看、比较', 'lane passports: make, verify, show, diff'),
    async () => (await import('./passport.ts')).passportCommand,
  ),
  entry(
    'reservation',
    t('预约车位:今日预约、平台连接、检查表', 'reserved bays: today, the platform, the check list'),
  ),
  entry('spaces', t('车位状态(地磁)', 'parking spaces as their sensors tell them')),
  entry(
    'place',
    t(
      '识别桩和手持机:扣费、位置、查看',
      'piles and handhelds: charge a car, report a position, state',
    ),
    async () => (await import('./place.ts')).placeCommand,
  ),
  entry(
    'version',
    t('程序的版本、构建号和账本结构', 'version, build and ledger schema of this program'),
    async () => (await import('./version.ts')).versionCommand,
  ),
  entry(
    'probe-server',
    t('链路测试的对端', 'the other end of link tests'),
    async () => (await import('./probe-server.ts')).probeServerCommand,
  ),
]
